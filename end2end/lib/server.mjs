// A running Couloir with its own data, for the tests of one file.
//
// COULOIR_BINARY names the program; the default is the debug build.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PYTHON } from './tools.mjs';
import { until } from './wait.mjs';

const BINARY =
  process.env.COULOIR_BINARY ?? new URL('../../target/debug/couloir', import.meta.url).pathname;
const FORGET = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=60) as database:
    database.execute("UPDATE sessions SET confirmed_until_us = 0")
`;
const READY_WITHIN_MS = 180_000;
const ENDED_WITHIN_MS = 60_000;

/** Starts `couloir serve` on a free loopback port, under a name of it; `stop()` ends it and removes its data. */
export async function startServer({ zones = ['ch-gva-2=sim:1', 'de-fra-1=sim:1'], host = '127.0.0.1' } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'couloir-end2end-'));
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  const origin = `http://${host}:${port}`;
  const common = ['--database', `sqlite:${join(data, 'couloir.db')}`, '--data', data];
  const env = { ...process.env, COULOIR_ORIGIN: origin, COULOIR_LISTEN: listen };

  const admin = async (...words) => {
    const { stdout } = await promisify(execFile)(BINARY, ['admin', ...words, ...common], { env });
    return stdout;
  };
  const first = JSON.parse(await admin('bootstrap', ...organization('Journeys', 'admin')));

  let log = '';
  let child, ended;
  const go = async () => {
    child = spawn(
      BINARY,
      ['serve', '--listen', listen, ...common, ...zones.flatMap((zone) => ['--zone', zone])],
      { env },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => (log += chunk));
    }
    ended = new Promise((resolve) => child.once('exit', resolve));
    await ready(origin, child, () => log);
  };
  const killed = () => child?.kill('SIGKILL');
  const halt = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(killed, ENDED_WITHIN_MS);
    await ended;
    clearTimeout(late);
    if (child.signalCode === 'SIGKILL') throw new Error(`the server did not end:\n${log}`);
  };
  const stop = async () => {
    await halt();
    await rm(data, { recursive: true, force: true });
  };
  process.once('exit', killed);
  // A file that takes too long is ended with what it started.
  process.once('SIGTERM', () => process.exit(143));

  await go();
  return {
    origin,
    /** What bootstrap printed: organization, user, sign-in-url, api-key. */
    first,
    stop,
    /** Ends it and keeps its data. */
    halt,
    /** Starts it again. */
    go,
    /** The link in the newest mail to an address. Without a mail server, mail is files. */
    mailedLink: (address) => mailedLink(join(data, 'mail'), address),
    /** What the server has said so far. */
    log: () => log,
    /** An organization of its own for one journey, with a sign-in-url that works once. */
    createOrganization: async (name, mailbox = slug(name)) =>
      JSON.parse(await admin('organization', 'create', ...organization(name, mailbox))),
    /** Makes the organization of the provider's staff. */
    createOperator: async (name) =>
      JSON.parse(await admin('operator', 'create', ...organization(name, slug(name)))),
    /** Sets how many of a resource an organization may have. */
    setQuota: (organization, resource, limit) =>
      admin('quota', 'set', '--organization', organization, '--resource', resource, '--limit', `${limit}`),
    /** As if ten minutes had passed: no session counts as confirmed any more. */
    forgetProofs: () => promisify(execFile)(PYTHON, ['-c', FORGET, join(data, 'couloir.db')]),
    /** A further sign-in link for somebody. */
    signInLink: async (email) =>
      (await admin('sign-in-link', '--email', email)).match(/https?:\/\/[^\s"]+/)[0],
  };
}

function mailedLink(folder, address) {
  let files = [];
  return until(() => `a mail to ${address} in ${files}`, async () => {
    files = await readdir(folder).catch(() => []);
    for (const file of files.sort().reverse()) {
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('=\r\n', '').replaceAll('=3D', '=');
      if (text.includes(`To: ${address}\r\n`)) return text.match(/https?:\/\/\S+/)[0];
    }
  });
}

function organization(name, mailbox) {
  return ['--organization', name, '--email', `${mailbox}@journeys.example`, '--json'];
}

function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function ready(origin, child, log) {
  return until(() => `the server is not ready:\n${log()}`, async () => {
    if (child.exitCode !== null) throw new Error(`the server has ended:\n${log()}`);
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    return answer?.status === 200;
  }, READY_WITHIN_MS);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}
