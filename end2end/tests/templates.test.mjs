// Journey: a template of one's own from its snapshot to its end, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../lib/browser.mjs';
import { createInstance, makeTemplate, takeSnapshot } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a template is made, renamed, used, kept while it is used, and deleted: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Templates ${how}`);
    await visit(browser, { name: 'templates', scripts, expected: ['400', '412'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/templates`);
      await page.getByText('No templates of your own yet').waitFor();
      await page.getByRole('link', { name: 'Go to the snapshots' }).click();
      await page.getByText('No snapshots yet').waitFor();
      const web = await createInstance(page, server, 'web-1', { scripts });
      await takeSnapshot(page, server, web, scripts);
      const template = await makeTemplate(page, server, 'golden', scripts);
      await page.getByText('No instance is made from it.').waitFor();

      // Somebody else changes it while it is edited: nothing is overwritten unseen.
      await page.getByRole('link', { name: 'Edit' }).click();
      await heading(page, 'Edit golden').waitFor();
      const other = await page.context().newPage();
      await other.goto(`${server.origin}/templates/${template}/edit`);
      await other.getByLabel('Description').fill('');
      await other.getByRole('button', { name: 'Save' }).click();
      await heading(other, 'golden').waitFor();
      assert.equal(await other.getByText('Debian with our certificates').count(), 0, 'emptied');
      await other.close();
      await page.getByLabel('Name', { exact: true }).fill('golden-2');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText('changed this since you opened it').waitFor();
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'golden-2');
      assert.equal(await page.getByLabel('Description').inputValue(), '', 'theirs is taken over');
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'golden-2').waitFor();

      // What is made from it keeps it.
      await page.getByRole('link', { name: 'Create instance' }).click();
      await page.getByRole('radio', { name: /^golden-2/ }).and(page.locator(':visible:checked')).waitFor();
      const query = new URL(page.url()).search;
      const clone = await createInstance(page, server, 'clone-1', { query, scripts });
      await page.goto(`${server.origin}/templates/${template}/delete`);
      await page.getByText('an instance is made from it', { exact: false }).first().waitFor();
      const remove = page.getByRole('button', { name: 'Delete template golden-2' });
      assert.equal(await remove.getAttribute('aria-disabled'), 'true');
      await page.getByRole('link', { name: 'Show it in the list' }).click();
      await page.getByRole('link', { name: 'clone-1' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'web-1' }).count(), 0);
      await page.goto(`${server.origin}/instances/${clone}/confirm/delete-for-good`);
      await page.getByLabel('Type clone-1 to confirm').fill('clone-1');
      await page.getByRole('button', { name: 'Delete instance clone-1 for good' }).click();
      await heading(page, 'Instances').waitFor();

      await page.goto(`${server.origin}/templates/${template}/delete`);
      await shown(page, page.getByText('No instance is made from it.'), scripts);
      await page.getByLabel('Type golden-2 to confirm').fill('golden-2');
      await remove.click();
      await heading(page, 'Templates').waitFor();
      await shown(page, page.getByText('No templates of your own yet'), scripts);
    });
  });

  test(`templates are filtered in the address: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Filters ${how}`);
    await visit(browser, { name: 'template-filters', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/templates`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Visibility').selectOption({ label: 'Public' });
      if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('heading', { name: 'Your own templates' }).waitFor({ state: 'detached' });
      await page.getByRole('searchbox').fill('DEBIAN');
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('row').filter({ hasText: 'Alpine' }).first().waitFor({ state: 'detached' });
      const asked = new URL(page.url()).searchParams;
      assert.deepEqual([asked.get('visibility'), asked.get('q')], ['public', 'DEBIAN']);
      await page.getByRole('link', { name: 'Visibility: Public' }).click();
      await page.getByRole('heading', { name: 'Your own templates' }).waitFor();
      await page.getByText('Nothing matches').waitFor();

      await page.goto(`${server.origin}/templates?colour=red`);
      await page.getByText('colour is not a filter of this list', { exact: false }).waitFor();
      await page.getByRole('link', { name: 'Show all' }).click();
      await page.getByRole('row').filter({ hasText: 'Alpine' }).first().waitFor();
    });
  });

  test(`snapshots of all instances, with what can be done: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Snapshots ${how}`);
    await visit(browser, { name: 'snapshots', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      const ids = [];
      for (const name of ['web-1', 'web-2']) {
        ids.push(await createInstance(page, server, name, { scripts }));
        await takeSnapshot(page, server, ids.at(-1), scripts);
      }
      await page.goto(`${server.origin}/snapshots`);
      await page.getByText(/^2 snapshots · \d+ GiB · /).waitFor();
      const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'web-1', exact: true }) });
      await row.locator('summary').click();
      await row.getByRole('button', { name: 'Export' }).click();
      await shown(page, row.getByText('Exported', { exact: true }), scripts);
      await row.getByRole('link', { name: 'Download' }).waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('State').selectOption({ label: 'Exported' });
      if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('link', { name: 'web-2', exact: true }).waitFor({ state: 'detached' });

      await row.locator('summary').click();
      await row.getByRole('link', { name: 'Delete snapshot' }).click();
      const confirm = page.getByLabel(/^Type web-1_.* to confirm$/);
      const label = await confirm.evaluate((input) => input.labels[0].innerText);
      await confirm.fill(label.replace(/^Type | to confirm$/g, ''));
      await page.getByRole('button', { name: /^Delete snapshot web-1/ }).click();
      await heading(page, 'web-1').waitFor();
      await page.goto(`${server.origin}/snapshots`);
      await shown(page, page.getByText(/^1 snapshot · /), scripts);
    });
  });
}

test('templates by keyboard: from the list to the form of an instance, and back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Template keys');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    await page.locator('html[data-alive]').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Templates' }).first().press('Enter');
    await heading(page, 'Templates').and(page.locator(':focus')).waitFor();
    const zone = page.getByLabel('Zone', { exact: true });
    await zone.focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/zone=/);
    assert.equal(await zone.evaluate((select) => select === document.activeElement), true, 'the focus stays');
    await page.getByRole('link', { name: /^Linux Debian 12/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Linux Debian 12/ }).and(page.locator(':focus')).waitFor();
    await page.getByRole('link', { name: 'Create instance' }).press('Enter');
    await heading(page, 'Create instance').and(page.locator(':focus')).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: /^Linux Debian 12/ }).waitFor();
  });
});
