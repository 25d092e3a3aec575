// Journey: operations found again, one that failed asked for again, and one that waits cancelled, with
// scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, screenshot, visit } from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

/** So many that the last still waits when the first is done. */
const SNAPSHOTS = 25;

const { browser, server } = await stage();

/** Snapshots of an instance are taken one after the other. */
async function askForSnapshots(page, instance) {
  for (let n = 1; n <= SNAPSHOTS; n += 1) {
    const asked = await page.request.post(`${server.origin}/v2/instance/${instance}:create-snapshot`, {
      headers: { origin: server.origin }, data: {},
    });
    assert.ok(asked.ok(), await asked.text());
  }
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`operations are filtered in the address: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Filtered ${how}`);
    await visit(browser, { name: 'operations', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web-1', { scripts });
      await page.getByRole('link', { name: 'Stop', exact: true }).click();
      await page.getByRole('button', { name: 'Stop instance web-1' }).click();
      await page.getByRole('heading', { level: 1, name: 'web-1', exact: true }).waitFor();

      await page.goto(`${server.origin}/operations`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      const create = page.getByRole('cell', { name: /^Create instance/ });
      const stop = page.getByRole('cell', { name: /^Stop instance/ });
      await create.waitFor();
      await page.getByLabel('Operation', { exact: true }).selectOption({ label: 'Stop instance' });
      if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
      await create.waitFor({ state: 'detached' });
      await stop.waitFor();
      await page.getByRole('searchbox').fill('nothing-has-this-name');
      await page.getByRole('searchbox').press('Enter');
      await page.getByText('Nothing matches').waitFor();
      await page.getByRole('link', { name: 'Clear filters' }).first().click();
      await create.waitFor();

      await page.goto(`${server.origin}/operations?subject-id=${id}&state=success`);
      await shown(page, stop, scripts);
      await page.getByRole('link', { name: /^Remove the filter Works on/ }).click();
      await page.waitForURL(/\/operations\?state=success$/);
      for (const [query, says] of [['colour=red', 'colour is not a filter'], ['subject-id=7', 'is not an id']]) {
        await page.goto(`${server.origin}/operations?${query}`);
        await page.getByText(says, { exact: false }).waitFor();
      }
      await page.getByRole('link', { name: 'Show all' }).click();
      await create.waitFor();
    });
  });

  test(`what failed can be asked for again, and says why not: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Again ${how}`);
    const expected = ['400', '404', '409'];
    await visit(browser, { name: 'operations-retry', scripts, expected }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web-1', { scripts });
      // Those that still wait end with the instance.
      await askForSnapshots(page, id);
      await page.goto(`${server.origin}/instances/${id}/confirm/delete-for-good`);
      await page.getByLabel('Type web-1 to confirm').fill('web-1');
      await page.getByRole('button', { name: 'Delete instance web-1 for good' }).click();
      await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();

      await page.goto(`${server.origin}/operations?state=failure`);
      const row = page.getByRole('row').filter({ hasText: 'Create snapshot' }).first();
      await shown(page, row.getByText('Interrupted'), scripts);
      await row.getByRole('button', { name: 'Try again' }).click();
      const alert = page.getByRole('alert').getByText('is no longer there', { exact: false });
      await alert.or(page.getByRole('alert').getByText(/can.t do this now/)).waitFor();
      assert.match(page.url(), /\/(operations|form)/);
    });
  });

  test(`what waits can be cancelled, and is as if it had not been asked for: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Cancel ${how}`);
    // The last button may be pressed when the work has just begun.
    await visit(browser, { name: 'operations-cancel', scripts, expected: ['409'] }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web-1', { scripts });
      // What is asked then comes after them.
      await askForSnapshots(page, id);
      await page.goto(`${server.origin}/instances/${id}/confirm/stop`);
      await page.getByRole('button', { name: 'Stop instance web-1' }).click();
      await page.getByRole('heading', { level: 1, name: 'web-1', exact: true }).waitFor();

      await page.goto(`${server.origin}/operations`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      const rows = page.getByRole('row');
      const stop = rows.filter({ hasText: 'Stop instance' });
      await stop.getByText('Not begun. If it is cancelled, web-1 stays as it was.').waitFor();
      await rows.filter({ hasText: 'nothing is made' }).first().waitFor();
      if (scripts) await checkAccessibility(page);
      await screenshot(page, `operations-cancel-${scripts}`);
      await stop.getByRole('button', { name: 'Cancel' }).click();
      await shown(page, stop.getByText(/^Interrupted · Cancelled by .* the instance is running, as it was/), scripts);
      await rows.filter({ hasText: 'Cancel an operation' }).first().waitFor();
      const create = rows.filter({ hasText: 'nothing is made' }).first();
      await create.getByRole('button', { name: 'Cancel' }).click();
      await shown(page, rows.getByText('the snapshot was never taken'), scripts);
      await screenshot(page, `operations-cancelled-${scripts}`);

      await page.goto(`${server.origin}/instances/${id}`);
      const state = page.getByRole('main').locator('header').getByText('Running', { exact: true });
      await shown(page, state.first(), scripts);
      // One less was taken, and what has begun or ended offers nothing to cancel.
      await page.goto(`${server.origin}/operations?operation=create-snapshot&state=success`);
      await shown(page, rows.filter({ hasText: 'Done' }).nth(SNAPSHOTS - 2), scripts);
      assert.equal(await rows.getByRole('button', { name: 'Cancel' }).count(), 0);
    });
  });
}
