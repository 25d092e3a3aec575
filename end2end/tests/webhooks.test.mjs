// Journey: an address of one's own hears of changes, and one sees what became of it; with scripts and
// without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { isSigned, openSink } from '../lib/sink.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

process.env.COULOIR_WEBHOOKS_TO_PRIVATE_ADDRESSES = 'true';

const { browser, server } = await stage();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`an address hears of changes, and what it refuses is sent again: ${how}`, async () => {
    const sink = await openSink();
    sink.answer = () => 503;
    const { 'sign-in-url': link } = await server.createOrganization(`Webhooks ${how}`);
    await visit(browser, { name: 'webhooks', scripts, expected: ['400'] }, async (page) => {
      const heading = (name) => page.getByRole('heading', { level: 1, name });
      const press = (name) => page.getByRole('button', { name, exact: true }).first().click();
      await signIn(page, link);
      await page.goto(`${server.origin}/audit-trail`);
      await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
      await heading('Webhooks').waitFor();
      await page.getByText('No webhook yet').waitFor();
      await page.getByLabel('Name of the webhook').fill('SIEM');
      await page.getByLabel('Address', { exact: true }).fill('https://169.254.169.254/');
      await press('Create webhook');
      await page.getByText('which is not a public address').first().waitFor();
      await page.getByLabel('Address', { exact: true }).fill(sink.url);
      await page.getByLabel('done').check();
      await press('Create webhook');
      await page.getByRole('heading', { name: 'The webhook SIEM is ready' }).waitFor();
      const secret = (await page.locator('code.secret').textContent()).trim();
      assert.match(secret, /^whsec_/);

      await page.goto(`${server.origin}/audit-trail/webhooks`);
      await page.getByRole('link', { name: 'SIEM', exact: true }).click();
      await heading('SIEM').waitFor();
      await shown(page, page.getByText('not taken, tried again'), scripts);
      await page.getByRole('cell').getByText('503').first().waitFor();
      sink.answer = () => 204;
      await press('Send a test');
      await shown(page, page.getByRole('row').filter({ hasText: 'Test' }).getByText('delivered'), scripts);
      const [first] = sink.got;
      assert.equal(first.body.type, 'audit.event');
      assert.equal(first.body.event.handler, 'create-webhook');
      assert.ok(sink.got.every((message) => isSigned(message, secret)));
      // What waits is told without waiting when it is resumed.
      await press('Pause');
      await shown(page, page.getByRole('button', { name: 'Resume', exact: true }), scripts);
      await press('Resume');
      await shown(page, page.getByText('active', { exact: true }), scripts);
      await shown(page, page.getByRole('button', { name: 'Send again' }).first(), scripts);
      const before = sink.got.length;
      await press('Send again');
      await shown(page, page.getByText(', once more').first(), scripts);
      assert.ok(sink.got.length >= before);
      if (scripts) {
        await inEveryLook(page, async (viewport, theme) => {
          await screenshot(page, `webhook-${viewport}-${theme}`);
          await checkWidth(page);
        });
        await checkAccessibility(page);
      }
      await press('New secret');
      await page.getByRole('heading', { name: /^The new secret signs/ }).waitFor();

      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await heading('Edit SIEM').waitFor();
      assert.ok(await page.getByLabel('done').isChecked());
      await page.getByLabel('Name of the webhook').fill('Chat');
      await page.getByLabel('done').uncheck();
      await press('Save');
      await heading('Chat').waitFor();
      await shown(page, page.getByText('every event'), scripts);
      await page.getByRole('link', { name: 'Delete', exact: true }).click();
      await press('Delete Chat');
      await heading('Webhooks').waitFor();
      await page.getByText('No webhook yet').waitFor();
      if (scripts) await checkAccessibility(page);
    });
  });
}
