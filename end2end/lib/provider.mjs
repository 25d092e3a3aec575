// An identity provider of somebody else's making, on this machine: oidc-provider, certified by the OpenID
// Foundation. Whoever types a name is let in by it, whatever the password.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'couloir', secret: 'what the provider gave us' };

/** Starts it for one redirect address; `people` are claims by the name that is typed. */
export async function openProvider(redirect, people) {
  const server = createServer((request, response) => respond(request, response));
  let respond = (request, response) => response.writeHead(404).end();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  // It says at length that it is made for development, which this is.
  const { info, warn } = console;
  Object.assign(console, { info: () => {}, warn: () => {} });
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirect] }],
    claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['not a secret'] },
    findAccount: (_, name) => ({
      accountId: name,
      claims: () => ({ sub: name, ...(people[name] ?? {}) }),
    }),
  });
  Object.assign(console, { info, warn });
  respond = provider.callback();
  process.once('exit', () => server.close());
  return { issuer, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

/** Its pages would fetch a font from elsewhere. */
export function stayHere(page) {
  return page.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
}

/** What somebody does there who is led to it. */
export async function signInThere(page, name) {
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('whatever');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
