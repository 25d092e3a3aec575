// A real browser for the journeys: pages that fail on errors nobody looked for, axe, screenshots.
//
// COULOIR_TEST_BROWSER names the program; the default is Debian's Chromium.

import { readFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const RESULTS = new URL('../test-results', import.meta.url).pathname;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PATIENCE_MS = 90_000;
/** What was deleted and is asked for once more, by a page that is about to go: its answer is right. */
const GONE = /status of 404 .*\/v2\/[a-z-]+\/[0-9a-f-]{36}\)$/;
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Widths that people have. */
export const VIEWPORTS = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 360, height: 740 },
};
export const THEMES = ['light', 'dark'];

/** Starts the browser; close it when the file's tests are done. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.COULOIR_TEST_BROWSER ?? '/usr/bin/chromium',
    headless: true,
    args: ARGUMENTS,
  });
}

/**
 * Goes on a journey with a page of its own, in a fresh profile.
 *
 * A message on the console's error channel, an exception in the page or an answer of 500 and above
 * fails the journey, even when everything it looked for was there. What is expected, such as the
 * 403 that a test provokes, is named in `expected` as part of the message. With a `name` the end,
 * good or bad, is kept as a picture. What takes longer than so many `minutes` is ended.
 */
export async function visit(browser, options, journey) {
  const { viewport = 'desktop', theme = 'light', scripts = true, expected = [], minutes = 10 } = options;
  const context = await browser.newContext({
    viewport: VIEWPORTS[viewport],
    colorScheme: theme,
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const errors = collectErrors(page, expected);
  const details = [viewport, theme, scripts ? 'scripts' : 'no-scripts'].join('-');
  const picture = async (outcome) => {
    if (options.name) await screenshot(page, `${options.name}-${details}${outcome}`);
  };
  try {
    await within(minutes, page, journey(page));
    await checkAnswers(page);
    if (errors.length > 0) throw new Error(`the page has errors:\n${errors.join('\n')}`);
    await picture('');
  } catch (error) {
    await picture('-FAILED').catch(() => {});
    if (errors.length > 0) error.message += `\nerrors in the page:\n${errors.join('\n')}`;
    throw error;
  } finally {
    await context.close();
  }
}

async function within(minutes, page, journey) {
  let timer;
  const over = new Promise((_, reject) => {
    const reason = () => new Error(`it had not ended after ${minutes} minutes, on ${page.url()}`);
    timer = setTimeout(() => reject(reason()), minutes * 60_000);
  });
  await Promise.race([journey, over]).finally(() => clearTimeout(timer));
}

/** No part of the page shows a mistake of the platform's in place of what it asked for. */
export async function checkAnswers(page) {
  const mistakes = await page.getByText('The platform made a mistake').count();
  if (mistakes > 0) throw new Error(`${page.url()} shows ${mistakes} mistakes of the platform`);
}

/** Everything that went wrong in the page, as it happens. */
function collectErrors(page, expected) {
  const errors = [];
  const add = (text) => {
    if (!expected.some((part) => text.includes(part))) errors.push(text);
  };
  page.on('pageerror', (error) => add(`exception: ${error.message}`));
  page.on('console', (message) => {
    const text = `console: ${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && !GONE.test(text)) add(text);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) add(`answer: ${answer.status()} ${answer.url()}`);
  });
  return errors;
}

/**
 * Looks at the page as it is at every width, and at the widest in both themes: colours are the
 * theme's, whatever the width. What is wrong says where.
 */
export async function inEveryLook(page, look) {
  for (const [viewport, size] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(size);
    for (const theme of viewport === 'desktop' ? THEMES : ['light']) {
      await page.emulateMedia({ colorScheme: theme });
      try {
        await look(viewport, theme);
      } catch (error) {
        error.message = `on a ${viewport} in the ${theme} theme: ${error.message}`;
        throw error;
      }
    }
  }
}

/** A picture of the whole page in `test-results`. */
export async function screenshot(page, name) {
  await mkdir(RESULTS, { recursive: true });
  const path = join(RESULTS, `${name.replace(/[^A-Za-z0-9-]+/g, '-')}.png`);
  await page.screenshot({ path, fullPage: true });
}

/** Fails when axe finds something serious or critical on the page as it is now. */
export async function checkAccessibility(page) {
  // Evaluated by the driver, so that the page's content security policy stays what it is.
  await page.evaluate(await readFile(AXE, 'utf8'));
  // Of what passes only one place is told: telling all takes most of the time on a long page.
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  if (serious.length > 0) {
    const lines = serious.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} ${target}\n  ${failureSummary}`),
    );
    throw new Error(`not accessible:\n${lines.join('\n')}`);
  }
}

/** Fails when the page is wider than its window: nobody wants to scroll sideways. */
export async function checkWidth(page) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  if (content > window) throw new Error(`the page is ${content} wide in a window of ${window}`);
}
