// Every page in both themes at every width: accessible, not too wide, without errors; with pictures.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  VIEWPORTS, checkAccessibility, checkAnswers, checkWidth, inEveryLook, screenshot, visit,
} from '../lib/browser.mjs';
import { makeTemplate, takeSnapshot } from '../lib/make.mjs';
import { ASKED, somebody } from '../lib/access.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const MAIL = 'pages@journeys.example';

const { browser, server } = await stage();
let instance, template, bulk, role, assumable, key, user, webhook, request, grant;

before(async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Pages');
  await visit(browser, {}, async (page) => {
    await signIn(page, link);
    ({ instance, template, bulk, role } = await fill(page));
    user = await invite(page);
    webhook = await makeWebhook(page);
    ({ assumable, key } = await assume(page));
    ({ request, grant } = await accessOf(page));
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
  return { instance: id, template, bulk: await startAll(page, id), role: await makeRole(page) };
}

/** Somebody who is invited; their id. */
async function invite(page) {
  await page.goto(`${server.origin}/users`);
  await page.getByLabel('E-mail').fill('somebody.with-a-long-address@mail.journeys.example');
  await page.getByLabel('Role').selectOption({ label: 'Billing' });
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByText('invited', { exact: true }).waitFor();
  const link = page.getByRole('link', { name: /^Take back/ });
  return (await link.getAttribute('href')).match(/[0-9a-f-]{36}/)[0];
}

/** A webhook whose address nothing can be told; its id. */
async function makeWebhook(page) {
  return page.evaluate(async () => {
    const body = JSON.stringify({ name: 'siem', url: 'https://localhost/with/a/long/path?and=a-question' });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch('/v2/webhook', { method: 'POST', headers, body })).json()).id;
  });
}

/** A role that is assumed, and a key that ends soon; the role's id and the key. */
async function assume(page) {
  return page.evaluate(async () => {
    const post = async (path, body) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/v2${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const rules = [{ action: 'allow', expression: "identity.role == 'Owner'" }];
    const made = await post('/iam-role', { name: 'On call', 'assume-role-policy': { rules } });
    const assumable = made.reference.id;
    await post(`/iam-role/${assumable}/assume`, { ttl: 3600 });
    const { key } = await post('/api-key', { name: 'release', 'role-id': assumable, days: 5 });
    return { assumable, key };
  });
}

/** What somebody asks for, and what they were granted; their ids. */
async function accessOf(page) {
  const call = (method, path, body) => page.evaluate(async ([method, path, body]) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`/v2${path}`, { method, headers, body: body && JSON.stringify(body) })).json();
  }, [method, path, body]);
  const ask = await somebody(server, call, 'hal.with-a-long-address@mail.journeys.example');
  const { id: grant } = await ask(ASKED);
  await call('PUT', `/access-request/${grant}:approve`, {});
  const { id: request } = await ask({ ...ASKED, operation: 'delete-instance', resource: instance });
  return { request, grant };
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

