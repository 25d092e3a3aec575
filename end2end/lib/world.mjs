// The things that forms act on, made through the API with a person's own token.

import { ASKED, somebody } from './access.mjs';
import { until } from './wait.mjs';

/** Half of what a proof counts for. */
const PROVEN_MS = 300_000;

export class World {
  name = 'web';

  /** A token for curl, a key for the SDK. */
  static async make(server, page) {
    const world = new World();
    world.origin = server.origin;
    world.server = server;
    world.page = page.context();
    const own = await world.session('POST', '/access-token', { name: 'journey' });
    world.token = own.token;
    const { role } = await world.get('/me');
    world.role = role.id;
    const { key, secret } = await world.post('/api-key', { name: 'journey', 'role-id': role.id });
    world.environment = {
      COULOIR_TOKEN: own.token, EXOSCALE_API_KEY: key, EXOSCALE_API_SECRET: secret,
    };
    world.cookies = await world.page.cookies();
    world.signedIn = Date.now();
    return world;
  }

  /** Signs in once more. */
  async signIn() {
    this.cookies = await this.cookiesAnew();
    this.signedIn = Date.now();
  }

  /** The same, before the session is so old that forms ask for a proof. */
  async stayProven() {
    if (Date.now() - this.signedIn > PROVEN_MS) await this.signIn();
  }

  /** What lines for a session are run with. */
  get cookie() {
    return this.cookies.find(({ name }) => name === '__Host-couloir-session').value;
  }

  /** Whether one can sign in with a password. */
  async signsIn(password) {
    const { user } = await this.get('/me');
    const body = JSON.stringify({ email: user.email, password });
    const headers = { 'content-type': 'application/json', origin: this.origin };
    return (await fetch(`${this.origin}/v2/session`, { method: 'POST', headers, body })).ok;
  }

  async session(method, path, data) {
    const answer = await this.page.request.fetch(`${this.origin}/v2${path}`, { method, data, headers: { origin: this.origin } });
    return answer.json();
  }

