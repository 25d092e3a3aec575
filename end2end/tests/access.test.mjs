// Journey: somebody is refused, asks for it, is let in for a while, and is not any more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const PASSWORD = 'correct horse battery staple';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';
  const bob = `bob-asks-${scripts}@mail.example`;

  /** Asks with what the form has already. */
  async function ask(guest, reason) {
    await heading(guest, 'Request access').waitFor();
    assert.equal(await guest.getByLabel('Operation').inputValue(), 'list-instances');
    await guest.getByLabel('Reason').fill(reason);
    await guest.getByLabel('For how long').selectOption({ label: '4 hours' });
    await guest.getByRole('button', { name: 'Send request' }).click();
    await heading(guest, 'Access requests').waitFor();
    await guest.getByRole('row').filter({ hasText: reason }).getByText('waiting', { exact: true }).waitFor();
  }

  test(`from the refusal to the grant and its end: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Access ${how}`);
    await visit(browser, { name: 'access', scripts, expected: ['403'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/access-requests`);
      await page.getByText('Nobody asks for access').waitFor();
      await page.goto(`${server.origin}/users`);
      await page.getByLabel('E-mail').fill(bob);
      await page.getByLabel('Role').selectOption({ label: 'Billing' });
      await page.getByRole('button', { name: 'Send invitation' }).click();
      await page.getByRole('row').filter({ hasText: bob }).waitFor();

      await visit(browser, { name: 'asks', scripts, expected: ['403'] }, async (guest) => {
        await guest.goto(await server.mailedLink(bob));
        await guest.getByLabel('New password').fill(PASSWORD);
        await guest.getByRole('button', { name: 'Join' }).click();
        await heading(guest, 'Home').waitFor();
        const status = async () => (await guest.context().request.get(`${server.origin}/v2/instance`)).status();

        // The refusal leads to the form, which knows what was refused.
        await guest.goto(`${server.origin}/instances`);
        await guest.getByText('refuses list-instances').first().waitFor();
        await screenshot(guest, `access-refused-${scripts}`);
        await guest.getByRole('link', { name: 'Request access' }).first().click();
        await ask(guest, 'The backup hangs');
        assert.equal(await guest.getByRole('link', { name: /^Decide/ }).count(), 0, 'nobody decides for themselves');
        assert.equal(await status(), 403);

        // Two clicks, between which it is said what they may do and until when.
        await page.goto(`${server.origin}/access-requests`);
        await page.getByRole('link', { name: /^Decide/ }).click();
        await heading(page, `Let ${bob} use list-instances`).waitFor();
        await page.getByText('For 4 hours from now').waitFor();
        await checkWidth(page);
        if (scripts) await checkAccessibility(page);
        await page.getByRole('button', { name: 'Approve' }).click();
        await page.getByText(/h \d+ min left/).waitFor();
        assert.equal(await status(), 200);
        await guest.goto(`${server.origin}/access-requests`);
        await guest.getByText(/h \d+ min left/).waitFor();

        // Over before its time.
        await page.getByRole('link', { name: /^Revoke/ }).click();
        await heading(page, `Revoke list-instances of ${bob}`).waitFor();
        await page.getByRole('button', { name: 'Revoke' }).click();
        await page.getByText('revoked by').waitFor();
        assert.equal(await status(), 403);

        // Taken back before anybody decides: what the mail leads to asks nothing any more.
        await guest.goto(`${server.origin}/access-requests/new?operation=list-instances`);
        await ask(guest, 'Never mind');
        await page.goto(`${server.origin}/access-requests`);
        const decide = await page.getByRole('link', { name: /^Decide/ }).getAttribute('href');
        await guest.getByRole('link', { name: /^Withdraw/ }).click();
        await heading(guest, 'Withdraw the request for list-instances').waitFor();
        await guest.getByText('can be asked for again').waitFor();
        await checkWidth(guest);
        if (scripts) await checkAccessibility(guest);
        await screenshot(guest, `access-withdraw-${scripts}`);
        await guest.getByRole('button', { name: 'Withdraw' }).click();
        await guest.getByRole('row').filter({ hasText: 'Never mind' }).getByText('withdrawn', { exact: true }).waitFor();
        await page.goto(`${server.origin}${decide}`);
        await heading(page, `list-instances, asked by ${bob}`).waitFor();
        await page.getByText('withdrawn', { exact: true }).waitFor();
        assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0);

        // Another time the answer is no, and says why.
        await guest.goto(`${server.origin}/access-requests/new?operation=list-instances`);
        await ask(guest, 'Once more, please');
        await page.goto(`${server.origin}/access-requests`);
        await page.getByRole('link', { name: /^Decide/ }).click();
        await page.getByRole('link', { name: 'Refuse', exact: true }).click();
        await page.getByLabel('Answer').fill('Ann looks after it now');
        await page.getByRole('button', { name: 'Refuse' }).click();
        await page.getByRole('row').getByText('Ann looks after it now').waitFor();
        await guest.goto(`${server.origin}/access-requests`);
        await guest.getByRole('row').getByText('Ann looks after it now').waitFor();
        assert.equal(await status(), 403);
      });
    });
  });
}
