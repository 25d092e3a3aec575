// A receiver of webhooks on this machine, which verifies what it gets.

import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after } from 'node:test';

/** Listens until the file's tests have ended. `answer(message)` says the status. */
export async function openSink() {
  const sink = { got: [], answer: () => 204 };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const message = { headers: request.headers, text, body: JSON.parse(text) };
    sink.got.push(message);
    response.writeHead(sink.answer(message)).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.url = `http://127.0.0.1:${server.address().port}/`;
  after(() => server.close());
  return sink;
}

/** Whether it is signed with a secret, as receivers check it. */
export function isSigned({ headers, text }, secret) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const right = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return headers['webhook-signature'].split(' ').includes(right);
}
