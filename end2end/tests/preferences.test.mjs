// Journey: theme and language are chosen, and stay chosen; addresses that lead nowhere say so.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

const background = (page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`theme and language persist: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Taste ${how}`);
    await visit(browser, { name: 'taste', scripts }, async (page) => {
      await signIn(page, link);
      const light = await background(page);
      await page.locator('summary').filter({ hasText: 'Theme' }).click();
      await page.getByRole('button', { name: 'Dark', exact: true }).click();
      await page.waitForLoadState();
      const dark = await background(page);
      assert.notEqual(dark, light);
      await page.reload();
      assert.equal(await background(page), dark);

      await page.locator('summary').filter({ hasText: 'Account' }).click();
      await page.getByRole('button', { name: 'Deutsch' }).click();
      await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor();
      await page.goto(`${server.origin}/ssh-keys`);
      await page.getByRole('heading', { level: 1, name: 'SSH-Schlüssel' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      assert.equal(await background(page), dark);
    });
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`the API's English is marked as such in a German page: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`German ${how}`);
    await visit(browser, { name: 'german', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      await page.locator('summary').filter({ hasText: 'Account' }).click();
      await page.getByRole('button', { name: 'Deutsch' }).click();
      await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor();
      /** The language in which a reader says it: of the nearest that names one. */
      const language = (locator) => locator.evaluate((element) => element.closest('[lang]').lang);

      await page.goto(`${server.origin}/ssh-keys`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Name des Schlüssels').fill('laptop');
      await page.getByLabel('Öffentlicher Schlüssel').fill('-----BEGIN OPENSSH PRIVATE KEY-----');
      await page.getByRole('button', { name: 'Schlüssel hinterlegen' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText('Bitte prüfen:').waitFor();
      assert.equal(await language(alert.getByText('Bitte prüfen:')), 'de');
      assert.equal(await language(alert.locator('p').first()), 'en');
      const what = page.getByText('looks like a private key');
      assert.ok(await what.count() >= 2, 'in the summary and at the field');
      for (const one of await what.all()) assert.equal(await language(one), 'en');

      await page.goto(`${server.origin}/instances?state=nonsense`);
      await page.getByRole('alert').waitFor();
      assert.equal(await language(page.getByRole('alert').getByText('nonsense').first()), 'en');
      assert.equal(await language(page.getByRole('alert').getByRole('heading')), 'de');
    });
  });
}

test('an address that leads nowhere answers 404 and shows the way', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Lost');
  await visit(browser, { name: 'lost', expected: ['404'] }, async (page) => {
    await signIn(page, link);
    const answer = await page.goto(`${server.origin}/nowhere/at/all`);
    assert.equal(answer.status(), 404);
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('link', { name: 'Go to the home page' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  });
});
