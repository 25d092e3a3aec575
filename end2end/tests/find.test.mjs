// Journey: finding and doing. The palette by keys and by mouse, the same without scripts, single keys,
// the sheet of keys and the way back up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkAccessibility, checkWidth, inEveryLook, screenshot, visit,
} from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

const alive = (page) => page.locator('html[data-alive]').waitFor({ state: 'attached' });
const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const option = (page, name) => page.getByRole('option', { name, exact: false });
const selected = (page, name) => page.locator('[role=option][aria-selected=true]').filter({ hasText: name }).waitFor();
const field = (page) => page.getByRole('dialog').getByRole('combobox');

/** Opens the palette and types. */
async function palette(page, text) {
  await page.keyboard.press('Control+k');
  await field(page).waitFor();
  await field(page).fill(text);
}

test('the palette finds by name, id and address, and does what a verb says, all by keys', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Finders');
  await visit(browser, { name: 'palette-keys' }, async (page) => {
    await signIn(page, link);
    const id = await createInstance(page, server, 'web-1', { query: '' });
    await createInstance(page, server, 'db-1');
    const address = await page.evaluate(async (id) => {
      const answer = await fetch(`/v2/instance/${id}`);
      return (await answer.json())['public-ip'];
    }, id);
    await page.goto(`${server.origin}/ssh-keys`);
    await alive(page);
    for (const text of ['web-1', id, id.slice(0, 23), address]) {
      await palette(page, text);
      await selected(page, 'web-1');
      await page.keyboard.press('Enter');
      await heading(page, 'web-1');
      // While it is open, letters are its own.
      await field(page).waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('k');
      await heading(page, 'SSH keys');
    }

    await palette(page, 'stop web');
    await selected(page, 'Stop web-1');
    await page.keyboard.press('Enter');
    await heading(page, 'Stop web-1?');
    assert.match(page.url(), new RegExp(`/instances/${id}/confirm/stop$`));
    await field(page).waitFor({ state: 'detached' });

    await page.keyboard.press('Control+k');
    await selected(page, 'Stop web-1');
    await page.getByText('Recently used', { exact: true }).waitFor();
    await page.keyboard.press('End');
    await selected(page, 'Keyboard shortcuts');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await selected(page, 'Keyboard shortcuts');
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });

    await palette(page, 'quot');
    await selected(page, 'Quotas');
    await page.keyboard.press('Enter');
    await heading(page, 'Quotas');
    await field(page).waitFor({ state: 'detached' });
    await palette(page, 'nothing-is-called-so');
    await page.getByRole('status').filter({ hasText: /1 found|Nothing found/ }).waitFor();
  });
});

test('the palette offers what the page offers, by mouse, and gives the focus back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Mice');
  await visit(browser, { name: 'palette-mouse' }, async (page) => {
    await signIn(page, link);
    await createInstance(page, server, 'web-1');
    await alive(page);
    const button = page.getByRole('link', { name: 'Search and act' });
    await button.click();
    await option(page, 'Reboot').first().waitFor();
    assert.equal(await option(page, 'Start').count(), 0, 'what runs is not offered a start');
    await page.getByRole('button', { name: 'Close' }).click();
    await field(page).waitFor({ state: 'detached' });
    assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    await button.click();
    await field(page).fill('dark');
    await option(page, 'Theme: Dark').click();
    await page.waitForLoadState();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await alive(page);
    await button.click();
    await field(page).fill('sign out');
    await option(page, 'Sign out').click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

test('without scripts the same is found as a page', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Scriptless finders');
  await visit(browser, { name: 'search-page', scripts: false, expected: ['400'] }, async (page) => {
    await signIn(page, link);
    const id = await createInstance(page, server, 'web-1', { scripts: false });
    await page.getByRole('link', { name: 'Search and act' }).click();
    await heading(page, 'Search');
    await page.getByRole('searchbox').fill('web');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('link', { name: 'web-1', exact: true }).click();
    await heading(page, 'web-1');
    await page.goto(`${server.origin}/search?q=${id.slice(0, 9)}`);
    await page.getByRole('link', { name: 'web-1', exact: true }).first().waitFor();
    await page.goto(`${server.origin}/search?q=stop+web`);
    await page.getByRole('link', { name: 'Stop web-1' }).first().click();
    await heading(page, 'Stop web-1?');
    await page.goto(`${server.origin}/search?q=nobody`);
    await page.getByText('Nothing found').waitFor();
    const answer = await page.goto(`${server.origin}/search?colour=red`);
    assert.equal(answer.status(), 400);
    await page.goto(`${server.origin}/keyboard`);
    await heading(page, 'Keyboard shortcuts');
  });
});

test('single keys walk through a list and can be turned off for good', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Letters');
  await visit(browser, { name: 'single-keys' }, async (page) => {
    await signIn(page, link);
    for (const name of ['web-1', 'web-2']) await createInstance(page, server, name);
    await page.goto(`${server.origin}/instances?sort=name`);
    await alive(page);
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
    const isFocused = (name) =>
      page.getByRole('link', { name, exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('j');
    await isFocused('web-1');
    await page.keyboard.press('j');
    await isFocused('web-2');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await isFocused('web-1');
    await page.keyboard.press('x');
    assert.equal(await page.getByRole('checkbox', { name: /web-1/ }).isChecked(), true);
    await page.keyboard.press('.');
    await page.getByRole('link', { name: 'Reboot' }).waitFor();
    await page.keyboard.press('Escape');
    assert.match(await focused(), /Actions for web-1/);
    await page.keyboard.press('/');
    const filter = page.getByRole('searchbox').first();
    await filter.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('jcxg?');
    assert.equal(await filter.inputValue(), 'jcxg?', 'letters are letters in a field');
    await page.getByRole('heading', { level: 1 }).click();
    await filter.evaluate((element) => element.blur());
    await page.keyboard.press('c');
    await heading(page, 'Create instance');
    await page.keyboard.press('u');
    await heading(page, 'Instances');
    await page.getByRole('link', { name: 'web-2', exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await heading(page, 'web-2');
    await page.keyboard.press('e');
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).and(page.locator('[aria-current]')).waitFor();

    // What was closed has the focus until the page is drawn again: whoever types quickly is heard.
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await field(page).evaluate((input) => {
      input.closest('dialog').close();
      input.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true }));
    });
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await screenshot(page, 'sheet-of-keys');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Turn single letters off' }).click(),
    ]);
    await heading(page, 'web-2');
    await alive(page);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Keyboard shortcuts' }).count(), 0);
    await page.keyboard.press('Escape');
    await page.goto(`${server.origin}/keyboard`);
    await page.getByRole('button', { name: 'Turn single letters on' }).click();
    await page.getByRole('button', { name: 'Turn single letters off' }).waitFor();
  });
});

test('palette, sheet and search page in both themes at every width', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Look');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    await createInstance(page, server, 'web-1');
    const look = (name) => inEveryLook(page, async (viewport, theme) => {
      await screenshot(page, `${name}-${viewport}-${theme}`);
      await checkWidth(page);
      await checkAccessibility(page);
    });
    await page.goto(`${server.origin}/search?q=web`);
    await alive(page);
    await look('search');
    await page.goto(`${server.origin}/instances`);
    await alive(page);
    await palette(page, '');
    await option(page, 'Quotas').waitFor();
    await look('palette-empty');
    await field(page).fill('web-1');
    await option(page, 'Stop web-1').waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    // Until it is gone, it is the one that hears keys.
    await field(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await look('keys');
  });
});