/** A role with a rule that is valid, one that is doubtful and one that is none; its id. */
async function makeRole(page) {
  return page.evaluate(async () => {
    const rule = (action, expression) => ({ action, expression });
    const rules = [
      rule('deny', "operation == 'create-instance' && parameters.public_ip_assignment != 'none'"),
      rule('allow', 'test'),
      rule('allow', "operation.startsWith('list-"),
    ];
    const policy = { 'default-service-strategy': 'deny', services: { compute: { type: 'rules', rules }, dns: { type: 'allow' }, iam: { type: 'deny' } } };
    const body = JSON.stringify({ name: 'Operators', description: 'They look after instances', labels: { team: 'web' }, policy });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/v2/iam-role', { method: 'POST', headers, body });
    return (await answer.json()).reference.id;
  });
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
  'template-activity': `/templates/${template}/activity`,
  'template-edit': `/templates/${template}/edit`,
  'template-delete': `/templates/${template}/delete`,
  snapshots: '/snapshots',
  'snapshots-none': '/snapshots?state=error',
  'instances-bulk': `/instances/bulk?act=delete-instance&id=${instance}`,
  'bulk-actions': '/bulk-actions',
  'bulk-action': `/bulk-actions/${bulk}`,
  'bulk-action-activity': `/bulk-actions/${bulk}/activity`,
  'ssh-keys-list': '/ssh-keys',
  'ssh-key-delete': '/ssh-keys/laptop/delete',
  'api-keys-list': '/api-keys',
  'api-keys-idle': '/api-keys?use=idle',
  'api-key-activity': `/api-keys/${key}/activity`,
  'api-key-rotate': `/api-keys/${key}/rotate`,
  'role-assume': `/roles/${assumable}/assume`,
  roles: '/roles',
  'role-create': '/roles/create',
  role: `/roles/${role}`,
  'role-activity': `/roles/${role}/activity`,
  'role-edit': `/roles/${role}/edit`,
  'role-policy': `/roles/${role}/policy`,
  'role-delete': `/roles/${role}/delete`,
  simulator: `/simulator?operation=stop-instance&role-id=${role}&parameters=id%3D${instance}`,
  'simulator-empty': '/simulator',
  'organization-policy': '/organization-policy',
  'organization-policy-activity': '/organization-policy/activity',
  'organization-policy-edit': '/organization-policy/edit',
  'organization-policy-reset': '/organization-policy/reset',
  users: '/users',
  'user-activity': `/users/${user}/activity`,
  'user-role': `/users/${user}/role`,
  'user-delete': `/users/${user}/delete`,
  'access-requests': '/access-requests',
  'access-request-new': `/access-requests/new?operation=stop-instance&resource=${instance}`,
  'access-request': `/access-requests/${request}`,
  'access-request-activity': `/access-requests/${grant}/activity`,
  'access-request-refuse': `/access-requests/${request}/refuse`,
  'access-grant-revoke': `/access-requests/${grant}/revoke`,
  'single-sign-on-none': '/single-sign-on',
  operations: '/operations',
  'operations-none': '/operations?state=timeout',
  quotas: '/quotas',
  'audit-trail': '/audit-trail?resource=ssh-key&calls=changes',
  'audit-trail-none': '/audit-trail?result=failed',
  webhooks: '/audit-trail/webhooks',
  webhook: `/audit-trail/webhooks/${webhook}`,
  'webhook-activity': `/audit-trail/webhooks/${webhook}/activity`,
  'webhook-edit': `/audit-trail/webhooks/${webhook}/edit`,
  'webhook-delete': `/audit-trail/webhooks/${webhook}/delete`,
  past: '/past',
  'past-list': `/past?kind=instance&at=${new Date().toISOString()}`,
  'past-one': `/past?kind=iam-role&id=${role}&at=${new Date().toISOString()}`,
  'past-changes': '/past/changes',
  organization: '/organization',
  'organization-activity': '/organization/activity',
  search: '/search?q=web-1',
  'search-none': '/search?q=nothing-has-this-name',
  keyboard: '/keyboard',
  security: '/security',
  'security-two-step': '/security/two-step',
  'security-recovery-codes': '/security/recovery-codes',
  'security-turn-off': '/security/turn-off',
  'security-confirm': '/security/confirm',
  reference: '/api',
  'reference-none': '/api?q=nothing-is-called-this',
  'reference-create-instance': '/api/create-instance',
  style: '/style',
});

test('every page in both themes and at every width', async (t) => {
  await visit(browser, { minutes: 25 }, async (page) => {
    await page.goto(`${server.origin}/sign-in`);
    await look(t, page, 'sign-in');
    await page.goto(`${server.origin}/sign-in/forgotten`);
    await look(t, page, 'sign-in-forgotten');
    await signIn(page, await server.signInLink(MAIL));
    for (const [index, [name, path]] of Object.entries(pages()).entries()) {
      // Pages take turns in how wide the window is when they come alive.
      await page.setViewportSize(Object.values(VIEWPORTS)[index % 3]);
      const answer = await page.goto(server.origin + path);
      assert.equal(answer.status(), 200, path);
      assert.equal(await page.locator('nav.crumbs [aria-current=page]').count(), 1, path);
      await look(t, page, name);
    }
  });
});

/** One page as it is: a subtest, so that one bad page does not hide the others. */
async function look(t, page, name) {
  await t.test(name, async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('html[data-alive]').waitFor();
    // What each error looks like is a part of the style.
    if (name !== 'style') await checkAnswers(page);
    await inEveryLook(page, async (viewport, theme) => {
      await screenshot(page, `${name}-${viewport}-${theme}`);
      await checkWidth(page);
      if (viewport !== 'tablet') await checkAccessibility(page);
    });
  });
}
