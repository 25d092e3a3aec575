// Journey: somebody comes to the door.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  THEMES, VIEWPORTS, checkAccessibility, checkWidth, startBrowser, visit,
} from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

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
