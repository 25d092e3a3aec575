// Journey: a page keeps up with what happens, also where the stream does not get through.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { createInstance, takeSnapshot } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

test('without the stream the page asks by itself, and says so', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Polled');
  await visit(browser, { name: 'polled', expected: ['/v2/stream'] }, async (page) => {
    await page.route(/\/v2\/stream\?/, (route) => route.abort());
    await signIn(page, link);
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    await page.getByLabel('Name', { exact: false }).first().fill('web-1');
    await page.getByRole('button', { name: 'Create web-1', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'web-1' }).waitFor();
    await page.getByRole('main').locator('header').getByText('Running', { exact: true }).waitFor();
    await page.getByText('Polling', { exact: true }).waitFor();
    assert.equal(await page.locator('.live-note').getAttribute('data-feed'), 'polling');
  });
});

test('what changes before the page listens is shown all the same', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Late');
  await visit(browser, { name: 'late' }, async (page) => {
    await signIn(page, link);
    const id = await createInstance(page, server, 'web-1');
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route(/\/v2\/stream\?/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${server.origin}/instances/${id}/snapshots`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByText('No snapshots yet').waitFor();

    const other = await page.context().newPage();
    await takeSnapshot(other, server, id);
    await other.close();
    await page.getByText('No snapshots yet').waitFor();
    go();
    // From here on the page asks nothing by itself.
    await page.locator('.live-note[data-feed="stream"]').waitFor();
    await page.getByText('Ready', { exact: true }).waitFor();
  });
});
