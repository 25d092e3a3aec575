// Journey: somebody sets up an authenticator app, signs in with it, and loses the phone.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { stage } from '../lib/stage.mjs';

const PASSWORD = 'correct horse battery staple';
const STEP_SECONDS = 30;

const { browser, server } = await stage();

/** An authenticator app: a code for each press, and none twice. */
class App {
  #last = 0;

  constructor(secret) {
    const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
    this.secret = Buffer.from(bits.join('').match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  }

  /** The code of this step, or of the next: that one is taken, too. */
  code() {
    const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
    this.#last = Math.max(now, this.#last + 1);
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.#last));
    const digest = createHmac('sha1', this.secret).update(counter).digest();
    const at = digest.at(-1) & 15;
    return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }
}

/** Sends the form and waits for its answer: what the page says of the one before looks the same. */
async function signInWith(page, email, code) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  if (code) await page.getByLabel('Code of two-step sign-in').fill(code);
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
}

/** As if the browser had been closed: the page that was open asks for nothing any more. */
async function comeBack(page, url, scripts) {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(url);
  if (scripts) await page.locator('html[data-alive]').waitFor();
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`an app, a recovery code, and off again: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Steps ${how}`, `steps-${scripts}`);
    const email = `steps-${scripts}@journeys.example`;
    await visit(browser, { name: 'security', scripts, expected: ['400', '401'] }, async (page) => {
      await page.goto(link);
      await page.getByLabel('New password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

      await page.goto(`${server.origin}/security`);
      await page.getByRole('button', { name: 'Set up two-step sign-in' }).click();
      await page.getByRole('img', { name: 'QR code' }).waitFor();
      await page.getByText('Type it instead').click();
      const app = new App(await page.locator('code.secret').innerText());
      if (scripts) {
        await inEveryLook(page, async (viewport, theme) => {
          await screenshot(page, `security-set-up-${viewport}-${theme}`);
          await checkWidth(page);
          if (viewport !== 'tablet') await checkAccessibility(page);
        });
      }
      await page.getByLabel('Code that the app shows').fill('000000');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.getByText('look at the clock of the phone').first().waitFor();
      await page.getByLabel('Code that the app shows').fill(app.code());
      await page.getByRole('button', { name: 'Turn on' }).click();
      const shown = page.locator('pre.codes');
      await shown.waitFor();
      const codes = (await shown.innerText()).trim().split('\n');
      assert.equal(codes.length, 10);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download' }).click(),
      ]);
      assert.equal(file.suggestedFilename(), 'couloir-recovery-codes.txt');
      await screenshot(page, `security-codes-${scripts}`);
      if (scripts) await checkAccessibility(page);
      await page.getByRole('link', { name: 'I have kept them' }).click();
      await page.getByText('10 left').waitFor();

      // Out, and in again to where one wanted to go: with a code of the app.
      await comeBack(page, `${server.origin}/quotas`, scripts);
      await signInWith(page, email);
      await page.getByLabel('Code of two-step sign-in').waitFor();
      await screenshot(page, `sign-in-code-${scripts}`);
      if (scripts) await checkAccessibility(page);
      await signInWith(page, email, '000000');
      await page.getByRole('alert').waitFor();
      await signInWith(page, email, app.code());
      await page.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();

      // The phone is lost: a recovery code signs in, once, and turns it off.
      await comeBack(page, `${server.origin}/sign-in`, scripts);
      await signInWith(page, email);
      await page.getByLabel('Code of two-step sign-in').waitFor();
      await signInWith(page, email, codes[0]);
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      await page.goto(`${server.origin}/security`);
      await page.getByText('9 left').waitFor();
      await page.getByRole('link', { name: 'New recovery codes' }).click();
      await page.getByLabel('Code', { exact: true }).fill(codes[0]);
      await page.getByRole('button', { name: 'Make new codes' }).click();
      await page.getByText('nor a recovery code').first().waitFor();
      await page.getByLabel('Code', { exact: true }).fill(codes[1]);
      await page.getByRole('button', { name: 'Make new codes' }).click();
      await shown.waitFor();
      const fresh = (await shown.innerText()).trim().split('\n');
      assert.ok(!fresh.includes(codes[2]));
      await page.getByRole('link', { name: 'I have kept them' }).click();
      await page.getByRole('link', { name: 'Turn off two-step sign-in' }).click();
      await page.getByLabel('Code', { exact: true }).fill(fresh[0]);
      await page.getByRole('button', { name: 'Turn off two-step sign-in' }).click();
      await page.getByRole('button', { name: 'Set up two-step sign-in' }).waitFor();
      await comeBack(page, `${server.origin}/sign-in`, scripts);
      await signInWith(page, email);
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    });
  });
}
