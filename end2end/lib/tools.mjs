// Running what code panels show: bash with curl, and Python with the real SDK.
//
// COULOIR_TEST_PYTHON names a Python that has `exoscale`; the default is the one of the tier `clients`.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Python that has `exoscale`. */
export const PYTHON =
  process.env.COULOIR_TEST_PYTHON ??
  new URL('../../target/clients-venv/bin/python', import.meta.url).pathname;
const PATIENCE_MS = 180_000;

/** Runs shown lines with `environment`; `files` lie where they run. What they print, and whether it went well. */
export async function run(tool, lines, environment, files = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'couloir-lines-'));
  try {
    // Says the status without a word in the shown line.
    await writeFile(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const [program, words] = tool === 'curl' ? ['bash', ['-c', lines]] : [PYTHON, ['-c', lines]];
    const { PATH } = process.env;
    const env = { PATH, HOME: folder, CURL_HOME: folder, ...environment };
    const { failed, out } = await new Promise((resolve) =>
      execFile(program, words, { cwd: folder, env, timeout: PATIENCE_MS }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, out: `${stdout}${stderr}` }),
      ),
    );
    return { ok: !failed && !refused(tool, out), out };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether what was printed is a status of 400 or more. */
function refused(tool, out) {
  const status = tool === 'curl' ? out.trim().split('\n').at(-1) : out.match(/^(\d{3}) /)?.[1];
  return status !== undefined && !/^2\d\d$/.test(status);
}
