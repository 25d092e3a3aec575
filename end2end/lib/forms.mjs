// Every form of the portal that code is shown for: how a person fills it in, and what it does.
//
// A case is `{ at, fill, state, before, secrets }`: the page, what is typed, what of the world the
// form changes (compared after each way of doing it), what must be there before each, and what secret
// fields hold. `$` is the world a journey has made: an API, and things to act on.

const KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host';
const PASSWORD = 'a password of twelve and more';

const names = (list) => list.map(({ name }) => name).sort();
const confirm = (act) => ($) => `/instances/${$.instance}/confirm/${act}`;
const settings = ($) => `/instances/${$.instance}/settings`;
const of = (field) => async ($) => (await $.get(`/instance/${$.instance}`))[field];
const idle = { fill: async () => {} };

/** By operation. */
export const FORMS = {
  'create-instance': {
    at: () => '/instances/create',
    fill: async (page) => {
      await page.getByLabel('Name', { exact: false }).first().fill("o'brien $HOME ${x} \\");
      await page.getByLabel('Labels').fill('env=prod\nquote=a"b');
      await page.getByLabel('Script or cloud-config').fill('#cloud-config\npackages: [nginx]\n');
    },
    state: async ($) => {
      const { instances } = await $.get('/instance');
      const made = instances.filter(({ name }) => name.startsWith("o'brien"));
      const found = await Promise.all(made.map(({ id }) => $.get(`/instance/${id}`)));
      return found.map(({ name, labels, zone, 'user-data': data, 'disk-size': disk, template, 'instance-type': type }) => ({
        name, labels, zone, data, disk, template: template.id, type: type.id,
      }));
    },
    before: ($) => $.deleteAll((name) => name.startsWith("o'brien")),
  },
  'update-instance': {
    at: settings,
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill("it's renamed");
      await page.getByLabel('Labels').fill('tier=web');
    },
    state: async ($) => {
      const { name, labels, 'user-data': data } = await $.get(`/instance/${$.instance}`);
      return { name, labels, data };
    },
    before: async ($) => {
      await $.be('running');
      await $.put(`/instance/${$.instance}`, { name: $.name, labels: { env: 'prod' } });
    },
  },
  'add-instance-protection': { ...idle, at: settings, state: of('protected'), before: ($) => $.unprotect() },
  'remove-instance-protection': {
    ...idle, at: settings, state: of('protected'), before: ($) => $.put(`/instance/${$.instance}:add-protection`),
    after: ($) => $.unprotect(),
  },
  'scale-instance': {
    at: settings,
    fill: (page) => page.getByLabel('New type').selectOption({ index: 1 }),
    state: async ($) => (await of('instance-type')($)).id,
    before: ($) => $.fresh('stopped'),
  },
  'resize-instance-disk': {
    at: settings, fill: (page) => page.getByLabel('New size').fill('60'), state: of('disk-size'),
    before: ($) => $.fresh('stopped'),
  },
  'start-instance': { ...idle, at: ($) => `/instances/${$.instance}`, code: ($) => `/instances/${$.instance}/code`, state: of('state'), before: ($) => $.be('stopped') },
  'stop-instance': { ...idle, at: confirm('stop'), state: of('state'), before: ($) => $.be('running') },
  'reboot-instance': {
    ...idle, at: confirm('reboot'), state: ($) => $.count('reboot-instance'), counts: true, before: ($) => $.be('running'),
  },
  'reset-instance-password': {
    ...idle, at: confirm('reset-password'), state: ($) => $.count('reset-instance-password'), counts: true, before: ($) => $.be('running'),
  },
  'reset-instance': {
    at: confirm('reset'), fill: async (page, $) => {
      await page.getByLabel('Template').selectOption({ index: 1 });
      await page.getByLabel(/^Type .* to confirm$/).fill($.name);
    },
    state: async ($) => (await of('template')($)).id, before: ($) => $.fresh('stopped'),
  },
  'delete-instance': {
    at: confirm('delete-for-good'), fill: (page, $) => page.getByLabel(/^Type .* to confirm$/).fill($.name),
    state: async ($) => (await $.get('/instance')).instances.some(({ id }) => id === $.instance),
    before: ($) => $.fresh('stopped'),
  },
  'soft-delete-instance': { ...idle, at: confirm('delete'), state: of('state'), before: ($) => $.fresh('stopped') },
  'recover-instance': {
    at: confirm('recover'), fill: (page) => page.getByLabel('Start it').uncheck(), state: of('state'),
    before: async ($) => { await $.fresh('stopped'); await $.put(`/instance/${$.instance}:soft-delete`); },
  },
  'update-organization': {
    at: () => '/organization', 
    fill: async (page) => {
      await page.getByLabel('Deleted instances are kept for').selectOption('72');
      await page.getByLabel('The past').selectOption('90');
    },
    state: async ($) => {
      const now = await $.get('/organization');
      return [now['instance-recovery-hours'], now['history-days']];
    },
    before: ($) => $.put('/organization', { 'instance-recovery-hours': 24, 'history-days': 30 }),
  },
  'create-audit-export': {
    ...idle, at: () => '/audit-trail', counts: true,
    state: async ($) => (await $.get('/event')).filter((event) => event.handler === 'create-audit-export').length,
  },
  'create-webhook': {
    at: () => '/audit-trail/webhooks',
    fill: async (page) => {
      await page.getByLabel('Name of the webhook').fill("it's ours");
      await page.getByLabel('Address', { exact: true }).fill('https://hooks.example/a?b=c');
      await page.getByLabel('refused').check();
    },
    state: ($) => $.webhooks(), before: ($) => $.forget('/webhook', 'webhooks', 'id'),
  },
  'update-webhook': {
    at: ($) => `/audit-trail/webhooks/${$.webhook}/edit`,
    fill: async (page) => {
      await page.getByLabel('Name of the webhook').fill('Renamed');
      await page.getByLabel('done').check();
    },
    state: ($) => $.webhooks(), before: ($) => $.haveWebhook(),
  },
  'delete-webhook': {
    ...idle, at: ($) => `/audit-trail/webhooks/${$.webhook}/delete`, state: ($) => $.webhooks(), before: ($) => $.haveWebhook(),
  },
  'create-identity-provider': {
    at: () => '/single-sign-on',
    fill: async (page) => {
      await page.getByLabel('Name of the provider').fill("Acme's");
      await page.getByLabel('Issuer').fill('https://login.example');
      await page.getByLabel('Client id').fill('couloir');
      await page.getByLabel('Client secret').fill(PASSWORD);
      await page.getByLabel('Domain 1').fill('journeys.example');
      await page.getByLabel('Rule 2', { exact: true }).fill("'it' in claims.groups");
      await page.getByLabel('Role of rule 2').selectOption('Billing');
    },
    state: ($) => $.providers(), before: ($) => $.forget('/identity-provider', 'identity-providers', 'id'),
    secrets: { 'client-secret': PASSWORD },
  },
  'update-identity-provider': {
    at: () => '/single-sign-on/edit',
    fill: async (page) => {
      await page.getByLabel('Name of the provider').fill('Renamed');
      await page.getByLabel('Everybody else').selectOption('Billing');
    },
    state: ($) => $.providers(), before: ($) => $.haveProvider(),
  },
  'delete-identity-provider': {
    ...idle, at: () => '/single-sign-on/delete', state: ($) => $.providers(), before: ($) => $.haveProvider(),
  },
  'create-list-export': {
    at: () => '/lists/instances/export?query=state%3Drunning%26sort%3Dname',
    fill: (page) => page.getByLabel('Format').selectOption('json'),
    state: ($) => $.count('create-list-export'), counts: true,
  },
  'create-snapshot': {
    ...idle, at: ($) => `/instances/${$.instance}/snapshots`, state: ($) => $.count('create-snapshot'), counts: true, before: ($) => $.be('running'),
  },
  'revert-instance-to-snapshot': {
    at: ($) => `/instances/${$.instance}/confirm/revert?snapshot=${$.snapshot}`,
    fill: (page, $) => page.getByLabel(/^Type .* to confirm$/).fill($.name),
    state: ($) => $.count('revert-instance-to-snapshot'), counts: true,
    before: async ($) => { await $.be('stopped'); await $.snap(); },
  },
  'promote-snapshot-to-template': {
    at: ($) => `/instances/${$.instance}/confirm/promote?snapshot=${$.snapshot}`,
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('golden "one"');
      await page.getByLabel('Description').fill("with it's certificates");
    },
    state: async ($) => {
      const { templates } = await $.get('/template?visibility=private');
      return templates.map(({ name, description, 'default-user': user }) => ({ name, description, user }));
    },
    before: async ($) => { await $.deleteTemplates(); await $.be('stopped'); await $.snap(); },
  },
  'export-snapshot': {
    ...idle, at: ($) => `/instances/${$.instance}/snapshots`, code: ($) => `/api/export-snapshot?id=${$.snapshot}`,
    open: (page) => page.locator('summary').filter({ hasText: 'Actions for' }).first().click(),
    state: async ($) => (await $.get(`/snapshot/${$.snapshot}`)).state,
    before: async ($) => { await $.be('stopped'); await $.snap(); },
  },
  'delete-snapshot': {
    at: ($) => `/instances/${$.instance}/confirm/delete-snapshot?snapshot=${$.snapshot}`,
    fill: async (page, $) => {
      const { name } = await $.get(`/snapshot/${$.snapshot}`);
      await page.getByLabel(/^Type .* to confirm$/).fill(name);
    },
    state: async ($) => (await $.get('/snapshot')).snapshots.some(({ id }) => id === $.snapshot),
    before: ($) => $.snap(),
  },
  'update-template': {
    at: ($) => `/templates/${$.template}/edit`,
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill("silver's");
      await page.getByLabel('Description').fill('');
    },
    state: async ($) => {
      const { name, description } = await $.get(`/template/${$.template}`);
      return { name, description };
    },
    before: async ($) => { await $.haveTemplate(); await $.put(`/template/${$.template}`, { name: 'gold', description: 'x' }); },
  },
  'delete-template': {
    at: ($) => `/templates/${$.template}/delete`,
    fill: async (page, $) => {
      const { name } = await $.get(`/template/${$.template}`);
      await page.getByLabel(/^Type .* to confirm$/).fill(name);
    },
    state: async ($) => (await $.get('/template?visibility=private')).templates.length,
    before: ($) => $.haveTemplate(),
  },
  'register-ssh-key': {
    at: () => '/ssh-keys',
    fill: async (page) => {
      await page.getByLabel('Name of the key').fill('laptop');
      await page.getByLabel('Public key').fill(KEY);
    },
    state: async ($) => (await $.get('/ssh-key'))['ssh-keys'],
    before: ($) => $.forget('/ssh-key', 'ssh-keys', 'name'),
  },
  'delete-ssh-key': {
    ...idle, at: () => '/ssh-keys/laptop/delete', state: async ($) => (await $.get('/ssh-key'))['ssh-keys'],
    before: async ($) => {
      await $.forget('/ssh-key', 'ssh-keys', 'name');
      await $.post('/ssh-key', { name: 'laptop', 'public-key': KEY });
    },
  },
  'create-api-key': {
    at: () => '/api-keys',
    fill: async (page) => {
      await page.getByLabel('Name of the key').fill("ci's");
      await page.getByLabel('Ends after days').fill('45');
    },
    state: async ($) => (await $.get('/api-key'))['api-keys'].filter(({ name }) => name === "ci's").map((key) => ({
      role: key['role-id'], days: (Date.parse(key['expires-at']) - Date.parse(key['created-at'])) / 86_400_000,
    })),
    before: ($) => $.revoke("ci's"),
  },
  'delete-api-key': {
    ...idle, at: ($) => `/api-keys/${$.key}/delete`,
    state: async ($) => names((await $.get('/api-key'))['api-keys']),
    before: async ($) => { await $.revoke('old'); $.key = (await $.post('/api-key', { name: 'old', 'role-id': $.role })).key; },
  },
  'rotate-api-key': {
    at: ($) => `/api-keys/${$.key}/rotate`, fill: (page) => page.getByLabel('For how many hours').fill('2'),
    state: async ($) => (await $.get('/api-key'))['api-keys'].filter(({ name }) => name === 'old').length,
    before: async ($) => { await $.revoke('old'); $.key = (await $.post('/api-key', { name: 'old', 'role-id': $.role })).key; },
    after: ($) => $.revoke('old'),
  },
  'assume-iam-role': {
    at: ($) => `/roles/${$.ownRole}/assume`, fill: (page) => page.getByLabel('For how many seconds').fill('90'),
    state: async ($) => (await $.get('/api-key'))['api-keys'].filter((key) => key['role-id'] === $.ownRole && key['assumed-by']).length,
    before: async ($) => {
      await $.revoke("Ops' role");
      await $.haveRole();
      await $.put(`/iam-role/${$.ownRole}`, { 'assume-role-policy': { rules: [{ action: 'allow', expression: 'true' }] } });
    },
    after: ($) => $.revoke("Ops' role"),
  },
  'create-iam-role': {
    at: ($) => `/roles/create?from=${$.role}`,
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill("ops'");
      await page.getByLabel('Description').fill('They look "after" it');
      await page.getByLabel('Labels').fill('team=web');
      await page.getByLabel('It starts as').selectOption({ index: 1 });
      await page.getByLabel('Reset the organization').uncheck();
    },
    state: async ($) => ($.ownRoles()).then((roles) => roles.map(({ id, ...role }) => role)),
    before: ($) => $.dropRoles(),
  },
  'update-iam-role': {
    at: ($) => `/roles/${$.ownRole}/edit`,
    fill: async (page) => {
      await page.getByLabel('Description').fill('');
      await page.getByLabel('Labels').fill("it's=one");
      await page.getByLabel('Reset the organization').check();
      await page.getByLabel('Who may assume it').fill(JSON.stringify({ rules: [{ action: 'allow', expression: "identity.user == 'o\\'brien'" }] }));
      await page.getByLabel('For how many seconds').fill('900');
    },
    state: async ($) => {
      const [{ description, labels, permissions, 'assume-role-policy': assume, 'max-session-ttl': ttl }] = await $.ownRoles();
      return { description, labels, permissions, assume, ttl };
    },
    before: ($) => $.haveRole(),
  },
  'update-iam-role-policy': {
    at: ($) => `/roles/${$.ownRole}/policy`,
    fill: (page) => page.getByLabel('As JSON').fill(JSON.stringify({ 'default-service-strategy': 'deny', services: { dns: { type: 'rules', rules: [{ action: 'allow', expression: "operation == 'list-zones' || true" }] } } })),
    state: async ($) => (await $.ownRoles())[0].policy,
    before: ($) => $.haveRole(),
  },
  'update-iam-organization-policy': {
    at: () => '/organization-policy/edit',
    fill: async (page) => {
      await page.getByLabel('Service', { exact: true }).fill("a'b");
      await page.getByRole('button', { name: 'Add service' }).click();
    },
    state: ($) => $.get('/iam-organization-policy'),
    before: ($) => $.post('/iam-organization-policy:reset'), after: ($) => $.post('/iam-organization-policy:reset'),
  },
  'reset-iam-organization-policy': {
    ...idle, at: () => '/organization-policy/reset', state: ($) => $.get('/iam-organization-policy'),
    before: ($) => $.put('/iam-organization-policy', { 'default-service-strategy': 'allow', services: { dns: { type: 'deny' } } }),
  },
  'delete-iam-role': {
    at: ($) => `/roles/${$.ownRole}/delete`, fill: (page) => page.getByLabel(/^Type .* to confirm$/).fill("Ops' role"),
    state: async ($) => names(await $.ownRoles()), before: ($) => $.haveRole(),
  },
  'create-user': {
    at: () => '/users',
    fill: async (page) => {
      await page.getByLabel('E-mail').fill('new@journeys.example');
      await page.getByLabel('Role').selectOption({ label: 'Billing' });
    },
    state: ($) => $.users(), before: ($) => $.removeUsers(),
  },
  'update-user-role': {
    at: ($) => `/users/${$.invited}/role`, fill: (page) => page.getByLabel('Role').selectOption({ label: 'Owner' }),
    state: ($) => $.users(), before: ($) => $.invite('changed@journeys.example'),
  },
  'delete-user': {
    ...idle, at: ($) => `/users/${$.invited}/delete`, state: ($) => $.users(), before: ($) => $.invite('gone@journeys.example'),
  },
  'approve-access-request': {
    ...idle, at: ($) => `/access-requests/${$.request}`, state: ($) => $.accessRequest(), before: ($) => $.haveRequest(),
  },
  'refuse-access-request': {
    at: ($) => `/access-requests/${$.request}/refuse`, fill: (page) => page.getByLabel('Answer').fill('Ann has done it'),
    state: ($) => $.accessRequest(), before: ($) => $.haveRequest(),
  },
  'revoke-access-grant': {
    ...idle, at: ($) => `/access-requests/${$.grant}/revoke`, state: ($) => $.isGranted(), before: ($) => $.haveGrant(),
  },
  'create-access-token': {
    at: () => '/api-keys',
    fill: async (page) => {
      await page.getByLabel('Name of the token').fill('nightly');
      await page.getByLabel('Days until it ends').fill('7');
    },
    state: async ($) => names((await $.get('/access-token'))['access-tokens']),
    before: ($) => $.dropTokens('nightly'),
  },
  'delete-access-token': {
    ...idle, at: ($) => `/access-tokens/${$.other}/delete`, state: async ($) => names((await $.get('/access-token'))['access-tokens']),
    before: async ($) => { await $.dropTokens('other'); $.other = (await $.post('/access-token', { name: 'other' })).id; },
  },
  'create-saved-view': {
    at: () => '/lists/instances/save-view?query=state%3Drunning%26sort%3Dname',
    fill: async (page) => {
      await page.getByLabel('Name of the view').fill("what's up");
      await page.locator('input[type=checkbox][name=shared]').uncheck();
    },
    state: ($) => $.views(), before: ($) => $.forget('/saved-view', 'saved-views', 'id'),
  },
  'update-saved-view': {
    at: ($) => `/lists/instances/view?id=${$.view}`,
    fill: (page) => page.getByLabel('Name of the view').fill('Renamed'),
    state: ($) => $.views(), before: ($) => $.haveView(),
  },
  'delete-saved-view': { ...idle, at: ($) => `/lists/instances/delete-view?id=${$.view}`, state: ($) => $.views(), before: ($) => $.haveView() },
  'update-preferences': {
    at: () => '/lists/instances/columns',
    fill: async (page) => {
      const boxes = page.locator('main input[type=checkbox]');
      await boxes.nth(0).uncheck();
      await page.locator('.column-lines li').nth(3).getByRole('button').nth(0).click();
    },
    state: ($) => $.get('/preferences'), before: ($) => $.put('/preferences', { list: 'instances' }),
  },
  'create-bulk-action': {
    ...idle, at: ($) => `/instances/bulk?act=stop-instance&id=${$.instance}`, state: of('state'), before: ($) => $.be('running'),
  },
  'retry-bulk-action': {
    ...idle, at: ($) => `/bulk-actions/${$.bulk}`, state: ($) => $.count('retry-bulk-action'), counts: true,
    before: async ($) => { await $.be('running'); await $.failBulk(); },
  },
  'set-password': {
    at: () => '/security',
    fill: async (page) => {
      // Whoever has one says it; the first time there is none.
      const current = page.getByLabel('Present password');
      if (await current.count() > 0) await current.fill(PASSWORD);
      await page.getByLabel('New password').fill(PASSWORD);
    },
    state: ($) => $.signsIn(PASSWORD),
    before: ($) => $.signIn(),
    after: ($) => $.signIn(),
    secrets: { current: PASSWORD, password: PASSWORD },
    // Once there is one the form asks for it, and every way after the first is another form.
    once: true,
  },
};

