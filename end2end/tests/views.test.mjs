// Journey: a list as one wants it. Filters are typed, a question is saved as a view, columns are
// chosen and put into order; with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const views = (page) => page.getByRole('navigation', { name: 'Saved views' });
const heads = async (page) => {
  const heads = page.locator('.instances thead th:not(.boxes)');
  await heads.first().waitFor({ state: 'attached' });
  return (await heads.allInnerTexts()).map((text) => text.trim());
};
const current = (page) => views(page).locator('[aria-current]').innerText();

async function create(page, name, label) {
  await page.goto(`${server.origin}/instances/create`);
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('Labels').fill(label);
  await page.getByRole('button', { name: /^Create / }).click();
  await heading(page, name);
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`filters are typed, and saved as a view: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Views ${how}`);
    const expected = ['400'];
    await visit(browser, { name: 'views', scripts, expected }, async (page) => {
      await signIn(page, link);
      await create(page, 'web-1', 'env=prod');
      await create(page, 'db-1', 'env=test');
      await page.goto(`${server.origin}/instances`);
      assert.equal(await views(page).count(), 0, 'nothing is shown where nothing is kept');
      const search = page.getByRole('searchbox');
      await search.fill('label:env=prod zone:ch-gva-2 web');
      await search.press('Enter');
      await page.getByRole('link', { name: 'Label: env=prod' }).waitFor();
      await page.getByRole('link', { name: 'Zone: ch-gva-2' }).waitFor();
      assert.equal(await search.inputValue(), 'web');
      await page.getByRole('link', { name: 'db-1', exact: true }).waitFor({ state: 'detached' });

      await views(page).getByRole('link', { name: 'Save view' }).click();
      await heading(page, 'Save view');
      await page.getByLabel('Name of the view').fill('Production');
      await page.getByRole('button', { name: 'Save view' }).click();
      await heading(page, 'Instances');
      await views(page).getByRole('link', { name: 'Production' }).waitFor();
      assert.match(await current(page), /^Production\s*1$/);
      await screenshot(page, `views-list-${scripts ? 'scripts' : 'no-scripts'}`);
      await checkAccessibility(page).catch((error) => assert.ok(!scripts, error));
      await views(page).getByRole('link', { name: 'All' }).click();
      await page.getByRole('link', { name: 'db-1', exact: true }).waitFor();
      assert.match(await current(page), /^All/);

      await views(page).getByRole('link', { name: 'Manage views' }).click();
      await heading(page, 'Saved views');
      await page.getByRole('link', { name: 'Edit Production' }).click();
      await heading(page, 'Edit Production');
      await page.getByLabel('Name of the view').fill('Prod');
      await page.getByLabel('Share with the organization').uncheck();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await heading(page, 'Saved views');
      await page.getByRole('cell', { name: 'only me' }).waitFor();
      await page.getByRole('link', { name: 'Delete Prod' }).click();
      await heading(page, 'Delete Prod');
      await page.getByRole('button', { name: 'Delete Prod' }).click();
      await page.getByText('No saved view yet').waitFor();

      await page.goto(`${server.origin}/instances`);
      await search.fill('stat:running');
      await search.press('Enter');
      await page.getByText('has “stat:”').first().waitFor();
    });
  });

  test(`columns are chosen and put into order: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Columns ${how}`);
    await visit(browser, { name: 'columns', scripts }, async (page) => {
      await signIn(page, link);
      await create(page, 'web-1', 'env=prod');
      await page.goto(`${server.origin}/instances`);
      const usual = await heads(page);
      await page.getByRole('link', { name: 'Columns' }).click();
      await heading(page, 'Columns');
      await page.getByRole('checkbox', { name: 'State' }).uncheck();
      await page.getByRole('checkbox', { name: 'Labels' }).uncheck();
      for (let n = 0; n < 2; n++) {
        await page.getByRole('button', { name: 'Move Address up' }).press('Enter');
        await page.locator('.column-lines li').nth(3 - n).getByText('Address').first().waitFor();
      }
      assert.equal(await page.getByRole('checkbox', { name: 'State' }).isChecked(), false);
      await page.getByRole('button', { name: 'Save columns' }).click();
      await heading(page, 'Instances');
      const chosen = await heads(page);
      assert.deepEqual(chosen.slice(0, 4).map((head) => head.toLowerCase()), ['name', 'address', 'zone', 'type']);
      assert.equal(chosen.length, usual.length - 2);
      await page.reload();
      assert.deepEqual(await heads(page), chosen, 'they are kept');
      await page.goto(`${server.origin}/instances?cols=name,per-month,zone`);
      assert.equal((await heads(page))[2].toLowerCase(), 'zone', 'the address counts more');
      await page.setViewportSize({ width: 360, height: 740 });
      await checkWidth(page);
      await screenshot(page, `columns-cards-${scripts ? 'scripts' : 'no-scripts'}`);
      await page.setViewportSize({ width: 1440, height: 900 });

      await page.goto(`${server.origin}/lists/instances/columns`);
      await page.getByRole('button', { name: 'Reset to default' }).click();
      await page.getByRole('checkbox', { name: 'State', checked: true }).waitFor();
      await page.getByRole('button', { name: 'Save columns' }).click();
      await heading(page, 'Instances');
      assert.deepEqual(await heads(page), usual);
    });
  });
}

test('a column that is not there is reported, with the way on', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Wrong columns');
  await visit(browser, { name: 'columns-wrong', expected: ['400'] }, async (page) => {
    await signIn(page, link);
    const answer = await page.goto(`${server.origin}/instances?cols=name,price`);
    assert.equal(answer.status(), 400);
    await page.getByText('has “price”').first().waitFor();
    await page.getByRole('link', { name: 'Choose columns' }).click();
    await heading(page, 'Columns');
  });
});

test('what is typed before the page is alive stays', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Early');
  await visit(browser, { name: 'views-early' }, async (page) => {
    await signIn(page, link);
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await page.route('**/*.wasm', async (route) => {
      await released;
      await route.fallback();
    });
    await page.goto(`${server.origin}/instances`, { waitUntil: 'commit' });
    const search = page.getByRole('searchbox');
    await search.fill('web');
    assert.equal(await page.locator('html[data-alive]').count(), 0);
    release();
    await page.locator('html[data-alive]').waitFor();
    assert.equal(await search.inputValue(), 'web');
  });
});
