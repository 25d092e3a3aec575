// Journey: no mouse. Menus open, are walked through and closed; a new page has the focus.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { press, tabTo } from '../lib/keyboard.mjs';
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

test('who may do what is decided, and the way to a provider is found', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Decided by keys');
  const bob = 'bob-by-keys@mail.example';
  await visit(browser, { name: 'keyboard-access', expected: ['403'] }, async (page) => {
    const goTo = async (path) => {
      await page.goto(server.origin + path);
      await page.locator('html[data-alive]').waitFor();
    };
    await signIn(page, link);
    await goTo('/users');
    await tabTo(page, page.getByLabel('E-mail'));
    await page.keyboard.type(bob);
    await press(page, page.getByRole('button', { name: 'Send invitation' }));
    await page.getByRole('row').filter({ hasText: bob }).waitFor();

    await visit(browser, { name: 'keyboard-asks', expected: ['403'] }, async (guest) => {
      await guest.goto(await server.mailedLink(bob));
      await guest.locator('html[data-alive]').waitFor();
      await tabTo(guest, guest.getByLabel('New password'));
      await guest.keyboard.type('correct horse battery staple');
      await guest.keyboard.press('Enter');
      await guest.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      await guest.goto(`${server.origin}/access-requests/new?operation=list-instances`);
      await guest.locator('html[data-alive]').waitFor();
      await tabTo(guest, guest.getByLabel('Reason'));
      await guest.keyboard.type('The backup hangs');
      await press(guest, guest.getByRole('button', { name: 'Send request' }));
      await guest.getByRole('row').filter({ hasText: 'The backup hangs' }).waitFor();
    });

    await goTo('/access-requests');
    await press(page, page.getByRole('link', { name: /^Decide/ }));
    await page.getByRole('heading', { level: 1, name: `Let ${bob} use list-instances` }).waitFor();
    // A question begins with the way out of it.
    await page.getByRole('link', { name: 'Cancel' }).and(page.locator(':focus')).waitFor();
    await press(page, page.getByRole('button', { name: 'Approve' }));
    await page.getByText(/h \d+ min left/).waitFor();

    // Single keys lead to where a provider is set up.
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: 'Single sign-on' }).and(page.locator(':focus')).waitFor();
    await tabTo(page, page.getByLabel('Name of the provider'));
  });
});
