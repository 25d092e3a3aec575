// No mouse.

import assert from 'node:assert/strict';

// More than any page has.
const PRESSES = 100;

/** Presses Tab until it has the focus. */
export async function tabTo(page, target) {
  for (let press = 0; press < PRESSES; press += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  assert.fail(`Tab never comes to ${target}`);
}

/** Goes there with Tab, and presses Enter. */
export async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
