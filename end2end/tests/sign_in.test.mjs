// Journey: somebody comes to the door.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  THEMES, VIEWPORTS, checkAccessibility, checkWidth, startBrowser, visit,
} from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/sign_in.mjs';

let browser, server;

before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const theme of THEMES) {
  for (const viewport of Object.keys(VIEWPORTS)) {
    test(`the sign-in page on a ${viewport} in the ${theme} theme`, async () => {
      await visit(browser, { name: 'sign-in', theme, viewport }, async (page) => {
        const answer = await page.goto(server.origin);
        assert.equal(answer.status(), 200);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('button', { name: /sign in/i }).first().waitFor();
        await checkAccessibility(page);
        await checkWidth(page);
      });
    });
  }
}

test('the sign-in page without scripts', async () => {
  await visit(browser, { name: 'sign-in', scripts: false }, async (page) => {
    await page.goto(server.origin);
    await page.getByRole('button', { name: /sign in/i }).first().waitFor();
  });
});

test('a one-time link opens the portal without scripts, once', async () => {
  const made = await server.createOrganization('Guests');
  await visit(browser, { name: 'home', scripts: false }, async (page) => {
    await signIn(page, made['sign-in-url']);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  await visit(browser, { scripts: false, expected: ['401', '403', '404', '409'] }, async (page) => {
    await page.goto(made['sign-in-url']);
    await page.getByRole('button', { name: /sign in/i }).first().click();
    await page.getByText(/link/i).first().waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
  });
});
