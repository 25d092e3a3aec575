// Journey: how much is used of what, and what is nearly full; with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`what is nearest to its limit stands first: ${how}`, async () => {
    const { organization, 'sign-in-url': link } = await server.createOrganization(`Quotas ${how}`);
    const { id } = organization;
    await server.setQuota(id, 'instance', 1);
    await server.setQuota(id, 'snapshot', -1);
    await visit(browser, { name: 'quotas', scripts }, async (page) => {
      await signIn(page, link);
      await page.getByRole('navigation').getByRole('link', { name: 'Quotas' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();
      const row = (name) => page.getByRole('row').filter({ hasText: name });
      await row('Snapshots').getByText('no limit').waitFor();
      await row('GPUs').getByText('Not granted').waitFor();

      await page.goto(`${server.origin}/instances/create`);
      await page.getByLabel('Name', { exact: false }).first().fill('web-1');
      await page.getByRole('button', { name: /^Create (web-1|instance)$/ }).click();
      await page.getByRole('heading', { level: 1, name: 'web-1' }).waitFor();

      await page.goto(`${server.origin}/quotas`);
      await shown(page, row('Instances').getByText('Full', { exact: true }), scripts);
      const rows = await page.getByRole('row').allInnerTexts();
      assert.match(rows[1], /^Instances/, 'what is full is first');
      const meter = page.getByRole('meter', { name: 'Instances: 1 of 1 used' });
      assert.equal(await meter.getAttribute('aria-valuenow'), '1');
      await page.getByText(`--organization ${id}`).waitFor();
      if (scripts) await checkAccessibility(page);
    });
  });
}

test('quotas by keyboard: from the navigation to the list that a quota counts', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Quota keys');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    await page.locator('html[data-alive]').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Quotas' }).first().press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Quotas' }).and(page.locator(':focus')).waitFor();
    await page.locator('summary', { hasText: 'As code' }).press('Enter');
    await page.getByText('/v2/quota', { exact: false }).first().waitFor();
    await page.getByRole('row').getByRole('link', { name: 'Instances' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Instances' }).and(page.locator(':focus')).waitFor();
  });
});
