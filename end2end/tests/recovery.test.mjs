// Journeys: an instance is deleted, found again and recovered; who does not want that turns it off.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, screenshot, visit } from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const state = (page, word) => page.getByRole('main').locator('header').getByText(word, { exact: true });

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a deleted instance is found and recovered: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Recovery ${how}`);
    await visit(browser, { name: 'recovery', scripts }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web-1', { scripts });
      await page.goto(`${server.origin}/instances/${id}/confirm/delete`);
      await page.getByText('It can be recovered as it is for 24 hours').waitFor();
      await page.getByText('the disk, which costs until then').waitFor();
      if (scripts) {
        await checkAccessibility(page);
        await screenshot(page, 'recovery-delete');
      }
      await page.getByRole('button', { name: 'Delete instance web-1' }).click();
      await heading(page, 'Instances').waitFor();
      await shown(page, page.getByText('No instances yet'), scripts);

      await page.goto(server.origin);
      await page.getByRole('link', { name: /^Deleted 1/ }).click();
      await page.getByRole('link', { name: 'web-1', exact: true }).click();
      await heading(page, 'web-1').waitFor();
      await page.getByText('It can be recovered until').waitFor();
      await state(page, 'Deleted').waitFor();
      if (scripts) {
        await checkAccessibility(page);
        await screenshot(page, 'recovery-deleted');
      }
      await page.getByRole('link', { name: 'Recover', exact: true }).click();
      await page.getByLabel('Start it').waitFor();
      if (scripts) await checkAccessibility(page);
      await page.getByRole('button', { name: 'Recover instance web-1' }).click();
      await heading(page, 'web-1').waitFor();
      await shown(page, state(page, 'Running'), scripts);
      assert.equal(await page.getByText('It can be recovered until').count(), 0);
    });
  });

  test(`an organization that does not want it deletes for good: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`No recovery ${how}`);
    await visit(browser, { name: 'recovery-off', scripts }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web-1', { scripts });
      await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).first().click();
      await heading(page, 'Organization').waitFor();
      await page.getByLabel('Kept for').selectOption('0');
      if (scripts) {
        await checkAccessibility(page);
        await screenshot(page, 'recovery-organization');
      }
      // Every page knows it, so the whole page is loaded anew.
      const loaded = page.waitForEvent('load');
      await page.getByRole('button', { name: 'Save' }).click();
      await loaded;
      await heading(page, 'Organization').waitFor();
      await page.goto(`${server.origin}/instances/${id}/confirm/delete`);
      await page.getByLabel('Type web-1 to confirm').fill('web-1');
      await page.getByRole('button', { name: 'Delete instance web-1 for good' }).click();
      await heading(page, 'Instances').waitFor();
      await shown(page, page.getByText('No instances yet'), scripts);
      await page.goto(`${server.origin}/instances?state=destroyed`);
      await page.getByText('Clear filters').first().waitFor();
      assert.equal(await page.getByRole('link', { name: 'web-1' }).count(), 0);
    });
  });
}
