// Journey: what there was at an instant, and what became of it; with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();

/** Calls the API as whoever is signed in. */
const call = (page, method, path, body) => page.evaluate(async ([method, path, body]) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`/v2${path}`, { method, headers, body: body && JSON.stringify(body) });
  return answer.json();
}, [method, path, body]);

/** What the server's clock says, a moment after everything that was answered. */
async function instant(page) {
  await page.waitForTimeout(20);
  const now = new Date().toISOString();
  await page.waitForTimeout(20);
  return now;
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a role is seen as it was, and what became of it: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Past ${how}`);
    await visit(browser, { name: 'past', scripts }, async (page) => {
      await signIn(page, link);
      const made = await call(page, 'POST', '/iam-role', { name: 'Operators', description: 'at first' });
      const { id } = made.reference;
      const then = await instant(page);
      await call(page, 'PUT', `/iam-role/${id}`, { description: 'later on' });

      await page.goto(`${server.origin}/roles`);
      await page.getByRole('link', { name: 'As it was' }).click();
      await page.getByRole('heading', { level: 1, name: 'As it was' }).waitFor();
      assert.equal(await page.getByLabel('What').inputValue(), 'iam-role');
      await page.getByText('Choose an instant').waitFor();

      await page.goto(`${server.origin}/past?kind=iam-role&at=${then}`);
      await page.getByText('This is the past: Roles as it was at').waitFor();
      const row = page.getByRole('row').filter({ hasText: 'Operators' });
      await row.getByText('at first').waitFor();
      assert.equal(await page.getByText('later on').count(), 0);
      const main = page.getByRole('main');
      assert.equal(await main.locator('form[method=post]').count(), 0, 'nothing can be done to the past');
      await row.getByRole('link', { name: 'Operators' }).click();
      await page.getByRole('row').filter({ hasText: 'description' }).getByText('at first').waitFor();

      await page.getByRole('link', { name: 'What changed since' }).click();
      await page.getByRole('heading', { level: 1, name: 'What changed' }).waitFor();
      const change = page.getByRole('row').filter({ hasText: 'Operators' });
      await change.getByText('description: at first → later on').waitFor();
      await change.getByText('changed', { exact: true }).waitFor();
      if (scripts) await checkAccessibility(page);
      await change.getByRole('link', { name: /^Event \d+/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
      await page.getByText('update-iam-role').first().waitFor({ state: 'attached' });
    });
  });
}

test('an instant is typed, and one that is not known is said, with the earliest that is', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Past instants');
  await visit(browser, { expected: ['400'] }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/past?kind=user&at=2020-01-01T00:00:00Z`);
    await page.getByText('the earliest that is known', { exact: false }).waitFor();
    await page.getByLabel('What').selectOption('quota');
    await page.getByLabel('When, in UTC').fill('2019-12-31T10:30');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/kind=quota&at=2019-12-31T10(%3A|:)30/);
    await page.getByText('This is the past: Quotas').waitFor();
  });
});

test('the past in both languages and every look', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Past looks');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    await page.context().addCookies([{ name: 'couloir-language', value: 'de', url: server.origin }]);
    await page.goto(`${server.origin}/past?kind=user&at=${await instant(page)}`);
    await page.getByText('Das ist die Vergangenheit: Benutzer').waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await screenshot(page, `past-german-${viewport}-${theme}`);
      await checkWidth(page);
    });
  });
});
