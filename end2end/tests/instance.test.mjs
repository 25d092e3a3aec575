// Journey: an instance from the form to its end, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

/** The chip in the header of an instance's page. */
const state = (page, word) =>
  page.getByRole('main').locator('header').getByText(word, { exact: true }).first();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';
  const name = scripts ? 'web-1' : 'plain-1';

  test(`create, watch, stop, start, delete: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Life ${how}`);
    await visit(browser, { name: 'life', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      await page.getByRole('link', { name: 'Create instance' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Create instance' }).waitFor();
      await page.getByLabel('Name', { exact: false }).first().fill(name);
      await page.getByText('de-fra-1', { exact: true }).click();
      await page.getByRole('radio', { name: /Debian 12/ }).and(page.locator(':visible')).check();
      await page.getByRole('radio', { name: /^small/ }).check();
      await page.getByLabel('Script or cloud-config').fill('#cloud-config\npackages: [nginx]\n');
      await page.getByLabel('Labels').fill('env=test');
      const button = scripts ? `Create ${name}` : 'Create instance';
      await page.getByRole('button', { name: button, exact: true }).click();

      await page.getByRole('heading', { level: 1, name }).waitFor();
      await shown(page, state(page, 'Running'), scripts);

      await page.getByRole('link', { name: 'Stop', exact: true }).click();
      await page.getByRole('button', { name: `Stop instance ${name}` }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      await shown(page, state(page, 'Stopped'), scripts);

      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await shown(page, state(page, 'Running'), scripts);

      await page.goto(`${page.url().replace(/[?#].*/, '')}/confirm/delete-for-good`);
      const confirm = page.getByRole('button', { name: `Delete instance ${name} for good` });
      const typed = page.getByLabel(`Type ${name} to confirm`);
      await typed.fill('something else');
      await confirm.click();
      assert.equal(await typed.evaluate((input) => input.validity.valid), false);
      // Without the pattern, as in a browser that ignores it, the server says so at the field.
      await typed.evaluate((input) => input.form.setAttribute('novalidate', ''));
      await confirm.click();
      await page.getByRole('alert').getByText('nothing was done').waitFor();
      await page.getByText(`must be ${name}`).last().waitFor();
      await typed.fill(name);
      await confirm.click();
      await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
      await shown(page, page.getByText('No instances yet'), scripts);

      await page.getByRole('navigation').getByRole('link', { name: /^Operations/ }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
      for (const operation of ['Create', 'Stop', 'Start', 'Delete']) {
        await page.getByRole('cell', { name: new RegExp(`^${operation} instance`) }).waitFor();
      }
      await page.getByLabel('State', { exact: true }).selectOption({ label: 'Failed' });
      if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Nothing matches').waitFor();
    });
  });
}

test('what is wrong is said at its field, and nothing is typed twice', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Wrong fields');
  for (const scripts of [true, false]) {
    const options = { name: 'create-wrong', scripts, expected: ['400'] };
    const again = scripts ? link : await server.signInLink('wrong-fields@journeys.example');
    await visit(browser, options, async (page) => {
      await signIn(page, again);
      await page.goto(`${server.origin}/instances/create`);
      await page.getByLabel('Name', { exact: false }).first().fill('kept');
      await page.getByLabel('Size in GiB').fill('5000');
      await page.getByLabel('Labels').fill('env=test');
      await page.getByRole('button', { name: /^Create (kept|instance)$/ }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('alert').getByRole('link', { name: 'disk-size' }).waitFor();
      assert.equal(await page.getByLabel('Size in GiB').inputValue(), '5000');
      assert.equal(await page.getByLabel('Labels').inputValue(), 'env=test');
      await page.getByRole('button', { name: 'Create kept', exact: true }).waitFor();
    });
  }
});

test('another zone takes the template of the same name, without scripts when the form comes back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Elsewhere');
  for (const scripts of [true, false]) {
    const again = scripts ? link : await server.signInLink('elsewhere@journeys.example');
    await visit(browser, { name: 'create-elsewhere', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, again);
      const name = scripts ? 'far' : 'farther';
      await page.goto(`${server.origin}/instances/create`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      const chosen = page.locator('input[name="template.id"]:checked');
      const template = () => chosen.locator('xpath=ancestor::label').locator('strong').innerText();
      const before = await template();
      await page.getByLabel('Name', { exact: false }).first().fill(name);
      await page.locator('label[for="pane-zone-de-fra-1"]').click();
      const create = page.getByRole('button', { name: new RegExp(`^Create (${name}|instance)$`) });
      if (!scripts) {
        await create.click();
        await page.getByRole('alert').waitFor();
      }
      assert.equal(await template(), before);
      await chosen.and(page.locator(':visible')).waitFor();
      await create.click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      await page.getByRole('main').getByText('de-fra-1').first().waitFor();
    });
  }
});
