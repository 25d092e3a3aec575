// Journey: no mouse. Menus open, are walked through and closed; a new page has the focus.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());

test('a menu is walked by arrows, and Escape leads back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Keys only');
  await visit(browser, { name: 'keyboard' }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/instances/create`);
    await page.getByLabel('Name', { exact: false }).first().fill('web-1');
    await page.getByRole('button', { name: 'Create web-1', exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'web-1' }).waitFor();
    await page.getByRole('main').locator('header').getByText('Running', { exact: true }).waitFor();

    await page.goto(`${server.origin}/instances`);
    const menu = page.locator('summary').filter({ hasText: 'Actions for web-1' });
    await page.locator('html[data-alive]').waitFor();
    await menu.press('Enter');
    for (const entry of ['Start', 'Stop', 'Reboot', 'Delete', 'Delete']) {
      await page.keyboard.press('ArrowDown');
      assert.match(await focused(page), new RegExp(`^${entry}`));
    }
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'Actions for web-1');
    assert.equal(await page.getByRole('link', { name: 'Reboot' }).isVisible(), false);

    await page.getByRole('link', { name: 'web-1', exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'web-1' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'SSH keys' }).first().press('Enter');
    await page.getByRole('heading', { level: 1, name: 'SSH keys' }).and(page.locator(':focus')).waitFor();
  });
});
