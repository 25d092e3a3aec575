// Journey: one person, two organizations; what is seen and done belongs to the one that is chosen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host';

/** News have long arrived after this. */
const NEWS_MS = 2_000;

const { browser, server } = await stage();

async function switchTo(page, from, to) {
  const menu = page.getByRole('banner').locator('summary').filter({ hasText: from });
  await menu.click();
  await page.getByRole('button', { name: to, exact: true }).click();
  await page.getByRole('banner').locator('summary').filter({ hasText: to }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

/** What is on the page that leads to all that an organization has. */
async function owned(page) {
  await page.goto(`${server.origin}/ssh-keys`);
  await page.getByRole('heading', { level: 1, name: 'SSH keys' }).waitFor();
  const keys = await page.getByRole('cell', { name: 'laptop', exact: true }).count();
  await page.goto(`${server.origin}/instances`);
  await page.getByText(/^\d+ in all zones/).waitFor();
  const instances = await page.getByRole('link', { name: 'web-1', exact: true }).count();
  await page.goto(`${server.origin}/`);
  await page.getByText(/^[01] of 20 used$/).first().waitFor();
  const quota = await page.locator('.meter').filter({ hasText: 'Instances' }).innerText();
  return { keys, instances, quota: quota.match(/\d+ of/)[0] };
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';
  const [first, second] = [`First ${how}`, `Second ${how}`];

  test(`switching shows what the other organization has: ${how}`, async () => {
    const mailbox = `both-${scripts}`;
    await server.createOrganization(first, mailbox);
    const { 'sign-in-url': link } = await server.createOrganization(second, mailbox);
    await visit(browser, { name: 'organizations', scripts, expected: ['404'] }, async (page) => {
      await signIn(page, link);
      await switchTo(page, second, first);
      await page.goto(`${server.origin}/ssh-keys`);
      await page.getByLabel('Name of the key').fill('laptop');
      await page.getByLabel('Public key').fill(KEY);
      await page.getByRole('button', { name: 'Register key' }).click();
      await page.getByRole('cell', { name: 'laptop', exact: true }).waitFor();
      await page.goto(`${server.origin}/instances/create`);
      await page.getByLabel('Name', { exact: false }).first().fill('web-1');
      await page.getByRole('button', { name: /^Create (web-1|instance)$/ }).click();
      await page.getByRole('heading', { level: 1, name: 'web-1' }).waitFor();
      const instance = page.url();
      assert.deepEqual(await owned(page), { keys: 1, instances: 1, quota: '1 of' });

      await switchTo(page, first, second);
      assert.deepEqual(await owned(page), { keys: 0, instances: 0, quota: '0 of' });
      // Whose it is, is not said to the other one.
      assert.equal((await page.goto(instance)).status(), 404);
      await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();

      await switchTo(page, second, first);
      assert.deepEqual(await owned(page), { keys: 1, instances: 1, quota: '1 of' });
    });
  });
}

test('a page that waits for another session asks nothing with the one that may have ended', async () => {
  await server.createOrganization('Slow one', 'slow');
  const { 'sign-in-url': link } = await server.createOrganization('Slow two', 'slow');
  await visit(browser, { name: 'organizations-slow' }, async (page) => {
    await signIn(page, link);
    // The stream of this page, not one that the page before it opened late.
    await page.goto('about:blank');
    const stream = page.waitForResponse((one) => one.url().includes('/v2/stream'));
    await page.goto(`${server.origin}/ssh-keys`);
    await stream;
    const asked = [];
    page.on('request', (one) => { if (one.method() === 'GET' && one.url().includes('/v2/')) asked.push(one.url()); });
    const register = (name) => page.evaluate(async ([name, key]) => {
      const body = JSON.stringify({ name, 'public-key': key });
      return (await fetch('/v2/ssh-key', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    }, [name, KEY]);
    // News are asked for,
    const answered = page.waitForResponse((one) => one.request().method() === 'GET' && one.url().includes('/v2/ssh-key'));
    assert.equal(await register('before'), 200);
    await answered;
    // but not once the switch is on its way.
    await page.route('**/form/switch-organization', async (route) => {
      asked.length = 0;
      assert.equal(await register('meanwhile'), 200);
      await page.waitForTimeout(NEWS_MS);
      await route.continue();
    });
    await switchTo(page, 'Slow two', 'Slow one');
    assert.deepEqual(asked.filter((url) => url.includes('/v2/ssh-key')), []);
  });
});

test('a tab from before a switch changes nothing in the other organization', async () => {
  await server.createOrganization('Before', 'tabs');
  const { 'sign-in-url': link } = await server.createOrganization('After', 'tabs');
  await visit(browser, { name: 'organizations-tab', expected: ['409'] }, async (page) => {
    await signIn(page, link);
    const tab = await page.context().newPage();
    await tab.goto(`${server.origin}/ssh-keys`);
    await tab.locator('html[data-alive]').waitFor({ state: 'attached' });
    await switchTo(page, 'After', 'Before');
    await tab.getByLabel('Name of the key').fill('laptop');
    await tab.getByLabel('Public key').fill(KEY);
    await tab.getByRole('button', { name: 'Register key' }).click();
    await tab.getByText('You have switched to the organization Before meanwhile').waitFor();
    assert.equal(await tab.getByLabel('Name of the key').inputValue(), 'laptop');
    await page.goto(`${server.origin}/ssh-keys`);
    await page.getByText('No SSH keys yet').or(page.getByText('No SSH key')).first().waitFor();
    assert.equal(await page.getByRole('cell', { name: 'laptop', exact: true }).count(), 0);
  });
});

test('staff see that they are in the organization of the provider', async () => {
  const { 'sign-in-url': link } = await server.createOperator('Provider');
  await visit(browser, { name: 'staff' }, async (page) => {
    await signIn(page, link);
    const banner = page.getByRole('banner');
    await banner.locator('.organization', { hasText: 'Provider' }).waitFor();
    await banner.getByText('Operator', { exact: true }).waitFor();
    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'Invite somebody' }).waitFor();
    assert.equal(await main.getByRole('link', { name: 'Create instance' }).count(), 0);
    await page.goto(`${server.origin}/roles`);
    await page.getByRole('link', { name: 'Support', exact: true }).waitFor();
  });
});
