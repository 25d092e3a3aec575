// Journey: a sensitive act asks who is there, and then does what was asked for, with all that was typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { stage } from '../lib/stage.mjs';

const PASSWORD = 'correct horse battery staple';

const { browser, server } = await stage();

/** Signs in with a link, and chooses a password on the way. */
async function signIn(page, link) {
  await page.goto(link);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

/** Goes somewhere, and on only when the page listens. */
async function open(page, path, scripts) {
  await page.goto(server.origin + path);
  if (scripts) await page.locator('html[data-alive]').waitFor();
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';
  const options = { scripts, expected: ['403'] };

  test(`a role is made after a proof, and nothing is typed twice: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Proof ${how}`);
    await visit(browser, { ...options, name: 'confirm' }, async (page) => {
      await signIn(page, link);
      await open(page, '/roles/create', scripts);
      await page.getByLabel('Name', { exact: true }).fill('Night shift');
      await page.getByLabel('Description').fill('Looks "after" <it>');
      await server.forgetProofs();
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await page.getByRole('heading', { level: 1, name: 'Confirm that it is you' }).waitFor();
      await page.getByText('Then what you asked for is done at once: create-iam-role').waitFor();
      const password = page.getByLabel('Password');
      if (scripts) {
        await page.locator('html[data-alive]').waitFor();
        await page.locator('form[action="/form/confirm-session"] .control:focus').waitFor();
        await inEveryLook(page, async (viewport, theme) => {
          await screenshot(page, `confirm-${viewport}-${theme}`);
          await checkWidth(page);
          if (viewport !== 'tablet') await checkAccessibility(page);
        });
      }
      // With the keyboard alone.
      await password.fill('not the password');
      await Promise.all([page.waitForEvent('load'), password.press('Enter')]);
      await page.getByRole('alert').getByText('This does not prove who you are').waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await password.fill(PASSWORD);
      await password.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Policy of Night shift' }).waitFor();
      await page.getByRole('link', { name: 'Night shift', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Night shift', exact: true }).waitFor();
      await page.getByText('Looks "after" <it>').first().waitFor();

      // What was typed is done with: the next form is empty.
      await open(page, '/roles/create', scripts);
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), '');
      if (scripts) {
        const drafts = () => Object.keys(localStorage).filter((key) => key.includes('create-iam-role'));
        assert.deepEqual(await page.evaluate(drafts), []);
      }
    });
  });

  test(`a secret is shown after a proof, and it counts for the next act: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Secret ${how}`);
    await visit(browser, { ...options, name: 'confirm-secret' }, async (page) => {
      await signIn(page, link);
      await open(page, '/api-keys', scripts);
      const create = async (name) => {
        await page.getByLabel('Name of the key').fill(name);
        await page.getByLabel('Role').selectOption({ label: 'Owner' });
        await page.getByRole('button', { name: 'Create key' }).click();
      };
      await server.forgetProofs();
      await create('proven');
      await page.getByRole('heading', { level: 1, name: 'Confirm that it is you' }).waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Confirm and go on' }).click();
      await page.getByRole('heading', { name: 'The key proven is ready' }).waitFor();
      assert.match(await page.getByRole('definition').nth(1).innerText(), /[\w-]{30,}/);
      assert.doesNotMatch(page.url(), /[\w-]{30,}/, 'no secret stands in an address');
      await open(page, '/api-keys', scripts);
      await create('next');
      await page.getByRole('heading', { name: 'The key next is ready' }).waitFor();
    });
  });

  test(`an operation that is tried in the reference leads to the proof and back: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Tried ${how}`);
    await visit(browser, { ...options, name: 'confirm-tried' }, async (page) => {
      await signIn(page, link);
      await server.forgetProofs();
      await open(page, '/api/create-iam-role', scripts);
      await page.getByLabel('name', { exact: true }).fill('Tried out');
      await page.getByRole('button', { name: 'Really send' }).click();
      const outcome = page.locator('#outcome');
      await outcome.getByText('"step-up-required"').waitFor();
      await outcome.getByRole('link', { name: 'Confirm that it is you' }).click();
      await page.getByText('and not again for ten minutes').waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'create-iam-role' }).waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      assert.equal(await page.getByLabel('name', { exact: true }).inputValue(), 'Tried out');
      await page.getByRole('button', { name: 'Really send' }).click();
      await outcome.getByText(/^Status 200 /).waitFor();
    });
  });

  test(`who changes their mind finds the form as it was, and Security says how it stands: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Mind ${how}`);
    await visit(browser, { ...options, name: 'confirm-security' }, async (page) => {
      await signIn(page, link);
      await open(page, '/security', scripts);
      await page.getByText(/^Confirmed until .* UTC/).waitFor();
      await server.forgetProofs();
      await open(page, '/roles/create', scripts);
      await page.getByLabel('Name', { exact: true }).fill('Half a thought');
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await page.getByText('Then what you asked for is done at once').waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('heading', { level: 1, name: 'Create role' }).waitFor();
      if (scripts) {
        const name = () => document.querySelector('#create-iam-role-name')?.value === 'Half a thought';
        await page.waitForFunction(name);
      }

      await open(page, '/security', scripts);
      await page.getByText('Not confirmed lately').waitFor();
      await page.getByRole('link', { name: 'Confirm that it is you' }).click();
      await page.getByText('and not again for ten minutes').waitFor();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.getByText(/^Confirmed until .* UTC/).waitFor();
      if (scripts) await checkAccessibility(page);
    });
  });
}
