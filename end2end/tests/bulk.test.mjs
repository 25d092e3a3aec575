// Journey: many instances at once, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

/** Instances of these names, made as the portal's own page makes them, and running. */
async function make(page, names) {
  await page.goto(`${server.origin}/instances/create`);
  await page.evaluate(async (names) => {
    const get = async (path) => (await fetch(`/v2/${path}`)).json();
    const { templates } = await get('template');
    const types = (await get('instance-type'))['instance-types'];
    const small = types.find((t) => t.family === 'standard' && t.size === 'small');
    for (const name of names) {
      const answer = await fetch('/v2/instance', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name, 'disk-size': 10, template: { id: templates[0].id },
          'instance-type': { id: small.id }, zone: templates[0].zones[0],
        }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
  }, names);
}

/** A row's box. */
const box = (page, name) => page.getByRole('checkbox', { name: `Choose ${name}`, exact: true });

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`bulk: stop some, retry, delete all that match: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Bulk ${how}`, `bulk-${scripts}`);
    // Made with scripts, whoever goes on afterwards.
    await visit(browser, {}, async (page) => {
      await signIn(page, link);
      await make(page, ['web-1', 'web-2', 'web-3', 'db']);
      await page.goto(`${server.origin}/instances?state=running`);
      await shown(page, page.getByText('4 match the filters'), true);
    });
    await visit(browser, { name: 'bulk', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, await server.signInLink(`bulk-${scripts}@journeys.example`));
      await page.goto(`${server.origin}/instances`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      // Nothing is chosen.
      await page.locator('.bulk-bar').waitFor({ state: 'hidden' });
      await box(page, 'web-1').check();
      await box(page, 'web-2').check();
      if (scripts) await page.getByText('2 chosen').waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();

      await page.getByRole('heading', { level: 1, name: 'Stop instances (2)' }).waitFor();
      await page.getByText(/From .* per hour/).waitFor();
      assert.equal(await page.getByRole('cell', { name: /^web-/ }).count(), 2);
      if (scripts) await checkAccessibility(page);
      if (scripts) await screenshot(page, 'bulk-question');
      await page.getByRole('button', { name: 'Stop instances (2)' }).click();
      await page.getByText(/of 2$/).waitFor();
      await shown(page, page.getByText('2 of 2'), scripts);
      await shown(page, page.getByRole('link', { name: 'Done 2' }), scripts);

      // What can't be done fails by itself, and is asked again when it can.
      await page.goto(`${server.origin}/instances?q=web`);
      await box(page, 'web-1').check();
      await page.getByRole('checkbox', { name: /^All \d+ that match the filters$/ }).check();
      await page.getByRole('button', { name: 'Reboot', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Reboot instances (3)' }).waitFor();
      await page.getByText('2 of 3 can\'t now').waitFor();
      await page.getByRole('button', { name: 'Reboot instances (3)' }).click();
      await shown(page, page.getByRole('link', { name: 'Failed 2' }), scripts);
      await page.getByRole('link', { name: 'Failed 2' }).click();
      await page.getByText('must be running').first().waitFor();
      if (scripts) await screenshot(page, 'bulk-failed');
      await page.getByRole('button', { name: 'Ask the failed again (2)' }).click();
      await shown(page, page.getByRole('link', { name: 'Failed 2' }), scripts);
      // What still reboots could not be deleted softly.
      await shown(page, page.getByRole('link', { name: 'Done 1' }), scripts);

      await page.goto(`${server.origin}/instances?q=web`);
      await box(page, 'web-3').check();
      await page.getByRole('checkbox', { name: /^All \d+ that match the filters$/ }).check();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('Nothing of it shall be kept?').waitFor();
      await page.getByRole('link', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { level: 1, name: 'Delete instances for good (3)' }).waitFor();
      await page.goBack();
      await page.getByRole('button', { name: 'Delete instances (3)' }).click();
      await shown(page, page.getByRole('link', { name: 'Done 3' }), scripts);
      // Who has left the page finds it again.
      await page.goto(`${server.origin}/operations`);
      await page.getByRole('link', { name: 'Bulk actions' }).click();
      await page.getByRole('heading', { level: 1, name: 'Bulk actions' }).waitFor();
      const row = (name) => page.getByRole('row').filter({ hasText: name });
      await row('Delete instances (3)').getByText('Done', { exact: true }).waitFor();
      await row('Reboot instances (3)').getByText('3 of 3 · 2 failed').waitFor();
      if (scripts) await screenshot(page, 'bulk-all');
      await page.getByRole('link', { name: 'Delete instances (3)' }).click();
      await page.getByText('3 of 3').waitFor();
      await page.locator('nav.crumbs').getByRole('link', { name: 'Bulk actions' }).waitFor();
      await page.goto(`${server.origin}/instances`);
      await page.getByRole('cell', { name: /^db/ }).waitFor();
      assert.equal(await page.getByRole('cell', { name: /^web-/ }).count(), 0);

      await page.goto(`${server.origin}/instances?state=destroyed`);
      await box(page, 'web-3').check();
      await page.getByRole('checkbox', { name: /^All \d+ that match the filters$/ }).check();
      await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
      const act = page.getByRole('button', { name: 'Delete instances for good (3)' });
      await page.getByLabel('Type 3 to confirm').fill('4');
      await page.getByLabel('Type 3 to confirm').evaluate((input) => input.form.setAttribute('novalidate', ''));
      await act.click();
      await page.getByRole('alert').getByText('nothing was done').waitFor();
      await page.getByLabel('Type 3 to confirm').fill('3');
      await act.click();
      await shown(page, page.getByRole('link', { name: 'Done 3' }), scripts);
      await page.goto(`${server.origin}/instances?state=destroyed`);
      await page.getByText('No instance matches').or(page.getByText('Clear filters').last()).first().waitFor();
      assert.equal(await page.getByRole('cell', { name: /^web-/ }).count(), 0);
    });
  });
}
