// Journeys: all that a list is asked is written to a file, downloaded and copied.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, screenshot, visit } from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a list is exported with its filter, order and columns: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Exports ${how}`);
    await visit(browser, { name: 'exports', scripts }, async (page) => {
      await signIn(page, link);
      for (const name of ['web-2', 'db-1', 'web-1']) await createInstance(page, server, name, { scripts });
      await page.goto(`${server.origin}/instances?q=web&sort=name&cols=name,state`);
      await page.getByRole('link', { name: 'Export', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Export' }).waitFor();
      await shown(page, page.getByText('2 match now.'), scripts);
      if (scripts) {
        await checkAccessibility(page);
        await screenshot(page, 'exports-ask');
      }
      await page.getByRole('button', { name: 'Write the file' }).click();
      const download = page.getByRole('link', { name: 'Download' });
      await shown(page, download, scripts);
      await page.getByText('2 rows,').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
      assert.equal(file.suggestedFilename(), 'instances.csv');
      let text = '';
      for await (const chunk of await file.createReadStream()) text += chunk;
      const lines = text.split('\r\n').map((line) => line.replace(/^[0-9a-f-]{36}/, 'ID'));
      assert.deepEqual(lines, ['id,name,state', 'ID,web-1,running', 'ID,web-2,running', '']);
      if (!scripts) return;
      await checkAccessibility(page);
      await screenshot(page, 'exports-ready');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy to clipboard' }).press('Enter');
      await page.getByText('Copied', { exact: true }).first().waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);

      // What is too large for the clipboard is only downloaded, and says so.
      await page.route('**/v2/list-export/*', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), size: 5 * 1024 * 1024 + 1 } });
      });
      await page.getByRole('link', { name: 'Back to the list' }).click();
      await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
      await page.goBack();
      await page.getByText('too large for the clipboard: download this one').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Copy to clipboard' }).count(), 0);
      await download.waitFor();
      await screenshot(page, 'exports-too-large');
    });
  });
}
