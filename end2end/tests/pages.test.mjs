// Every page in both themes at every width: accessible, not too wide, without errors; with pictures.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  THEMES, VIEWPORTS, checkAccessibility, checkWidth, screenshot, visit,
} from '../lib/browser.mjs';
import { makeTemplate, takeSnapshot } from '../lib/make.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const MAIL = 'pages@journeys.example';

const { browser, server } = await stage();
let instance, template, bulk;

before(async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Pages');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    ({ instance, template, bulk } = await fill(page));
  });
});

/** Something of everything, so that no page is empty; the ids of an instance, a template and a bulk action. */
async function fill(page) {
  await page.goto(`${server.origin}/ssh-keys`);
  await page.getByLabel('Name of the key').fill('laptop');
  await page.getByLabel('Public key').fill(
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host',
  );
  await page.getByRole('button', { name: 'Register key' }).click();
  await page.getByRole('cell', { name: 'laptop', exact: true }).waitFor();
  await page.goto(`${server.origin}/api-keys`);
  await page.getByLabel('Name of the key').fill('terraform');
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('heading', { name: 'The key terraform is ready' }).waitFor();
  await page.getByLabel('Name of the token').fill('laptop');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('heading', { name: 'The token laptop is ready' }).waitFor();
  await page.goto(`${server.origin}/lists/instances/save-view?query=state%3Drunning`);
  await page.getByLabel('Name of the view').fill('Running');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
  await page.goto(`${server.origin}/instances/create`);
  await page.getByLabel('Name', { exact: false }).first().fill('web-1');
  await page.getByLabel('Labels').fill('env=prod\ntier=web');
  await page.getByRole('button', { name: /^Create (web-1|instance)$/ }).click();
  await page.getByRole('heading', { level: 1, name: 'web-1' }).waitFor();
  await shown(page, page.getByText('Running', { exact: true }).first(), true);
  const id = page.url().match(/[0-9a-f-]{36}/)[0];
  await takeSnapshot(page, server, id);
  const template = await makeTemplate(page, server, 'golden');
  return { instance: id, template, bulk: await startAll(page, id) };
}

/** A bulk action that fails, since the instance runs; its id. */
async function startAll(page, id) {
  return page.evaluate(async (id) => {
    const body = JSON.stringify({ action: 'start-instance', ids: [id] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/v2/bulk-action', { method: 'POST', headers, body });
    return (await answer.json()).reference.id;
  }, id);
}

/** Pages by the name of their picture; some come to be only after something was pressed. */
const pages = () => ({
  home: '/',
  instances: '/instances',
  'instances-none': '/instances?q=nothing-has-this-name',
  'instances-columns':
    '/instances?cols=name,per-month,per-hour,created-at,labels,ip-address,instance-type,zone,state',
  'view-save': '/lists/instances/save-view?query=state%3Drunning',
  views: '/lists/instances/views',
  columns: '/lists/instances/columns',
  'instance-create': '/instances/create',
  'instance-overview': `/instances/${instance}`,
  'instance-connect': `/instances/${instance}/connect`,
  'instance-snapshots': `/instances/${instance}/snapshots`,
  'instance-activity': `/instances/${instance}/activity`,
  'instance-code': `/instances/${instance}/code`,
  'instance-settings': `/instances/${instance}/settings`,
  'instance-stop': `/instances/${instance}/confirm/stop`,
  'instance-delete': `/instances/${instance}/confirm/delete`,
  'instance-delete-for-good': `/instances/${instance}/confirm/delete-for-good`,
  templates: '/templates',
  'templates-none': '/templates?q=nothing-has-this-name',
  template: `/templates/${template}`,
  'template-edit': `/templates/${template}/edit`,
  'template-delete': `/templates/${template}/delete`,
  snapshots: '/snapshots',
  'snapshots-none': '/snapshots?state=error',
  'instances-bulk': `/instances/bulk?act=delete-instance&id=${instance}`,
  'bulk-actions': '/bulk-actions',
  'bulk-action': `/bulk-actions/${bulk}`,
  'ssh-keys-list': '/ssh-keys',
  'ssh-key-delete': '/ssh-keys/laptop/delete',
  'api-keys-list': '/api-keys',
  operations: '/operations',
  'operations-none': '/operations?state=timeout',
  quotas: '/quotas',
  organization: '/organization',
  search: '/search?q=web-1',
  'search-none': '/search?q=nothing-has-this-name',
  keyboard: '/keyboard',
  sessions: '/sessions',
  reference: '/api',
  'reference-none': '/api?q=nothing-is-called-this',
  'reference-create-instance': '/api/create-instance',
  style: '/style',
});

for (const theme of THEMES) {
  for (const viewport of Object.keys(VIEWPORTS)) {
    test(`every page on a ${viewport} in the ${theme} theme`, async (t) => {
      await visit(browser, { theme, viewport }, async (page) => {
        await page.goto(`${server.origin}/sign-in`);
        await look(t, page, 'sign-in', theme, viewport);
        await signIn(page, await server.signInLink(MAIL));
        for (const [name, path] of Object.entries(pages())) {
          const answer = await page.goto(server.origin + path);
          assert.equal(answer.status(), 200, path);
          assert.equal(await page.locator('nav.crumbs [aria-current=page]').count(), 1, path);
          await look(t, page, name, theme, viewport);
        }
      });
    });
  }
}

/** One page as it is: a subtest, so that one bad page does not hide the others. */
async function look(t, page, name, theme, viewport) {
  await t.test(name, async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('html[data-alive]').waitFor();
    await screenshot(page, `${name}-${viewport}-${theme}`);
    await checkWidth(page);
    if (viewport !== 'tablet') await checkAccessibility(page);
  });
}