/** Forms that no code is run for, and why. */
export const EXCEPT = {
  'test-identity-provider': 'no form sends it: the address of the test asks; single_sign_on.test.mjs holds it',
  'begin-single-sign-on': 'signing in is for people in a browser; single_sign_on.test.mjs does',
  'create-session': 'signing in is for people in a browser; tools have keys and tokens',
  'redeem-sign-in-link': 'signing in, as above',
  'accept-invitation': 'as above',
  'request-password-reset': 'as above',
  'reset-password': 'as above',
  'begin-second-factor': 'needs an app to go on with; security.test.mjs sets one up',
  'confirm-second-factor': 'as above',
  'confirm-session': 'the session gets another cookie, and the journey goes on with the old one; confirm.test.mjs holds it',
  'renew-recovery-codes': 'as above',
  'remove-second-factor': 'as above',
  'create-passkey': 'needs a device; passkeys.test.mjs has one',
  'create-passkey-session': 'as above',
  'delete-passkey': 'as above',
  'resend-user-invitation': 'an address takes five mails an hour; users.test.mjs presses the button',
  'request-access': 'an owner is refused nothing, so there is nothing to ask; access.test.mjs asks as somebody else',
  'withdraw-access-request': 'as above',
  'replay-iam-policy': 'no form sends it: the editors of policies ask; roles.test.mjs holds it',
  'test-webhook': 'one button each on the page of a webhook; webhooks.test.mjs presses them',
  'rotate-webhook-secret': 'as above',
  'redeliver-webhook': 'as above',
  'simulate-iam-policy': 'no form sends it: the address of the simulator asks; roles.test.mjs holds it',
  'switch-organization': 'makes another session of the one the journey runs in; organizations.test.mjs holds it',
  'delete-session': 'ends the very session the journey runs in; the page shows its code',
  'cancel-bulk-action': 'what can be taken back is gone within moments; bulk.test.mjs holds it',
  'cancel-operation': 'what waits is begun within moments; operations.test.mjs lets it wait',
  'retry-operation': 'an operation fails only when an engine does; operations.test.mjs makes one fail',
};
