// Journeys: somebody sets up an authenticator app, signs in with it, and loses the phone; and an
// organization demands that everybody has one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, setUpApp } from '../lib/authenticators.mjs';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { answeredAfterNews, shown } from '../lib/wait.mjs';

const PASSWORD = 'correct horse battery staple';

const { browser, server } = await stage();

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

/** Saves what holds for the organization; the answer is a whole new page. */
async function save(page) {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save' }).click()]);
}

/** As if the browser had been closed: the page that was open asks for nothing any more. */
async function comeBack(page, url, scripts) {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(url);
  if (scripts) await page.locator('html[data-alive]').waitFor();
}

test('recovery codes are shown even when their answer comes after the news of it', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Late codes');
  await visit(browser, { name: 'late-codes', scripts: true }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/security/two-step`);
    await setUpApp(page, () => answeredAfterNews(page, 'confirm-second-factor'));
    assert.equal((await page.locator('pre.codes').innerText()).split('\n').length, 10);
  });
});

test('where no passkey can be made, no line makes one', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('No passkeys');
  await visit(browser, { name: 'no-passkeys' }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/security`);
    await page.getByText('There are no passkeys here').waitFor();
    await page.getByText('Passkeys, as code').waitFor();
    assert.equal(await page.getByText('Make a passkey, as code').count(), 0);
  });
});

test('a sign-in that failed is seen under the person, by whoever may read the trail', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Failed sign-ins');
  const ann = 'failed-sign-ins@journeys.example';
  await visit(browser, { name: 'failed-sign-ins', expected: ['401'] }, async (page) => {
    const failed = page.getByRole('row').filter({ hasText: 'The password was wrong.' }).first();
    await page.goto(link);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const body = { email: ann, password: 'wrong wrong wrong' };
    const guess = await page.request.post(`${server.origin}/v2/session`, { data: body, headers: { origin: server.origin } });
    assert.equal(guess.status(), 401);

    // Written a moment later, so that the answer tells nobody who exists.
    await page.goto(`${server.origin}/users`);
    await page.getByRole('link', { name: `Activity ${ann}` }).click();
    await page.getByRole('heading', { level: 1, name: `Activity of ${ann}` }).waitFor();
    await shown(page, failed, false);
    await failed.getByText(`${ann} (not proven)`).waitFor();
    await page.locator('html[data-alive]').waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await screenshot(page, `failed-sign-ins-${viewport}-${theme}`);
    });

    await page.goto(`${server.origin}/security`);
    await page.getByRole('link', { name: 'Failed sign-ins' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
    await failed.waitFor();
  });
});

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

  test(`an organization demands two steps of everybody: ${how}`, async () => {
    const organization = `Demands ${how}`;
    const { 'sign-in-url': link } = await server.createOrganization(organization, `demands-${scripts}`);
    const ben = `ben-${scripts}@mail.example`;
    const options = { name: 'demands', scripts, expected: ['403', '409'] };
    await visit(browser, options, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/users`);
      await page.getByLabel('E-mail').fill(ben);
      await page.getByLabel('Role').selectOption({ label: 'Owner' });
      await page.getByRole('button', { name: 'Send invitation' }).click();
      const row = page.getByRole('row').filter({ hasText: ben });
      await row.getByText('invited', { exact: true }).waitFor();

      await visit(browser, { ...options, name: 'demanded' }, async (guest) => {
        await guest.goto(await server.mailedLink(ben));
        await guest.getByLabel('New password').fill(PASSWORD);
        await guest.getByRole('button', { name: 'Join' }).click();
        await guest.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
        await guest.goto('about:blank');

        // Nobody demands what they have not done themselves.
        const everybody = page.getByLabel('Everybody must sign in in two steps');
        await page.goto(`${server.origin}/organization`);
        await page.getByText(`2 people do not yet`).waitFor();
        await everybody.check();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('would be shut out').waitFor();
        await page.goto(`${server.origin}/security/two-step`);
        await setUpApp(page);
        await page.getByRole('link', { name: 'I have kept them' }).click();
        await page.getByText('10 left').waitFor();
        await page.goto(`${server.origin}/organization`);
        await page.getByText(`1 person does not yet: ${ben}`).waitFor();
        await everybody.check();
        await save(page);
        await page.goto(`${server.origin}/users`);
        await row.getByText('missing', { exact: true }).waitFor();
        await screenshot(page, `demands-users-${scripts}`);

        // Whoever lacks it is led to where it is set up, and from there to where they wanted to go.
        await guest.goto(`${server.origin}/quotas`);
        await guest.getByText(`${organization} demands two-step sign-in`).waitFor();
        assert.equal(await guest.locator('.sidebar').count(), 0);
        if (scripts) {
          await inEveryLook(guest, async (viewport, theme) => {
            await screenshot(guest, `demanded-${viewport}-${theme}`);
            await checkWidth(guest);
            if (viewport !== 'tablet') await checkAccessibility(guest);
          });
        }
        await setUpApp(guest);
        await guest.getByRole('link', { name: 'I have kept them' }).click();
        await guest.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();

        // Nobody steps back while it is demanded.
        await page.goto(`${server.origin}/security`);
        await page.getByRole('button', { name: /^Turn off two-step sign-in/ }).waitFor();
        await page.goto(`${server.origin}/organization`);
        await page.getByText('Everybody here does already').waitFor();
        await everybody.uncheck();
        await save(page);
        await page.goto(`${server.origin}/security`);
        await page.getByRole('link', { name: 'Turn off two-step sign-in' }).waitFor();
      });
    });
  });
}
