// The browser part as it is shipped, put in place of the server's own.
//
// The server under test is a debug build, and so is the browser part inside it. Optimising and
// splitting change more than speed, so journeys load the scripts and modules of the release build,
// from the folder that COULOIR_TEST_SITE names. Without it they take what the server has.

import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SITE = process.env.COULOIR_TEST_SITE;
const TYPES = { js: 'text/javascript; charset=utf-8', wasm: 'application/wasm' };

/** Serves scripts and modules of the release build to the pages of a context. */
export async function shipped(context) {
  if (!SITE) return;
  const manifest = JSON.parse(await readFile(join(SITE, 'manifest.json'), 'utf8'));
  const folder = join(SITE, dirname(manifest.js.path));
  await context.route(/\/pkg\/[0-9a-f]+\/[^/]+\.(js|wasm)$/, async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const body = await readFile(join(folder, name));
    await route.fulfill({ body, contentType: TYPES[name.split('.').pop()] });
  });
}
