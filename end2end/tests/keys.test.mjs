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
      await row.getByText('never').first().waitFor();
      assert.equal(await page.getByRole('heading', { name: /is ready$/ }).count(), 0);
      await row.getByRole('link', { name: 'Revoke terraform' }).click();
      await page.getByRole('button', { name: 'Revoke terraform' }).click();
      await page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
      await row.waitFor({ state: 'detached' });
    });
  });

  test(`an API key ends when it is told to, and another takes its place: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Ends ${how}`);
    await visit(browser, { name: 'api-keys-end', scripts, expected: ['400', '401'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/api-keys`);
      await page.getByLabel('Name of the key').fill('release');
      await page.getByLabel('Ends after days').fill('5');
      await page.getByLabel('Role').selectOption({ label: 'Owner' });
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByRole('heading', { name: 'The key release is ready' }).waitFor();
      await page.goto(`${server.origin}/api-keys?use=idle`);
      await page.getByText('No key is like this').waitFor();
      await page.goto(`${server.origin}/api-keys?use=never`);
      const row = page.getByRole('row').filter({ hasText: 'release' });
      await row.getByText('Ends soon').waitFor();
      await row.getByText(/^in 4\sd$/).waitFor();
      await row.getByRole('link', { name: 'Rotate release' }).click();

      // More than a month is refused; the old key goes on for two hours.
      const hours = page.getByLabel('For how many hours');
      await hours.fill('721');
      const rotate = page.getByRole('button', { name: 'Rotate release' });
      await page.locator('form[action="/form/rotate-api-key"]').evaluate((form) => { form.noValidate = true; });
      await rotate.click();
      await page.getByRole('alert').getByText('must be 0 to 720').first().waitFor();
      await hours.fill('2');
      await rotate.click();
      await page.getByRole('heading', { level: 1, name: 'release was rotated' }).waitFor();
      await page.getByText(/^The old key goes on until .* UTC\.$/).waitFor();
      assert.match(await page.getByRole('definition').nth(1).innerText(), /[\w-]{30,}/);
      await page.getByRole('link', { name: 'All API keys' }).click();
      await page.getByText(/^in 1\sh$/).waitFor();
      assert.equal(await row.count(), 2, 'both are there');

      // At once: the page that is left has nothing of the old key, and the secret all the same.
      const old = row.filter({ hasText: /in 4\sd/ });
      await old.getByRole('link', { name: 'Rotate release' }).click();
      await page.getByLabel('For how many hours').fill('0');
      await page.getByRole('button', { name: 'Rotate release' }).click();
      await page.getByText('The old key has ended: what still uses it is refused.').waitFor();
      assert.match(await page.getByRole('definition').nth(1).innerText(), /[\w-]{30,}/);
    });
  });

  test(`a role is assumed, and who did stands beside its key: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Assumed ${how}`);
    await visit(browser, { name: 'assumed', scripts, expected: ['403'] }, async (page) => {
      await signIn(page, link);
      const make = async (name, expression) => {
        const data = { name, 'assume-role-policy': { rules: [{ action: 'allow', expression }] }, 'max-session-ttl': 900 };
        const made = await page.request.post(`${server.origin}/v2/iam-role`, { data, headers: { origin: server.origin } });
        return (await made.json()).reference.id;
      };
      const roles = { own: await make('On call', "identity.role == 'Owner'"), others: await make('Others', "identity.role == 'Nobody'") };
      await page.goto(`${server.origin}/roles/${roles.others}/assume`);
      await page.getByRole('button', { name: 'Assume Others' }).click();
      await page.getByRole('alert').getByText("can't be assumed by you").waitFor();

      await page.goto(`${server.origin}/roles/${roles.own}`);
      await page.getByRole('link', { name: 'Assume', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Assume On call' }).waitFor();
      assert.equal(await page.getByLabel('For how many seconds').inputValue(), '900', 'no more than the role allows');
      await page.getByRole('button', { name: 'Assume On call' }).click();
      await page.getByRole('heading', { name: 'You can act as On call now' }).waitFor();
      await page.getByText('export EXOSCALE_API_KEY=EXO').waitFor();
      await page.goto(`${server.origin}/api-keys`);
      const row = page.getByRole('row').filter({ hasText: 'On call' });
      await row.getByText(/^Assumed by .*@journeys\.example$/).waitFor();
      const rotate = row.getByRole('button', { name: /^Rotate On call.*assume it again/ });
      assert.equal(await rotate.getAttribute('aria-disabled'), 'true');

      await page.goto(`${server.origin}/roles`);
      await page.getByRole('link', { name: 'Owner', exact: true }).click();
      const blocked = page.getByRole('button', { name: /^Assume.*no rule says who may/ });
      assert.equal(await blocked.getAttribute('aria-disabled'), 'true');
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
