// The reference of the API: found by what one looks for, and tried as oneself, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

async function journey(name, options, then) {
  const { 'sign-in-url': link } = await server.createOrganization(name);
  await visit(browser, { name, ...options }, async (page) => {
    await signIn(page, link);
    await then(page);
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`an operation is found by its words, ${how}`, async () => {
    await journey(`reference-search-${scripts}`, { scripts }, async (page) => {
      if (scripts) await page.getByRole('link', { name: 'API reference' }).first().click();
      else await page.goto(`${server.origin}/api`);
      await page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor();
      await page.getByPlaceholder('Search by name, path or purpose').fill('disk grows');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForURL(/q=disk\+grows/);
      await page.getByText('Operations: 1', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'resize-instance-disk' }).click();
      await page.getByRole('heading', { level: 1, name: 'resize-instance-disk' }).waitFor();
      await page.getByText('Your role Owner may call this.').waitFor();
      await page.goto(`${server.origin}/api?q=nothing-is-called-this`);
      await page.getByText('No operation is like that').waitFor();
    });
  });

  test(`a list is read and an instance renamed, first as a dry run, ${how}`, async () => {
    await journey(`reference-try-${scripts}`, { scripts }, async (page) => {
      const id = await createInstance(page, server, 'web-1', { scripts });
      await page.goto(`${server.origin}/api/list-instances?q=web`);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      const outcome = page.locator('#outcome');
      await outcome.getByText(/^Status 200 after \d+ ms$/).waitFor();
      await outcome.getByText('GET /v2/instance?q=web').waitFor();
      assert.match(await outcome.locator('pre').last().textContent(), /"name": "web-1"/);
      assert.match(await outcome.locator('pre').first().textContent(), /x-request-id: /);

      await page.goto(`${server.origin}/api/update-instance?id=${id}`);
      await page.getByLabel('name', { exact: true }).fill('renamed');
      if (scripts) await page.getByText(`-d '{"name":"renamed"}'`).first().waitFor();
      await page.getByRole('button', { name: 'Dry run' }).click();
      await outcome.getByText(`PUT /v2/instance/${id}?dry-run=true`).waitFor();
      assert.equal(await page.getByLabel('name', { exact: true }).inputValue(), 'renamed');
      await named(page, id, 'web-1');
      await page.getByRole('button', { name: 'Really send' }).click();
      await outcome.getByText(`PUT /v2/instance/${id}`, { exact: true }).waitFor();
      await named(page, id, 'renamed');
    });
  });

  test(`a refusal is shown as the API says it, ${how}`, async () => {
    await journey(`reference-refused-${scripts}`, { scripts, expected: ['status of 404'] }, async (page) => {
      await page.goto(`${server.origin}/api/get-instance?id=nothing`);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      const outcome = page.locator('#outcome');
      await outcome.getByText(/^Status 400 after/).waitFor();
      assert.match(await outcome.locator('pre').last().textContent(), /is not a UUID/);
      await page.goto(`${server.origin}/api/no-such-operation`);
      await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
    });
  });
}

/** The instance is called so. */
async function named(page, id, name) {
  const answer = await page.request.get(`${server.origin}/v2/instance/${id}`);
  assert.equal((await answer.json()).name, name);
}

test('a page whose form sends for another site is refused', async () => {
  await journey('reference-foreign', {}, async (page) => {
    const answer = await page.request.post(`${server.origin}/api/create-access-token`, {
      form: { name: 'stolen' }, headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    });
    assert.match(await answer.text(), /Status 403/);
    const { 'access-tokens': tokens } = await (await page.request.get(`${server.origin}/v2/access-token`)).json();
    assert.deepEqual(tokens, []);
  });
});
