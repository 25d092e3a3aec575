// Journey: wherever something has a page, what was done to it is one click away, with who did it; with
// scripts and without.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

process.env.COULOIR_SIM_PACE ??= 'instant';

const PASSWORD = 'correct horse battery staple';

const ME = 'activity@journeys.example';

const { browser, server } = await stage();
let $;

before(async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Activity');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    $ = await World.make(server, page);
    await things();
  });
});

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

/** Something of every kind, each changed once by whoever signed in. */
async function things() {
  await $.haveTemplate();
  await $.put(`/template/${$.template}`, { description: 'the golden one' });
  await $.haveRole();
  await $.put(`/iam-role/${$.ownRole}`, { description: 'who is on call' });
  await $.haveWebhook();
  await $.put(`/webhook/${$.webhook}`, { name: 'siem-2' });
  await $.haveProvider();
  await $.put(`/identity-provider/${$.provider}`, { name: 'Login 2' });
  await $.put('/iam-organization-policy', { 'default-service-strategy': 'allow', services: { sos: { type: 'deny' } } });
  await $.put('/organization', { 'api-call-days': 31 });
  await $.failBulk();
  await $.settled();
  const { 'iam-roles': roles } = await $.get('/iam-role');
  await $.invite('guest@mail.example');
  await $.put(`/user/${$.invited}`, { role: { id: roles.find(({ name }) => name === 'Owner').id } });
  ({ key: $.key } = await $.post('/api-key', { name: 'robot', 'role-id': $.role }));
  await $.call('DELETE', `/iam-role/${$.role}`).catch(() => {});
  await $.post('/ssh-key', { name: 'laptop', 'public-key': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host' });
  await $.haveView();
  await $.haveGrant();
}

/** Where the way to each activity begins, what it is called there, its title, and what was done. */
const places = () => [
  [`/instances/${$.instance}`, 'Activity', 'web', 'Operation ended'],
  [`/templates/${$.template}`, 'Activity', 'Activity of gold', 'the golden one'],
  [`/roles/${$.ownRole}`, 'Activity', "Activity of Ops' role", 'description: x → who is on call'],
  [`/audit-trail/webhooks/${$.webhook}`, 'Activity', 'Activity of siem-2', 'name: siem → siem-2'],
  ['/single-sign-on', 'Activity', 'Activity of Login 2', 'name: Login → Login 2'],
  ['/organization-policy', 'Activity', "Activity of Organization policy", 'sos'],
  ['/organization', 'Activity', null, 'api-call-days: 30 → 31'],
  [`/bulk-actions/${$.bulk}`, 'Activity', null, 'Bulk action'],
  [`/access-requests/${$.grant}`, 'Activity', null, 'Approve access'],
  ['/users', 'Activity guest@mail.example', 'Activity of guest@mail.example', 'role: Billing → Owner'],
  ['/api-keys', 'Activity robot', 'Activity of robot', 'Create API key'],
  ['/ssh-keys', 'Activity laptop', 'Audit trail', 'Register SSH key'],
  ['/lists/instances/views', 'Activity Mine', 'Audit trail', 'Save view'],
];

/** What the page says that it asks. */
const asked = (page) =>
  page.locator('.code-tools[data-operation=list-audit-trail] [data-tool=curl] pre').first().textContent();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`what was done is one click away from what it was done to: ${how}`, async () => {
    await visit(browser, { name: 'activity', scripts }, async (page) => {
      await page.context().addCookies($.cookies);
      for (const [from, name, title, done] of places()) {
        await page.goto(server.origin + from);
        await page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
        if (title) await heading(page, title).waitFor();
        if (title === 'Audit trail') assert.match(page.url(), /subject-id=/);
        else await page.waitForURL(/\/activity$/);
        const row = page.getByRole('row').filter({ hasText: done }).first();
        await row.waitFor();
        // Whoever comes here by its address finds the same, alive.
        await page.reload();
        if (scripts) await page.locator('html[data-alive]').waitFor();
        if (title !== 'Audit trail') assert.match(await asked(page), /\/audit-trail\?calls=changes&limit=25&/);
        if (!done.startsWith('Operation')) await row.getByRole('link', { name: ME, exact: true }).waitFor();
      }

      // All of it is in the audit trail, about this one thing; and the way back is the browser's.
      await page.goto(`${server.origin}/roles/${$.ownRole}/activity`);
      await heading(page, "Activity of Ops' role").waitFor();
      await page.getByText(/^All \d since the beginning$/).waitFor();
      await page.getByText('The audit trail keeps them: 31 days.').waitFor();
      await page.getByRole('link', { name: 'All of it in the audit trail' }).click();
      await heading(page, 'Audit trail').waitFor();
      assert.ok(page.url().endsWith(`/audit-trail?subject-id=${$.ownRole}`), page.url());
      await page.getByText('who is on call').first().waitFor();
      await page.goBack();
      await heading(page, "Activity of Ops' role").waitFor();

      // It goes on by itself.
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await $.put(`/iam-role/${$.ownRole}`, { labels: { seen: how.replace(' ', '-') } });
      await shown(page, page.getByText(`"seen":"${how.replace(' ', '-')}"`).first(), scripts);

      // What was refused says why.
      await page.goto(`${server.origin}/roles/${$.role}/activity`);
      const refused = page.getByRole('row').filter({ hasText: 'refused' }).first();
      await refused.getByText('of the platform').waitFor();

      // People and keys: what was done to them, and what they did.
      await page.goto(`${server.origin}/api-keys/${$.key}/activity`);
      await page.getByRole('heading', { name: 'What was done with this key' }).waitFor();
      await page.getByText('No change is recorded').waitFor();
      await page.goto(`${server.origin}/users`);
      await page.getByRole('link', { name: `Activity ${ME}` }).click();
      await page.getByRole('table', { name: 'What this person did' }).getByText('Change webhook').waitFor();
      await page.getByText('The 25 newest; there are more.').waitFor();
    });
  });

  test(`who may not read events is told by which rule, and can ask for it: ${how}`, async () => {
    const bob = `bob-reads-${scripts}@mail.example`;
    const { 'sign-in-url': link } = await server.createOrganization(`Unread ${how}`);
    await visit(browser, { scripts }, async (page) => {
      await signIn(page, link);
      const world = await World.make(server, page);
      const rules = [
        { action: 'deny', expression: "operation == 'list-audit-trail'" },
        { action: 'allow', expression: 'true' },
      ];
      const policy = { 'default-service-strategy': 'allow', services: { iam: { type: 'rules', rules } } };
      const { reference } = await world.post('/iam-role', { name: 'No trail', policy });
      await world.post('/user', { email: bob, role: { id: reference.id } });
      await visit(browser, { name: 'activity-unread', scripts, expected: ['403'] }, async (guest) => {
        await guest.goto(await server.mailedLink(bob));
        await guest.getByLabel('New password').fill(PASSWORD);
        await guest.getByRole('button', { name: 'Join' }).click();
        await heading(guest, 'Home').waitFor();
        await guest.goto(`${server.origin}/roles/${reference.id}/activity`);
        await heading(guest, 'Activity of No trail').waitFor();
        const told = guest.getByRole('alert').filter({ hasText: 'refuses list-audit-trail' });
        await told.getByText('rule 1').waitFor();
        await told.getByRole('link', { name: 'Request access' }).click();
        await heading(guest, 'Request access').waitFor();
        assert.equal(await guest.getByLabel('Operation').inputValue(), 'list-audit-trail');
      });
    });
  });
}

test('an activity in German, in every look', async () => {
  await visit(browser, { name: 'activity-german' }, async (page) => {
    await page.context().addCookies([...$.cookies, { name: 'couloir-language', value: 'de', url: server.origin }]);
    await page.goto(`${server.origin}/users/${$.invited}/activity`);
    await heading(page, 'Verlauf von guest@mail.example').waitFor();
    await page.getByText('Keine Änderung aufgezeichnet').waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await screenshot(page, `activity-german-${viewport}-${theme}`);
      await checkWidth(page);
      if (viewport !== 'tablet') await checkAccessibility(page);
    });
  });
});
