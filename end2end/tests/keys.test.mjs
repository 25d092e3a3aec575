// Journey: keys and tokens, from making them to their end, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host';

const { browser, server } = await stage();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`an SSH key is registered and deleted: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`SSH ${how}`);
    await visit(browser, { name: 'ssh-keys', scripts, expected: ['400', '409'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/ssh-keys`);
      await page.getByText('No SSH key yet').waitFor();
      const register = async (key) => {
        await page.getByLabel('Name of the key').fill('laptop');
        await page.getByLabel('Public key').fill(key);
        await page.getByRole('button', { name: 'Register key' }).click();
      };
      await register('-----BEGIN OPENSSH PRIVATE KEY-----');
      await page.getByRole('alert').getByText('looks like a private key').first().waitFor();
      await register(PUBLIC_KEY);
      await page.getByRole('cell', { name: 'laptop', exact: true }).waitFor();
      await register(PUBLIC_KEY);
      await page.getByRole('alert').getByText('already exists').waitFor();

      await page.goto(`${server.origin}/ssh-keys`);
      await page.getByRole('link', { name: 'Delete laptop' }).click();
      await page.getByText('Instances that have it keep it', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Delete laptop' }).click();
      await page.getByText('No SSH key yet').waitFor();
    });
  });

  test(`a key is added while an instance is described: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Inline ${how}`);
    await visit(browser, { name: 'create-key', scripts }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/instances/create`);
      await page.getByLabel('Name', { exact: false }).first().fill('web-1');
      await page.getByLabel('Name of the key').fill('laptop');
      await page.getByLabel('Public key').fill(PUBLIC_KEY);
      await page.getByRole('button', { name: 'Add and select' }).click();
      const key = page.getByRole('checkbox', { name: /^laptop/ });
      await key.waitFor();
      assert.equal(await key.isChecked(), true);
      await page.getByRole('button', { name: 'Create web-1', exact: true }).waitFor();
    });
  });

  test(`an API key is shown once, used and revoked: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`API ${how}`);
    await visit(browser, { name: 'api-keys', scripts }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/api-keys`);
      await page.getByLabel('Name of the key').fill('terraform');
      await page.getByLabel('Role').selectOption({ label: 'Owner' });
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByRole('heading', { name: 'The key terraform is ready' }).waitFor();
      const secret = page.getByRole('definition').nth(1);
      assert.match(await secret.innerText(), /[\w-]{30,}/);
      assert.doesNotMatch(page.url(), /[\w-]{30,}/, 'no secret stands in an address');
      await page.goto(`${server.origin}/api-keys`);
      const row = page.getByRole('row').filter({ hasText: 'terraform' });
      await row.getByText('never').waitFor();
      assert.equal(await page.getByRole('heading', { name: /is ready$/ }).count(), 0);
      await row.getByRole('link', { name: 'Revoke terraform' }).click();
      await page.getByRole('button', { name: 'Revoke terraform' }).click();
      await page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
      await row.waitFor({ state: 'detached' });
    });
  });

  test(`a personal token lets curl in until it is revoked: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Token ${how}`);
    await visit(browser, { name: 'tokens', scripts }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/api-keys`);
      await page.getByLabel('Name of the token').fill('laptop');
      await page.getByLabel('Days until it ends').fill('7');
      await page.getByRole('button', { name: 'Create token' }).click();
      await page.getByRole('heading', { name: 'The token laptop is ready' }).waitFor();
      const token = (await page.getByRole('definition').first().innerText()).match(/couloir_[\w-]+/)[0];
      const status = async () => {
        const headers = { authorization: `Bearer ${token}` };
        return (await fetch(`${server.origin}/v2/instance`, { headers })).status;
      };
      assert.equal(await status(), 200);
      await page.goto(`${server.origin}/api-keys`);
      await page.getByRole('link', { name: 'Revoke laptop' }).click();
      await page.getByRole('button', { name: 'Revoke laptop' }).click();
      await page.getByText('No token yet').waitFor();
      assert.equal(await status(), 401);
    });
  });
}