  async call(method, path, body) {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.origin}/v2${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  get(path) {
    return this.call('GET', path);
  }

  /** Writes, and waits until the work has ended. */
  async write(method, path, body) {
    const answer = await this.call(method, path, body);
    if (answer.state === 'pending') await this.settled();
    return answer;
  }

  put(path, body) {
    return this.write('PUT', path, body ?? {});
  }

  post(path, body) {
    return this.write('POST', path, body ?? {});
  }

  delete(path) {
    return this.write('DELETE', path);
  }

  /** Roles that people made. */
  async ownRoles() {
    return (await this.get('/iam-role'))['iam-roles'].filter((role) => !role['of-platform']);
  }

  async dropRoles() {
    for (const { id } of await this.ownRoles()) await this.delete(`/iam-role/${id}`);
  }

  /** A role that nobody has, the only one. */
  async haveRole() {
    await this.dropRoles();
    const made = await this.post('/iam-role', { name: "Ops' role", description: 'x', labels: { team: 'web' } });
    this.ownRole = made.reference.id;
  }

  /** What webhooks are, without how far they are. */
  async webhooks() {
    return (await this.get('/webhook')).webhooks.map(({ name, url, filter }) => ({ name, url, filter }));
  }

  async providers() {
    const { 'identity-providers': all } = await this.get('/identity-provider');
    return all.map(({ name, issuer, domains, mapping }) => ({ name, issuer, domains, mapping }));
  }

  /** An identity provider, which is the only one there can be. */
  async haveProvider() {
    await this.forget('/identity-provider', 'identity-providers', 'id');
    const provider = { name: 'Login', issuer: 'https://login.example', 'client-id': 'couloir', 'client-secret': 'x' };
    this.provider = (await this.post('/identity-provider', provider)).id;
  }

  /** A webhook, the only one. */
  async haveWebhook() {
    await this.forget('/webhook', 'webhooks', 'id');
    this.webhook = (await this.post('/webhook', { name: 'siem', url: 'https://hooks.example/' })).id;
  }

  /** A request for access of somebody else, which waits. */
  async haveRequest() {
    this.asks ??= await somebody(this.server, (...of) => this.call(...of), 'hal@journeys.example');
    const waits = (await this.accessRequests()).find(({ state }) => state === 'open');
    this.request = waits?.id ?? (await this.asks(ASKED)).id;
  }

  /** What somebody else was granted. */
  async haveGrant() {
    await this.haveRequest();
    this.grant = (await this.put(`/access-request/${this.request}:approve`)).id;
  }

  async accessRequests() {
    return (await this.get('/access-request'))['access-requests'];
  }

  async accessRequest() {
    const { state, answer } = (await this.accessRequests()).find(({ id }) => id === this.request);
    return { state, answer };
  }

  async isGranted() {
    const grants = (await this.get('/access-grant'))['access-grants'];
    return grants.find(({ id }) => id === this.grant).active;
  }

  /** Waits until no operation goes on. */
  async settled() {
    const pending = () => this.get('/operation?state=pending&limit=1');
    await until('operations end', async () => (await pending()).operations.length === 0);
  }

  /** How often an operation was done. */
  async count(kind) {
    const { operations } = await this.get('/operation?limit=1000');
    return operations.filter((one) => one.operation === kind).length;
  }

  /** The instance in a state; made where there is none. */
  async be(state) {
    const { instances } = await this.get('/instance');
    const found = instances.find(({ id }) => id === this.instance);
    if (!found) await this.createInstance();
    const now = found?.state ?? 'running';
    if (found?.protected) await this.unprotect();
    if (now !== state) await this.put(`/instance/${this.instance}:${state === 'running' ? 'start' : 'stop'}`);
  }

  /** Another instance, as it was made. */
  async fresh(state) {
    await this.deleteAll(() => true);
    await this.be(state);
  }

  async createInstance() {
    const { templates } = await this.get('/template');
    const { 'instance-types': types } = await this.get('/instance-type');
    const [type] = types.filter(({ family, size }) => family === 'standard' && size === 'small');
    const { reference } = await this.post('/instance', {
      name: this.name, 'disk-size': 50, template: { id: templates[0].id }, 'instance-type': { id: type.id },
      zone: templates[0].zones[0],
    });
    this.instance = reference.id;
  }

  async deleteAll(which) {
    for (const { id, name, protected: kept } of (await this.get('/instance')).instances) {
      if (!which(name)) continue;
      if (kept) await this.put(`/instance/${id}:remove-protection`);
      await this.delete(`/instance/${id}`);
    }
  }

  async unprotect() {
    if (!this.instance) await this.be('running');
    const { protected: kept } = await this.get(`/instance/${this.instance}`);
    if (kept) await this.put(`/instance/${this.instance}:remove-protection`);
  }

  /** One new snapshot, the only one. */
  async snap() {
    await this.be((await this.get('/instance')).instances.find(({ id }) => id === this.instance)?.state ?? 'running');
    for (const { id } of (await this.get('/snapshot')).snapshots) await this.delete(`/snapshot/${id}`);
    const { reference } = await this.post(`/instance/${this.instance}:create-snapshot`);
    this.snapshot = reference.id;
  }

  async deleteTemplates() {
    const { templates } = await this.get('/template?visibility=private');
    for (const { id } of templates) await this.delete(`/template/${id}`);
  }

  async haveTemplate() {
    await this.deleteTemplates();
    await this.snap();
    const { reference } = await this.post(`/snapshot/${this.snapshot}:promote`, { name: 'gold' });
    this.template = reference.id;
  }

  /** Deletes everything of a list. */
  async forget(path, list, key) {
    for (const one of (await this.get(path))[list]) await this.delete(`${path}/${encodeURIComponent(one[key])}`);
  }

  /** The people of the organization, as far as a form can change them. */
  async users() {
    const { users } = await this.get('/user');
    return users.map(({ email, role, pending }) => [email, role.name, pending]).sort();
  }

  async removeUsers() {
    for (const one of (await this.get('/user')).users) if (one.pending) await this.delete(`/user/${one.id}`);
  }

  /** Somebody who is invited, and nobody else. */
  async invite(email) {
    await this.removeUsers();
    const { 'iam-roles': roles } = await this.get('/iam-role');
    const role = { id: roles.find(({ name }) => name === 'Billing').id };
    this.invited = (await this.post('/user', { email, role })).reference.id;
  }

  async revoke(name) {
    const { 'api-keys': keys } = await this.get('/api-key');
    for (const one of keys) if (one.name === name) await this.delete(`/api-key/${one.key}`);
  }

  async dropTokens(name) {
    const { 'access-tokens': tokens } = await this.get('/access-token');
    for (const one of tokens) if (one.name === name) await this.delete(`/access-token/${one.id}`);
  }

  async views() {
    const { 'saved-views': views } = await this.get('/saved-view');
    return views.map(({ name, query, shared }) => ({ name, query, shared }));
  }

  async haveView() {
    await this.forget('/saved-view', 'saved-views', 'id');
    this.view = (await this.post('/saved-view', { name: 'Mine', list: 'instances', query: 'state=running' })).id;
  }

  /** A bulk action that fails, since the instance runs. */
  async failBulk() {
    const { reference } = await this.post('/bulk-action', { action: 'start-instance', ids: [this.instance] });
    this.bulk = reference.id;
  }
}
