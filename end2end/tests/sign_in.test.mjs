// Journey: somebody comes to the door.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { stage } from '../lib/stage.mjs';

const PASSWORD = 'correct horse battery staple';

const { browser, server } = await stage();

async function signInWith(page, email, password) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a link, a password, out, in again: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Door ${how}`);
    const email = `door-${how.replaceAll(' ', '-')}@journeys.example`;
    const expected = ['401'];
    await visit(browser, { name: 'door', scripts, expected }, async (page) => {
      await page.goto(link);
      await page.getByLabel('New password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

      await page.locator('summary').filter({ hasText: 'Account' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      await page.goto(`${server.origin}/instances`);
      assert.match(page.url(), /\/sign-in\?return=%2Finstances$/);

      await signInWith(page, email, 'not the password at all');
      await page.getByRole('alert').waitFor();
      assert.equal(await page.getByLabel('E-mail').inputValue(), email, 'what was typed is kept');
      assert.equal(await page.getByLabel('Password').inputValue(), scripts ? 'not the password at all' : '');

      await signInWith(page, email, PASSWORD);
      await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/instances', 'back to where one wanted to go');
    });
  });

  test(`a link works once: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Once ${how}`);
    await visit(browser, { scripts }, async (page) => {
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    });
    await visit(browser, { scripts, expected: ['401'] }, async (page) => {
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    });
  });
}
