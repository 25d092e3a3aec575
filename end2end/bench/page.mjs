// The list of instances as a visitor has it: how long the server takes, what is loaded, when it can
// be seen and used, and how quickly it answers a hand, on a processor that is slowed down.
//
// `cargo xtask bench` runs this beside a server with many instances. COULOIR_BENCH_LINK is a link to
// sign in with; the figures are printed as one line of JSON.

import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startBrowser } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';

const link = process.env.COULOIR_BENCH_LINK;
const address = `${new URL(link).origin}/instances`;
const REQUESTS = 200;
const LOADS = 5;
const SLOWER = 4;
const KEYS = 'bench-000';
const KEY_EVERY_MS = 120;
const ROWS = 4;
/** From a hand's coming until it presses. */
const REACH_MS = 100;
/** Until what was touched has been painted and counted, and what follows from it has ended. */
const SETTLED_MS = 600;

const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)];
const median = (values) => quantile(values, 0.5);

/** The page's HTML without a browser: milliseconds and bytes of one answer after the other. */
async function answers(cookie) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const once = (encoding) => new Promise((resolve, reject) => {
    const begun = performance.now();
    const headers = { cookie, 'accept-encoding': encoding, accept: 'text/html' };
    get(address, { agent, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => (bytes += chunk.length));
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error(`${address}: ${answer.statusCode}`));
        resolve({ bytes, ms: performance.now() - begun });
      });
    }).on('error', reject);
  });
  const raw = await once('identity');
  const all = [];
  for (let number = 0; number < REQUESTS; number++) all.push(await once('br'));
  agent.destroy();
  const times = all.map(({ ms }) => ms);
  return { raw: raw.bytes, sent: all[0].bytes, p50: median(times), p99: quantile(times, 0.99) };
}

/** Runs in the page before anything else does. */
function observe() {
  const seen = { paint: 0, largest: 0, alive: 0, shifts: 0, touches: [] };
  globalThis.seen = seen;
  const watch = (type, each, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each))
      .observe({ type, buffered: true, ...more });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.paint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => (seen.largest = startTime));
  watch('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.shifts += value;
  });
  const touched = ({ interactionId, duration }) => {
    if (interactionId) seen.touches.push(duration);
  };
  watch('event', touched, { durationThreshold: 16 });
  // Told by the page: asking it again and again would slow it down.
  seen.came = new Promise((come) => {
    new MutationObserver((_, observer) => {
      if (!document.documentElement?.hasAttribute('data-alive')) return;
      observer.disconnect();
      come(seen.alive = performance.now());
    }).observe(document, { attributes: true, childList: true, subtree: true });
  });
}

/** A visit with an empty cache; `use` goes on with the page that has come alive. */
async function visit(browser, state, use = async () => {}) {
  const context = await browser.newContext({
    storageState: state, viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Zurich',
  });
  try {
    await context.addInitScript(observe);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let [bytes, requests] = [0, 0];
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests++;
    });
    await page.goto(address, { waitUntil: 'commit' });
    await page.evaluate(() => globalThis.seen.came);
    await pause(SETTLED_MS);
    const used = await use(page);
    const { paint, largest, alive, shifts } = await page.evaluate(() => ({ ...globalThis.seen, came: undefined }));
    return { bytes, requests, paint, largest, alive, shifts, ...used };
  } finally {
    await context.close();
  }
}

/** A click as a hand makes it. The driver's own looks for what is below it first, in the page's time. */
async function press(page, locator) {
  const { x, y, width, height } = await locator.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await pause(REACH_MS);
  await page.mouse.down();
  await page.mouse.up();
}

/** The slowest answer of the page to each of these; less than 16 ms is not told by the browser. */
async function touches(page) {
  const slowest = async (act) => {
    await page.evaluate(() => (globalThis.seen.touches.length = 0));
    await act();
    await pause(SETTLED_MS);
    return Math.max(16, ...(await page.evaluate(() => globalThis.seen.touches)));
  };
  const several = async (each) => {
    for (let row = 0; row < ROWS; row++) {
      await each(row);
      await pause(SETTLED_MS);
    }
  };
  const tick = await slowest(() =>
    several((row) => press(page, page.getByRole('checkbox', { name: /^Choose / }).nth(row))));
  const menu = await slowest(() => several(async (row) => {
    await press(page, page.locator('summary').filter({ hasText: 'Actions for' }).nth(row));
    await page.keyboard.press('Escape');
  }));
  const type = await slowest(async () => {
    await press(page, page.getByRole('searchbox').first());
    await page.keyboard.type(KEYS, { delay: KEY_EVERY_MS });
  });
  const filter = await slowest(async () => {
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
  });
  return { tick, menu, type, filter };
}

const browser = await startBrowser();
try {
  const context = await browser.newContext({ locale: 'en-GB' });
  await signIn(await context.newPage(), link);
  const state = await context.storageState();
  await context.close();
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const html = await answers(cookie);

  const loads = [];
  for (let number = 0; number < LOADS; number++) loads.push(await visit(browser, state));
  const middle = (name) => median(loads.map((load) => load[name]));
  const used = await visit(browser, state, touches);
  const { tick, menu, type, filter } = used;
  console.log(JSON.stringify({
    html,
    loaded: { bytes: middle('bytes'), requests: middle('requests') },
    paint: middle('paint'), largest: middle('largest'), alive: middle('alive'),
    shifts: Math.max(used.shifts, ...loads.map(({ shifts }) => shifts)),
    touches: { tick, menu, type, filter },
  }));
} finally {
  await browser.close();
}
