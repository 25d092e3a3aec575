// Journey: a role from its making to its end, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a role is made, described, kept while a key has it, and deleted: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Roles ${how}`);
    await visit(browser, { name: 'roles', scripts, expected: ['409'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/roles`);
      const owner = page.getByRole('row').filter({ hasText: 'Owner' });
      await owner.getByText('Of the platform', { exact: true }).waitFor();
      await owner.getByText('Everything', { exact: true }).waitFor();
      await owner.getByText('1 person').waitFor();
      await page.getByText('Create one of your own').waitFor();

      // What nobody can change says so, and offers to begin from it.
      await page.getByRole('link', { name: 'Owner' }).click();
      await heading(page, 'Owner').waitFor();
      await page.getByText('nobody can change or delete it').waitFor();
      assert.equal(await page.getByRole('button', { name: /^Edit policy/ }).getAttribute('aria-disabled'), 'true');
      await page.getByRole('link', { name: 'Duplicate' }).click();
      await heading(page, 'Create role').waitFor();
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Copy of Owner');
      await page.getByLabel('Name', { exact: true }).fill('Readers');
      await page.getByLabel('Description').fill('They only look');
      await page.getByLabel('It starts as').selectOption({ label: 'Compute, reading only: list-… and get-…' });
      await page.getByLabel('Reset the organization').uncheck();
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await heading(page, 'Policy of Readers').waitFor();
      await page.getByRole('link', { name: 'Readers', exact: true }).click();
      await heading(page, 'Readers').waitFor();
      await page.getByText('Only compute (rules)').waitFor();
      await page.getByText("operation.startsWith('list-')").first().waitFor();
      await page.getByText('Valid', { exact: true }).waitFor();
      await page.getByText('Nobody has this role.').waitFor();

      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await page.getByLabel('Description').fill('');
      await page.getByLabel('Labels').fill('team=web');
      await page.getByLabel('Who may assume it').fill('{"rules": [{"action": "allow", "expression": "identity.role == \'Owner\'"}]}');
      await page.getByLabel('For how many seconds').fill('900');
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'Readers').waitFor();
      await page.getByText('team=web').waitFor();
      await page.getByText("identity.role == 'Owner'").waitFor();
      await page.getByText('900 seconds').waitFor();
      assert.equal(await page.getByText('They only look').count(), 0);

      // A name that is taken.
      await page.goto(`${server.origin}/roles/create`);
      await page.getByLabel('Name', { exact: true }).fill('Readers');
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await page.getByRole('alert').getByText('There is a role').waitFor();

      await page.goto(`${server.origin}/api-keys`);
      await page.getByLabel('Name of the key').fill('nagios');
      await page.getByLabel('Role').selectOption({ label: 'Readers' });
      await page.getByRole('button', { name: 'Create key' }).click();
      await heading(page, 'API keys').waitFor();
      await page.getByRole('heading', { name: 'The key nagios is ready' }).waitFor();
      await page.goto(`${server.origin}/roles`);
      await page.getByRole('link', { name: 'Readers' }).click();
      await page.getByText('nagios').waitFor();
      const blocked = page.getByRole('button', { name: /^Delete.*used by 1 API key/ });
      assert.equal(await blocked.getAttribute('aria-disabled'), 'true');

      await page.goto(`${server.origin}/api-keys`);
      await page.getByRole('link', { name: 'Revoke nagios' }).click();
      await page.getByRole('button', { name: 'Revoke nagios' }).click();
      await heading(page, 'API keys').waitFor();
      await page.goto(`${server.origin}/roles`);
      await page.getByRole('link', { name: 'Readers' }).click();
      await page.getByRole('link', { name: 'Delete' }).click();
      await heading(page, 'Delete Readers').waitFor();
      await page.getByLabel('Type Readers to confirm').fill('Readers');
      await page.getByRole('button', { name: 'Delete role Readers' }).click();
      await heading(page, 'Roles').waitFor();
      await page.getByRole('link', { name: 'Readers' }).waitFor({ state: 'detached' });
    });
  });
}

const READ = "operation.startsWith('list-')";
const policyOf = (page, id) => page.evaluate(async (id) => (await (await fetch(`/v2/iam-role/${id}`)).json()).policy, id);

/** A role of a policy, as its page's address has it. */
async function makeRole(page, policy) {
  return page.evaluate(async (policy) => {
    const body = JSON.stringify({ name: 'Operators', policy });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch('/v2/iam-role', { method: 'POST', headers, body })).json()).reference.id;
  }, policy);
}

const two = {
  'default-service-strategy': 'deny',
  services: {
    compute: {
      type: 'rules',
      rules: [{ action: 'deny', expression: "zone == 'ch-gva-2'" }, { action: 'allow', expression: READ }],
    },
  },
};

test('a policy is edited as a form and as JSON, by mouse and by keyboard', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Policies');
  await visit(browser, { name: 'policy-editor' }, async (page) => {
    await signIn(page, link);
    const role = await makeRole(page, two);
    await page.goto(`${server.origin}/roles/${role}/policy`);
    await page.locator('html[data-alive]').waitFor();
    const json = page.getByLabel('As JSON');
    const now = async () => JSON.parse(await json.inputValue());
    const rule = (number) => page.getByLabel(`Expression of rule ${number} for compute`);

    // By keyboard: down, and back up by the button, which keeps the focus.
    await rule(1).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('status').getByText('Rule moved to place 2').waitFor({ state: 'attached' });
    assert.equal((await now()).services.compute.rules[0].expression, READ);
    await rule(2).and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Move rule 2 for compute up' }).press('Enter');
    assert.deepEqual(await now(), two);

    // What is typed is judged at once, and what fits is offered.
    await page.getByRole('button', { name: 'Add a rule for compute' }).click();
    await rule(3).pressSequentially('oper');
    const third = page.getByRole('listitem').filter({ has: rule(3) });
    await third.getByText('Look again').waitFor();
    await third.getByRole('button', { name: 'operation', exact: true }).click();
    await rule(3).pressSequentially(" == 'reboot-");
    await third.getByText('Invalid', { exact: true }).waitFor();
    await third.getByRole('button', { name: 'reboot-instance' }).click();
    await rule(3).pressSequentially("'");
    await third.getByText('Valid', { exact: true }).waitFor();
    assert.equal((await now()).services.compute.rules[2].expression, "operation == 'reboot-instance'");

    // From JSON to the form; while it can't be read, the form waits.
    await json.fill('{ "default-service-strategy": "allow", "services": {');
    await page.getByText("The JSON can't be read as a policy").waitFor();
    assert.equal(await page.getByLabel('Service', { exact: true }).isDisabled(), true);
    await json.fill(JSON.stringify({ 'default-service-strategy': 'allow', services: { dns: { type: 'deny' }, ...two.services } }));
    await page.getByRole('heading', { name: 'dns' }).waitFor();
    assert.equal(await page.getByLabel('All other services').inputValue(), 'allow');
    assert.equal(await page.getByLabel('Service dns').inputValue(), 'deny');

    // A service by Enter, an entry, a rule that goes.
    await page.getByLabel('Service', { exact: true }).fill('sos');
    await page.keyboard.press('Enter');
    await page.getByLabel('Service sos').selectOption({ label: 'Allow' });
    await page.getByRole('button', { name: 'Remove rule 1 for compute' }).click();
    await page.getByRole('button', { name: 'Remove the service dns' }).click();
    await page.getByRole('heading', { name: 'dns' }).waitFor({ state: 'detached' });

    // What is typed is kept, and put back into both sides.
    await page.waitForFunction(() => Object.entries(localStorage).some(([key, value]) => key.startsWith('couloir-draft') && value.includes('sos')));
    await page.reload();
    await page.getByText('is back').waitFor();
    await page.getByRole('heading', { name: 'sos' }).waitFor();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await heading(page, 'Operators').waitFor();
    await page.getByText('Everything but compute (rules)').waitFor();
    assert.deepEqual(await policyOf(page, role), {
      'default-service-strategy': 'allow',
      services: { compute: { type: 'rules', rules: [two.services.compute.rules[1]] }, sos: { type: 'allow' } },
    });

    // It can be taken back.
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('Only compute (rules)').waitFor();
    assert.deepEqual(await policyOf(page, role), two);
  });
});

test('a policy is edited without scripts', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Still policies');
  await visit(browser, { name: 'policy-editor', scripts: false, expected: ['400'] }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/roles/create`);
    await page.getByLabel('Name', { exact: true }).fill('Operators');
    await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
    await heading(page, 'Policy of Operators').waitFor();
    await page.getByLabel('Service', { exact: true }).fill('compute');
    await page.getByRole('button', { name: 'Add service' }).click();
    await page.getByRole('button', { name: 'Add a rule for compute' }).click();
    await page.getByLabel('Expression of rule 1 for compute').fill('operation ==');
    await page.getByRole('button', { name: 'Add a rule for compute' }).click();
    await page.getByText('Invalid', { exact: true }).first().waitFor();
    await page.getByLabel('Expression of rule 2 for compute').fill(READ);
    await page.getByRole('button', { name: 'Move rule 2 for compute up' }).click();
    assert.equal(await page.getByLabel('Expression of rule 1 for compute').inputValue(), READ);
    await page.getByLabel('All other services').selectOption({ label: 'Allow' });
    await page.getByRole('button', { name: 'Check the rules' }).click();
    assert.match(await page.getByLabel('As JSON').inputValue(), /"default-service-strategy": "allow"/);
    // An invalid rule is kept, as Exoscale does.
    await page.getByRole('button', { name: 'Save policy' }).click();
    await heading(page, 'Operators').waitFor();
    await page.getByText('Everything but compute (rules)').waitFor();
    await page.getByText('Invalid', { exact: true }).waitFor();

    await page.getByRole('link', { name: 'Edit policy' }).click();
    await page.getByLabel('As JSON').fill('{ "services": ');
    await page.getByRole('button', { name: 'Save this JSON' }).click();
    await page.getByText("The JSON can't be read as a policy").waitFor();
    await page.getByLabel('As JSON').fill('{ "default-service-strategy": "deny", "services": { "dns": { "type": "allow" } } }');
    await page.getByRole('button', { name: 'Save this JSON' }).click();
    await page.getByText('Only dns', { exact: true }).waitFor();
  });
});

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`two people edit a policy, and one of them chooses: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Two ${how}`);
    await visit(browser, { name: 'policy-merge', scripts, expected: ['412'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/roles/create`);
      await page.getByLabel('Name', { exact: true }).fill('Operators');
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await heading(page, 'Policy of Operators').waitFor();
      const add = async (page, name) => {
        if (scripts) await page.locator('html[data-alive]').waitFor();
        await page.getByLabel('Service', { exact: true }).fill(name);
        await page.getByRole('button', { name: 'Add service' }).click();
        await page.getByLabel(`Service ${name}`).selectOption({ label: 'Allow' });
      };
      const other = await page.context().newPage();
      await other.goto(page.url());
      await add(other, 'dns');
      await other.getByRole('button', { name: 'Save policy' }).click();
      await other.getByText('Only dns', { exact: true }).waitFor();
      await other.close();
      await add(page, 'sos');
      await page.getByRole('button', { name: 'Save policy' }).click();
      await page.getByRole('alert').getByText('changed this since you opened it').waitFor();
      await page.getByLabel('Theirs').check();
      await page.getByRole('button', { name: 'Save policy' }).click();
      await page.getByText('Only dns', { exact: true }).waitFor();
    });
  });

  test(`the organization's policy is edited, warns, and is reset: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Organization policy ${how}`);
    await visit(browser, { name: 'organization-policy', scripts, expected: ['409', '403'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${server.origin}/organization-policy`);
      await page.getByText('allows everything: roles alone decide').waitFor();
      await page.getByRole('link', { name: 'Edit policy' }).click();
      await heading(page, "Edit the organization's policy").waitFor();
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('All services').selectOption({ label: 'Deny' });
      if (!scripts) await page.getByRole('button', { name: 'Check the rules' }).click();
      await page.getByText('the service iam is refused').waitFor();
      await page.getByRole('button', { name: 'Save policy' }).click();
      await page.getByRole('alert').getByText('nobody could change it back').waitFor();
      await page.getByLabel('Service', { exact: true }).fill('iam');
      await page.getByRole('button', { name: 'Add service' }).click();
      await page.getByLabel('Service iam').selectOption({ label: 'Allow' });
      await page.getByRole('button', { name: 'Save policy' }).click();
      await page.getByText('Only iam', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Reset' }).click();
      await heading(page, "Reset the organization's policy").waitFor();
      await page.getByText('Only iam', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Reset the policy' }).click();
      await page.getByText('Everything', { exact: true }).waitFor();
    });
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`the simulator names the policy, the rule and what it saw: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Simulator ${how}`);
    await visit(browser, { name: 'simulator', scripts, expected: ['400'] }, async (page) => {
      await signIn(page, link);
      const role = await (await page.request.post(`${server.origin}/v2/iam-role`, {
        data: { name: 'Operators', policy: two }, headers: { origin: server.origin },
      })).json();
      await page.goto(`${server.origin}/roles/${role.reference.id}`);
      await page.getByRole('link', { name: 'Simulate' }).click();
      await heading(page, 'Simulator').waitFor();
      await page.getByText('Nothing asked yet').waitFor();
      assert.equal(await page.getByLabel('Role').evaluate((field) => field.selectedOptions[0].text), 'Operators');
      const ask = async (fields) => {
        for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
        await page.getByRole('button', { name: 'Simulate' }).click();
      };
      await ask({ Operation: 'list-instances' });
      const said = page.getByRole('status').filter({ hasText: 'Decided by' });
      await said.getByText('Allowed').waitFor();
      await said.getByText('rule 2 is the first that is true').waitFor();
      await page.getByText('This rule decides.').waitFor();
      await page.getByText("'list-instances'").first().waitFor();

      await page.getByLabel('Zone').selectOption('ch-gva-2');
      await ask({});
      await said.getByText('Refused').waitFor();
      await said.getByText('rule 1 is the first that is true').waitFor();
      await page.getByText('Not reached').waitFor();

      await ask({ Operation: 'fly' });
      await page.getByText('there is none').first().waitFor();
      await page.goto(`${server.origin}/simulator?operation=list-instances&at=soon`);
      await page.getByText('is no time such as').first().waitFor();
    });
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`before a policy is saved it says whose calls would be refused: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Replay ${how}`);
    await visit(browser, { name: 'would-change', scripts }, async (page) => {
      await signIn(page, link);
      const post = async (path, data) => (await page.request.post(`${server.origin}/v2${path}`, {
        data, headers: { origin: server.origin },
      })).json();
      const allowed = { 'default-service-strategy': 'deny', services: { compute: { type: 'allow' } } };
      const { reference: role } = await post('/iam-role', { name: 'Operators', policy: allowed });
      await page.goto(`${server.origin}/roles/${role.id}/policy`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      const ask = () => page.getByRole('button', { name: 'What would change' }).click();
      await ask();
      await page.getByText('No calls are recorded since').waitFor();

      const { token } = await post('/access-token', { name: 'robot', 'role-id': role.id });
      for (const path of ['instance', 'instance', 'template', 'user']) {
        await page.request.get(`${server.origin}/v2/${path}`, { headers: { authorization: `Bearer ${token}` } });
      }
      // Calls are written down a moment after they were answered.
      for (let tries = 0; tries < 20 && !(await page.getByText('4 calls since').isVisible()); tries += 1) {
        await ask();
        await page.waitForTimeout(500);
      }
      await page.getByText('4 calls since').waitFor();
      await page.getByText('No call would get another answer.').waitFor();

      await page.getByRole('button', { name: 'Add a rule for compute' }).click();
      await page.getByLabel('Expression of rule 1 for compute').fill("operation != 'list-instances'");
      await page.getByLabel('Service', { exact: true }).fill('iam');
      await page.getByRole('button', { name: 'Add service' }).click();
      await page.getByLabel('Service iam').selectOption({ label: 'Allow' });
      if (scripts) await page.getByText('The policy was changed since').waitFor();
      await ask();
      await page.getByText(': 3 are allowed now, 2 would be.').waitFor();
      const lost = page.getByRole('row').filter({ hasText: 'list-instances' });
      await lost.getByText('Refused', { exact: true }).waitFor();
      await lost.getByText('none of its rules for the service').waitFor();
      await lost.getByText('2', { exact: true }).waitFor();
      const gained = page.getByRole('row').filter({ hasText: 'list-users' });
      await gained.getByText('Allowed', { exact: true }).waitFor();
      if (scripts) {
        await inEveryLook(page, async (viewport, theme) => {
          await screenshot(page, `would-change-${viewport}-${theme}`);
          await checkWidth(page);
          if (viewport !== 'tablet') await checkAccessibility(page);
        });
      }
      // Nothing was saved by asking.
      const now = await (await page.request.get(`${server.origin}/v2/iam-role/${role.id}`)).json();
      assert.deepEqual(now.policy, allowed);

      await page.goto(`${server.origin}/organization-policy/edit`);
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Service', { exact: true }).fill('compute');
      await page.getByRole('button', { name: 'Add service' }).click();
      await ask();
      await page.getByRole('row').filter({ hasText: 'list-templates' }).getByText('Operators').first().waitFor();
    });
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`what a role may do, what of it is used, and a role of that: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Permissions ${how}`);
    await visit(browser, { name: 'permissions', scripts }, async (page) => {
      await signIn(page, link);
      const post = async (path, data) => (await page.request.post(`${server.origin}/v2${path}`, {
        data, headers: { origin: server.origin },
      })).json();
      const { reference: role } = await post('/iam-role', { name: 'Operators', policy: two });
      await page.goto(`${server.origin}/roles/${role.id}`);
      await page.getByRole('link', { name: 'Permissions and use' }).click();
      await heading(page, 'What Operators may do').waitFor();
      const nothing = page.getByRole('button', { name: /^Role from what was used.*nothing was used/ });
      assert.equal(await nothing.getAttribute('aria-disabled'), 'true');
      const row = (operation) => page.getByRole('row').filter({ has: page.getByText(operation, { exact: true }) }).first();
      // What comes out differently is open, what comes out alike is folded until it is asked for.
      await row('list-instances').getByText('Rule 1 of the role').waitFor();
      const group = (name) => page.locator('details.fold > summary').filter({ has: page.getByRole('heading', { name, exact: true }) });
      await group('iam').getByText(/^\d+ operations · Refused: \d+$/).waitFor();
      assert.equal(await row('list-iam-roles').isVisible(), false);
      for (const name of ['iam', 'No policy is asked', 'Decided by permissions of the role']) {
        await group(name).focus();
        await page.keyboard.press('Enter');
      }
      await row('list-iam-roles').getByText('by the role').waitFor();
      await row('get-me').getByText('No policy is asked').waitFor();
      await row('reset-iam-organization-policy').getByText('the role has not the permission reset-iam-organization-policy').waitFor();
      await row('list-instances').getByText('not used').waitFor();

      const { token } = await post('/access-token', { name: 'robot', 'role-id': role.id });
      const asRobot = (path) => page.request.get(`${server.origin}/v2/${path}`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal((await asRobot('instance')).status(), 200);
      // Uses are counted a moment later, and no page is told of it.
      await shown(page, row('list-instances').getByRole('cell', { name: '1', exact: true }), false);
      if (scripts) {
        await inEveryLook(page, async (viewport, theme) => {
          await screenshot(page, `permissions-${viewport}-${theme}`);
          await checkWidth(page);
          if (viewport !== 'tablet') await checkAccessibility(page);
        });
        await page.locator('html[data-alive]').waitFor();
      }
      await page.getByRole('combobox', { name: 'May' }).selectOption('unused');
      if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
      await row('list-instances').waitFor({ state: 'detached' });
      await row('list-snapshots').waitFor();
      await page.goto(`${page.url().split('?')[0]}?q=nothing-like-it`);
      await page.getByText('No operation matches').waitFor();

      await page.getByRole('link', { name: 'Role from what was used' }).click();
      await heading(page, 'Create role').waitFor();
      assert.equal(await page.getByLabel('It starts as').evaluate((field) => field.selectedOptions[0].text), 'What Operators has used');
      if (scripts) await page.locator('html[data-alive]').waitFor();
      await page.getByLabel('Name', { exact: true }).fill('Robots');
      await page.getByRole('button', { name: 'Create role and edit its policy' }).click();
      await heading(page, 'Policy of Robots').waitFor();
      const rules = JSON.parse(await page.getByLabel('As JSON').inputValue()).services.compute.rules;
      assert.deepEqual(rules, [
        two.services.compute.rules[0],
        { action: 'allow', expression: `operation in ['list-instances'] && (${READ})` },
      ]);

      // A person's, from the list of people; and the way from an operation to the simulator.
      await page.goto(`${server.origin}/users`);
      await page.getByRole('link', { name: /^Permissions/ }).click();
      await heading(page, /^What .* may do$/).waitFor();
      // Every operation is allowed, so all services are folded; what is filtered for is not.
      await group('compute').waitFor();
      assert.equal(await page.getByRole('link', { name: 'Simulate stop-instance' }).isVisible(), false);
      await page.getByLabel('Operation', { exact: true }).fill('stop-instance');
      await page.getByLabel('Operation', { exact: true }).press('Enter');
      await page.getByRole('link', { name: 'Simulate stop-instance' }).click();
      await heading(page, 'Simulator').waitFor();
      await page.getByRole('status').getByText('Allowed', { exact: true }).waitFor();
    });
  });
}

test('a refusal leads to the simulator, which says why', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Refused');
  await visit(browser, { name: 'refused', expected: ['403'] }, async (page) => {
    await signIn(page, link);
    const policy = { 'default-service-strategy': 'allow', services: { compute: { type: 'rules', rules: [
      { action: 'deny', expression: "operation == 'list-ssh-keys'" }, { action: 'allow', expression: 'true' },
    ] } } };
    const answer = await page.request.put(`${server.origin}/v2/iam-organization-policy`, {
      data: policy, headers: { origin: server.origin },
    });
    assert.equal(answer.status(), 200);
    await page.goto(`${server.origin}/ssh-keys`);
    await page.getByRole('link', { name: 'Simulate this call' }).first().click();
    await heading(page, 'Simulator').waitFor();
    const said = page.getByRole('status').filter({ hasText: 'Decided by' });
    await said.getByText('Refused', { exact: true }).waitFor();
    await said.getByText('rule 1 is the first that is true').waitFor();
  });
});
