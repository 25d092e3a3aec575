// Waiting for what happens by itself.

import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 90_000;

/** Asks until there is an answer, and returns it. */
export async function until(what, ask, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`in vain: ${typeof what === 'function' ? what() : what}`);
    await pause(50);
  }
}

/** Waits until something is shown: by itself with scripts, by loading the page again without. */
export async function shown(page, locator, scripts) {
  if (scripts) return locator.waitFor({ timeout: PATIENCE_MS });
  await until(
    () => `${locator} on ${page.url()}`,
    async () => (await locator.isVisible()) || void (await page.reload()),
  );
}

/** Holds an operation's answer back until news of it drew its form anew: the worst the network does. */
export async function answeredAfterNews(page, operation) {
  await page.locator(`form[action$="/${operation}"]`).evaluate((form) => (form.dataset.sent = 'before'));
  await page.route(`**/form/${operation}`, async (route) => {
    const response = await route.fetch();
    await page.locator('form[data-sent]').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await route.fulfill({ response });
  });
}
