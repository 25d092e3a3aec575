// Pages arrive when one goes there, and a page that can't arrive is loaded whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const PAGES = ['Instances', 'SSH keys', 'API keys', 'Security', 'Operations', 'Home'];

const { browser, server } = await stage();

const alive = (page) => page.locator('html[data-alive]').waitFor({ state: 'attached' });
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const go = (page, name) =>
  page.getByRole('navigation').getByRole('link', { name }).locator('visible=true').first().click();

test('one page follows another without loading anew, and back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Walkers');
  await visit(browser, { name: 'parts' }, async (page) => {
    await signIn(page, link);
    await alive(page);
    let loads = 0;
    page.on('load', () => loads++);
    for (const name of PAGES) {
      await go(page, name);
      await heading(page, name);
    }
    await page.goBack();
    await heading(page, 'Operations');
    assert.equal(loads, 0);
  });
});

test('a page whose part does not arrive is loaded whole and can be read', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Cut off');
  const expected = ['net::ERR_FAILED', 'Failed to fetch'];
  await visit(browser, { name: 'parts-missing', expected }, async (page) => {
    await signIn(page, link);
    await alive(page);
    let loads = 0;
    page.on('load', () => loads++);
    await page.route(/split_instances\.wasm$/, (route) => route.abort());
    await go(page, 'Instances');
    await heading(page, 'Instances');
    await page.waitForLoadState();
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await heading(page, 'Create instance');
    // A heading is there before the page has loaded all that it names.
    await page.waitForLoadState();
    assert.equal(loads, 2, 'the page that was cut off, and the one after it');
  });
});
