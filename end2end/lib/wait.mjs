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
