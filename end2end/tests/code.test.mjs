// What pages show as code is true: the lines run, and do what the form beside them does. Every form has
// such lines, and every page a panel.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { before, test } from 'node:test';
import { OPERATIONS, bodyOf } from '../lib/adapter.mjs';
import { visit } from '../lib/browser.mjs';
import { EXCEPT, FORMS } from '../lib/forms.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { run } from '../lib/tools.mjs';
import { World } from '../lib/world.mjs';

process.env.COULOIR_SIM_PACE ??= 'instant';

const { browser, server } = await stage();
let $;

before(async () => {
  const made = await server.createOrganization('Code');
  await visit(browser, {}, async (page) => {
    await signIn(page, made['sign-in-url']);
    $ = await World.make(server, page);
  });
  $.cookiesAnew = async () => {
    let cookies;
    await visit(browser, {}, async (page) => {
      await signIn(page, await server.signInLink('code@journeys.example'));
      cookies = await page.context().cookies();
    });
    return cookies;
  };
});

const source = (path) => new URL(`../../app/src/${path}`, import.meta.url);
const shown = (tools, tool) => tools.locator(`[data-tool=${tool}] pre`).first().textContent();

/** Signed in, on a page that is alive. */
function on(path, journey, options = {}) {
  return visit(browser, options, async (page) => {
    await page.context().addCookies($.cookies);
    await page.goto(server.origin + path);
    if (options.scripts !== false) await page.locator('html[data-alive]').waitFor();
    await journey(page);
  });
}

test('every form of the portal has a case here, or a reason', async () => {
  const files = await readdir(source('pages'), { recursive: true });
  const named = new Set();
  for (const file of [...files.filter((name) => name.endsWith('.rs')).map((name) => `pages/${name}`), 'shell/header.rs']) {
    if (file.startsWith('pages/style/')) continue;
    const text = await readFile(source(file), 'utf8');
    for (const [, word] of text.matchAll(/"([a-z-]+)"/g)) {
      const operation = OPERATIONS.get(word);
      if (operation && operation.method !== 'get') named.add(word);
    }
  }
  assert.ok(named.size > 25, 'the forms are found');
  const missing = [...named].filter((name) => !FORMS[name] && !EXCEPT[name]);
  assert.deepEqual(missing, [], 'forms without a case in lib/forms.mjs');
});

for (const [operation, form] of Object.entries(FORMS)) {
  test(`the lines of ${operation} do what its form does`, async () => {
    const effects = {};
    const lines = {};
    for (const way of form.once ? ['curl', 'python'] : ['form', 'curl', 'python']) {
      await $.stayProven();
      await form.before?.($);
      const start = form.counts ? await form.state($) : undefined;
      await on(form.at($), async (page) => {
        await form.open?.(page);
        if (way === 'form') await readsTheSame(page, operation, form);
        await form.fill(page, $);
        const sent = await form_of(page, operation);
        lines[way] = await linesOf(page, operation, form);
        compare(operation, lines[way], sent, form);
        if (way === 'form') await submit(page, operation);
      });
      if (way !== 'form') await runs(way, lines[way], operation, form);
      await $.settled();
      const now = await form.state($);
      effects[way] = form.counts ? now - start : now;
    }
    const [first, ...others] = Object.entries(effects);
    for (const [way, effect] of others) assert.deepEqual(effect, first[1], `${way} as ${first[0]}`);
    await form.after?.($);
  });
}

/** Before anything is typed, what is shown does not depend on scripts. */
async function readsTheSame(page, operation, form) {
  const alive = await linesOf(page, operation, form);
  await on((form.code ?? form.at)($), async (page) => {
    const tools = page.locator(`.code-tools[data-operation="${operation}"]`).last();
    assert.equal(await shown(tools, 'curl'), alive.curl, 'with scripts and without');
    assert.equal(await shown(tools, 'python'), alive.python, 'with scripts and without');
  }, { scripts: false });
}

/** What the shown file holds once its reader put the secrets in. */
function filled(file, form) {
  const fields = Object.entries(JSON.parse(file ?? '{}'));
  return Object.fromEntries(fields.map(([name, value]) => [name, value === '…' ? form.secrets[name] : value]));
}

/** Runs shown lines, which must go well. */
async function runs(way, lines, operation, form) {
  const files = { [`${operation}.json`]: JSON.stringify(filled(lines.file, form)), 'key.pub': '' };
  const secrets = Object.entries(form.secrets ?? {});
  const variables = secrets.map(([name, value]) => [`COULOIR_${name.toUpperCase().replaceAll('-', '_')}`, value]);
  const environment = { ...$.environment, COULOIR_SESSION: $.cookie, ...Object.fromEntries(variables) };
  const { ok, out } = await run(way, lines[way], environment, files);
  assert.ok(ok, `${way}:\n${lines[way]}\nsays:\n${out}`);
}

