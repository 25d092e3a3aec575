// What a file of journeys needs: a browser, and a platform of its own, for as long as the file runs.

import { after } from 'node:test';
import { startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

export async function stage(options) {
  const [browser, server] = await Promise.all([startBrowser(), startServer(options)]);
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return { browser, server };
}
