// Waiting for what happens by itself.

const PATIENCE_MS = 90_000;

/** Waits until something is shown: by itself with scripts, by loading the page again without. */
export async function shown(page, locator, scripts) {
  if (scripts) return locator.waitFor({ timeout: PATIENCE_MS });
  const until = Date.now() + PATIENCE_MS;
  while (!(await locator.isVisible())) {
    if (Date.now() > until) throw new Error(`${locator} never appeared on ${page.url()}`);
    await page.reload();
  }
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