/** The fields that the form would send now. */
async function form_of(page, operation) {
  const form = page.locator(`form[action="/form/${operation}"]`).last();
  return form.evaluate((form) => [...new FormData(form)].filter(([, value]) => typeof value === 'string'));
}

async function submit(page, operation) {
  const form = page.locator(`form[action="/form/${operation}"]`).last();
  const answer = page.waitForResponse((one) => one.url().endsWith(`/form/${operation}`));
  await form.evaluate((form) => form.requestSubmit(form.querySelector('button[type=submit]:not([name])')));
  assert.ok((await answer).status() < 400, `${operation} was refused`);
}

/** What the panel shows, on the page of the form or where the form says. */
async function linesOf(page, operation, form) {
  const read = async (page) => {
    const tools = page.locator(`.code-tools[data-operation="${operation}"]`).last();
    await tools.waitFor({ state: 'attached' });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const file = tools.locator('[data-tool=curl] pre').nth(1);
    return {
      curl: await shown(tools, 'curl'), python: await shown(tools, 'python'),
      file: await file.count() ? await file.textContent() : undefined,
    };
  };
  if (!form.code) return read(page);
  let lines;
  await on(form.code($), async (page) => { lines = await read(page); });
  return lines;
}

/** The body of a line is the body that the form's fields stand for. */
function compare(operation, { curl, file }, fields, form) {
  const data = curl.match(/-d '(.*)'$/s)?.[1].replaceAll("'\\''", "'");
  const { body } = OPERATIONS.get(operation);
  if (!body) return;
  const sent = file ? filled(file, form) : JSON.parse(data ?? '{}');
  assert.deepEqual(sent, bodyOf(operation, fields), 'the body of curl is that of the form');
}

test('a wrong line is found', async () => {
  await $.be('running');
  const good = `curl -X PUT ${server.origin}/v2/instance/${$.instance}:stop -H "Authorization: Bearer $COULOIR_TOKEN"`;
  for (const bad of [good.replace(':stop', ':halt'), good.replace('$COULOIR_TOKEN', '$TOKEN')]) {
    assert.equal((await run('curl', bad, $.environment)).ok, false, bad);
  }
  assert.equal((await run('curl', good, $.environment)).ok, true);
  const python = 'from exoscale.api.v2 import Client\nClient("a", "b", url="http://127.0.0.1:1/v2").list_instances()';
  assert.equal((await run('python', python, $.environment)).ok, false);
  assert.throws(() => compare('update-instance', { curl: `curl -d '{"name":"x"}'` }, [['name', 'y']]));
});

/** Pages by their route. Those without a panel say why. */
const PAGES = {
  '/': '/',
  '/instances': '/instances',
  '/instances/create': '/instances/create',
  '/instances/bulk': '/instances/bulk?act=stop-instance&id={instance}',
  '/instances/:id/confirm/:act': '/instances/{instance}/confirm/delete',
  '/instances/:id/:tab?': '/instances/{instance}',
  '/lists/:list/:what?': '/lists/instances/views',
  '/templates': '/templates',
  '/templates/:id/:act?': '/templates/{template}',
  '/snapshots': '/snapshots',
  '/ssh-keys': '/ssh-keys',
  '/ssh-keys/:name/delete': '/ssh-keys/laptop/delete',
  '/api-keys': '/api-keys',
  '/api-keys/:key/:act': '/api-keys/{key}/delete',
  '/access-tokens/:id/delete': '/access-tokens/{other}/delete',
  '/roles': '/roles',
  '/roles/create': '/roles/create',
  '/roles/:id/:act?': '/roles/{role}',
  '/permissions/:of/:id': '/permissions/role/{role}',
  '/simulator': '/simulator?operation=list-instances',
  '/organization-policy/:act?': '/organization-policy',
  '/users': '/users',
  '/users/:id/:act?': '/users/{invited}/role',
  '/single-sign-on/:act?': '/single-sign-on',
  '/access-requests': '/access-requests',
  '/access-requests/new': '/access-requests/new',
  '/access-requests/:id/:act?': '/access-requests/{request}',
  '/operations': '/operations',
  '/quotas': '/quotas',
  '/audit-trail': '/audit-trail',
  '/audit-trail/webhooks': '/audit-trail/webhooks',
  '/audit-trail/webhooks/:id/:act?': '/audit-trail/webhooks/{webhook}',
  '/past/:what?': '/past/changes',
  '/organization/:act?': '/organization',
  '/search': '/search?q=web',
  '/bulk-actions': '/bulk-actions',
  '/bulk-actions/:id/:act?': '/bulk-actions/{bulk}',
  '/security/:act?': '/security',
  '/api/:operation': '/api/create-instance',
  '/style': '/style',
};
const NO_PANEL = {
  '/sign-in': 'a tool has keys and tokens',
  '/sign-in/:how': 'as above',
  '/keyboard': 'it is about keys, and asks nothing of the API',
  '/api': 'it is about code; each operation has its panel',
};

