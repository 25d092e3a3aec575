// Somebody whose role refuses them nearly everything, and who asks for access.

const PASSWORD = 'correct horse battery staple';

/** What is asked for. */
export const ASKED = { operation: 'list-instances', reason: 'The backup of web-1 hangs, and I look after it this week', hours: 4 };

/**
 * Invites somebody through the API, `call(method, path, body)`, and lets them come. Answers how they ask
 * for access.
 */
export async function somebody(server, call, email) {
  const roles = (await call('GET', '/iam-role'))['iam-roles'];
  await call('POST', '/user', { email, role: { id: roles.find(({ name }) => name === 'Billing').id } });
  const token = new URL(await server.mailedLink(email)).searchParams.get('token');
  const headers = { 'content-type': 'application/json', origin: server.origin };
  const post = async (path, body, more) => {
    const answer = await fetch(`${server.origin}/v2${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const came = await post('/invitation:accept', { token, password: PASSWORD });
  const cookie = came.headers.getSetCookie()[0].split(';')[0];
  return async (body) => (await post('/access-request', body, { cookie })).json();
}
