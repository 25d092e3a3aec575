// Journey: what happened is found, and a file of it proves itself; with scripts and without.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { checkAccessibility, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const { browser, server } = await stage();
const run = promisify(execFile);

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a refused call is found, and the downloaded trail verifies: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Audit ${how}`);
    await visit(browser, { name: 'audit', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/ssh-keys`);
      await page.getByLabel('Name of the key').fill('laptop');
      await page.getByLabel('Public key').fill('no key');
      await page.getByRole('button', { name: 'Register key' }).click();
      await page.getByText('Public key').first().waitFor();

      await page.getByRole('navigation').getByRole('link', { name: 'Audit trail' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
      await page.goto(`${server.origin}/audit-trail?calls=changes&result=refused`);
      const row = page.getByRole('row').filter({ hasText: '400' }).first();
      await row.waitFor();
      await row.getByText('Everything that is recorded').click();
      await row.getByText('"public-key": "no key"').waitFor();
      await row.getByText("Allowed by the role's policy, compute").waitFor();
      if (scripts) await checkAccessibility(page);
      await row.getByRole('link', { name: 'What would be said of it now' }).click();
      await page.getByRole('heading', { level: 1, name: 'Simulator' }).waitFor();
      await page.getByText('Decided by', { exact: true }).waitFor();
      assert.match(await page.getByLabel('Parameters').inputValue(), /^public-key=no key$/m);

      await page.goto(`${server.origin}/audit-trail?result=failed`);
      await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();

      await page.goto(`${server.origin}/audit-trail`);
      await page.getByRole('button', { name: 'Make a file' }).click();
      const download = page.getByRole('link', { name: 'Download the audit trail' });
      await download.waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
      assert.equal(file.suggestedFilename(), 'audit-trail.jsonl');
      const path = join(await mkdtemp(join(tmpdir(), 'audit-')), 'audit-trail.jsonl');
      await file.saveAs(path);
      const { stdout } = await run(process.env.COULOIR_BINARY, ['audit', 'verify', path]);
      assert.match(stdout, /^whole: 2 events .* number 1 to 2/);

      await page.goto(`${server.origin}/audit-trail`);
      await page.getByLabel('Form of the file').selectOption('csv');
      await page.getByRole('button', { name: 'Make a file' }).click();
      const [table] = await Promise.all([page.waitForEvent('download'), download.click()]);
      assert.equal(table.suggestedFilename(), 'audit-trail.csv');
      const rows = (await readFile(await table.path(), 'utf8')).split('\r\n');
      assert.match(rows[2], /^2,.*,register-ssh-key,refused,400,/);

      await writeFile(path, (await readFile(path, 'utf8')).replace('no key', 'no  key'));
      const broken = await run(process.env.COULOIR_BINARY, ['audit', 'verify', path]).catch((error) => error);
      assert.equal(broken.code, 1);
      assert.match(broken.stderr, /broken at line 3, event 2/);
    });
  });
}