test('every page has its panel, with scripts and without', async () => {
  const routes = [...(await readFile(source('routes.rs'), 'utf8')).matchAll(/Route path=Address\("([^"]+)"\)/g)];
  assert.ok(routes.length > 30, `found ${routes.length} routes`);
  const unknown = routes.map(([, route]) => route).filter((route) => !PAGES[route] && !NO_PANEL[route]);
  assert.deepEqual(unknown, [], 'routes that nobody has looked at');
  for (const name of ['delete-template', 'delete-ssh-key', 'delete-api-key', 'delete-access-token', 'retry-bulk-action', 'update-user-role', 'update-webhook', 'approve-access-request']) {
    await FORMS[name].before($);
  }
  for (const scripts of [true, false]) {
    await on('/', async (page) => {
      for (const [route, path] of Object.entries(PAGES)) {
        await page.goto(server.origin + path.replace(/\{(\w+)\}/g, (_, name) => $[name]));
        if (scripts) await page.locator('html[data-alive]').waitFor();
        const curl = await shown(page.locator('.code-tools').first(), 'curl');
        assert.match(curl, /^curl /, route);
      }
    }, { scripts });
  }
});

test('the tool that was chosen is chosen on the next page, from the first line', async () => {
  await on('/quotas', async (page) => {
    await page.locator('.code-panel > summary').click();
    await page.getByRole('radio', { name: 'Python' }).check();
    await page.getByText('client.list_quotas()').waitFor();
    const html = await (await page.request.get(`${server.origin}/ssh-keys`)).text();
    assert.match(html, /value="python" checked|checked[^>]*value="python"/);
    await page.goto(`${server.origin}/ssh-keys`);
    assert.ok(await page.locator('input[value=python]').first().isChecked());
  });
});

test('the code of the list is there without scripts, and comes alive when it is opened', async () => {
  for (const scripts of [false, true]) {
    await on('/instances?state=running', async (page) => {
      await page.locator('.code-menu > summary').click();
      const tools = page.locator('.code-menu .code-tools');
      await tools.waitFor();
      assert.match(await shown(tools, 'curl'), /instance\?limit=\d+&state=running/);
      if (!scripts) return;
      await tools.getByRole('button', { name: 'Copy curl' }).waitFor();
      await tools.locator('input[value=terraform]').check();
      await tools.getByText('Terraform lists instances of one zone').waitFor();
      await page.locator('.code-menu > summary').click();
      await page.locator('select[name=zone]').first().selectOption('ch-gva-2');
      await page.waitForURL(/zone=ch-gva-2/);
      await page.locator('.code-menu > summary').click();
      await tools.getByText('data "exoscale_compute_instance_list" "instances"').waitFor();
    }, { scripts });
  }
});

test('exo has a line where its command does the same, and a reason where it would do less', async () => {
  await on('/api-keys', async (page) => {
    const panel = page.locator('.code-panel').filter({ has: page.locator('[data-operation=create-api-key]') });
    await panel.locator('summary').click();
    await panel.locator('input[value=exo]').check();
    await panel.getByText('Fill in the form').waitFor();
    await page.getByLabel('Name of the key').fill("ci's");
    const line = panel.locator('[data-tool=exo] pre');
    await line.getByText("exo iam api-key create 'ci'\\''s' Owner", { exact: true }).waitFor();
    await page.getByLabel('Ends after days').fill('45');
    await panel.getByText('makes API keys that never end').waitFor();
    assert.equal(await line.count(), 0);
  });
  await $.haveRole();
  await on(`/roles/${$.ownRole}/edit`, async (page) => {
    const exo = page.locator('.code-panel [data-tool=exo]').last();
    await page.getByLabel('Description').fill('They watch');
    await exo.getByText(`exo iam role update ${$.ownRole}`).waitFor({ state: 'attached' });
    assert.match(await exo.locator('pre').textContent(), /--description 'They watch'/);
  });
  await on('/organization-policy/reset', async (page) => {
    await page.locator('[data-tool=exo]').getByText('writes a policy that allows everything').waitFor({ state: 'attached' });
  });
});

test('a button copies what stands before it, or what it stands for, and says so for a moment', async () => {
  await on('/organization', async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = async (beside, what, press) => {
      const button = beside.locator('xpath=following-sibling::button');
      await press(button);
      await button.getByText('Copied', { exact: true }).waitFor();
      await button.getByText(`Copy ${what}`, { exact: true }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const id = page.locator('dd code.break');
    assert.equal(await copied(id, 'ID', (button) => button.press('Enter')), await id.innerText());
    const lines = page.locator('[data-tool=curl] pre').first();
    if (!(await lines.isVisible())) await page.locator('.code-panel > summary').first().click();
    assert.equal(await copied(lines, 'curl', (button) => button.click()), await lines.textContent());
  });
  await on('/organization', async (page) => {
    assert.equal(await page.locator('.copy:visible').count(), 0, 'nothing copies without scripts');
  }, { scripts: false });
});
