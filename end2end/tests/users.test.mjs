// Journey: somebody is invited, comes, gets another role, forgets the password, and is removed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { until } from '../lib/wait.mjs';

const PASSWORD = 'correct horse battery staple';
const ANOTHER = 'another horse, another staple';

const { browser, server } = await stage();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';
  const bob = `bob-${scripts}@mail.example`;

  test(`from the invitation to the removal: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`People ${how}`);
    await visit(browser, { name: 'users', scripts, expected: ['400', '401', '403', '404', '409'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/users`);
      const row = page.getByRole('row').filter({ hasText: bob });

      // What is wrong stands at its field.
      await page.getByLabel('E-mail').fill('nobody@');
      await page.evaluate(() => document.querySelector('main form[action*="create-user"]').setAttribute('novalidate', ''));
      await page.getByRole('button', { name: 'Send invitation' }).click();
      await page.getByText('is no e-mail address').first().waitFor();
      await page.getByLabel('E-mail').fill(bob);
      await page.getByLabel('Role').selectOption({ label: 'Billing' });
      await page.getByRole('button', { name: 'Send invitation' }).click();
      await row.getByText('invited', { exact: true }).waitFor();
      const first = await server.mailedLink(bob);
      await row.getByRole('button', { name: 'Send again' }).click();
      const newest = () => server.mailedLink(bob);
      const second = await until('another invitation', async () => (await newest()).replace(first, ''));

      // The last owner can't go, and is told why.
      const own = page.getByRole('row').filter({ hasText: 'you' });
      await own.getByRole('link', { name: /^Remove/ }).click();
      await page.getByText('is the last owner').first().waitFor();

      // A page that is open when its role changes or ends asks once more, and is refused.
      await visit(browser, { name: 'invited', scripts, expected: ['400', '401', '403', '404'] }, async (guest) => {
        assert.equal((await guest.goto(first)).status(), 404, 'the link of before has ended');
        await guest.goto(second);
        await guest.getByText(bob).waitFor();
        if (scripts) await checkAccessibility(guest);
        await screenshot(guest, `invitation-${scripts}`);
        await guest.getByLabel('New password').fill(PASSWORD);
        await guest.getByRole('button', { name: 'Join' }).click();
        await guest.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

        await page.goto(`${server.origin}/users`);
        await row.getByText('member', { exact: true }).waitFor();
        await row.getByRole('link', { name: /^Change role/ }).click();
        await page.getByLabel('Role').selectOption({ label: 'Owner' });
        await page.getByRole('button', { name: 'Change role' }).click();
        await row.getByText('Owner', { exact: true }).waitFor();
        await guest.goto(`${server.origin}/users`);
        await guest.getByRole('heading', { level: 1, name: 'Users' }).waitFor();

        await row.getByRole('link', { name: /^Remove/ }).click();
        await page.getByText('API keys, which belong to the organization').waitFor();
        await page.getByRole('button', { name: `Remove ${bob}` }).click();
        await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
        assert.equal(await row.count(), 0);
        // With scripts the page may be on its way to the sign-in by itself, and stops this one.
        await guest.goto(`${server.origin}/users`).catch(() => {});
        await guest.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      });
    });
  });

  test(`a forgotten password: ${how}`, async () => {
    const mailbox = `forgets-${scripts}`;
    const address = `${mailbox}@journeys.example`;
    await server.createOrganization(`Forgets ${how}`, mailbox);
    await visit(browser, { name: 'forgotten', scripts, expected: ['404'] }, async (page) => {
      const ask = async (email) => {
        await page.goto(`${server.origin}/sign-in`);
        await page.getByRole('link', { name: 'Forgot your password?' }).click();
        await page.getByLabel('E-mail').fill(email);
        await page.getByRole('button', { name: 'Send mail' }).click();
        await page.getByText('the mail is on its way').waitFor();
        return page.locator('main').innerText();
      };
      assert.equal(await ask('nobody@journeys.example'), await ask(address), 'nobody learns who has an account');
      const link = await server.mailedLink(address);
      for (const right of [true, false]) {
        await page.goto('about:blank');
        await page.context().clearCookies();
        await page.goto(link);
        await page.getByLabel('New password').fill(ANOTHER);
        await page.getByRole('button', { name: 'Set password and sign in' }).click();
        if (right) await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
        else await page.getByText('was used already').first().waitFor();
      }
    });
  });
}
