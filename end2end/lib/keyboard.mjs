// No mouse.

import assert from 'node:assert/strict';

// More than any page has.
const PRESSES = 150;

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

/** Goes through all of a page with Tab, once round: whatever has the focus shows it, stands behind what had it
 *  before, and lets it go again; and nothing that can be pressed or filled in is left out. */
export async function walk(page) {
  await page.evaluate(() => {
    const looks = (one) => {
      const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
      return [outline, boxShadow, borderColor, backgroundColor].join();
    };
    const named = (one) => one.outerHTML.slice(0, 120);
    const met = [];
    window.walk = {
      /** Remembers what has the focus; true when it had it before. */
      step() {
        const one = document.activeElement;
        if (met.some((before) => before.one === one)) return true;
        if (one !== document.body) met.push({ one, focused: looks(one) });
        return false;
      },
      faults() {
        document.activeElement.blur();
        // What was said in passing may have gone meanwhile.
        const there = met.filter(({ one }) => one.isConnected);
        const faults = there.filter(({ one, focused }) => looks(one) === focused).map(({ one }) => `not seen: ${named(one)}`);
        // It may have begun in the middle: once it begins again at the top.
        const back = (one, next) => one.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING;
        const jumps = there.flatMap(({ one }, index) => {
          const next = there[(index + 1) % there.length].one;
          return back(one, next) ? [`goes back from ${named(one)} to ${named(next)}`] : [];
        });
        if (jumps.length > 1) faults.push(...jumps);
        const all = document.querySelectorAll('a[href], button, input, select, textarea, summary');
        for (const one of all) {
          const can = !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden' && one.checkVisibility({ visibilityProperty: true });
          if (can && !met.some((before) => before.one === one)) faults.push(`never reached: ${named(one)}`);
        }
        return [...faults, ...(met.length ? [] : ['nothing has the focus'])];
      },
    };
  });
  let again = false;
  for (let press = 0; press < PRESSES && !again; press += 1) {
    await page.keyboard.press('Tab');
    again = await page.evaluate(() => window.walk.step());
  }
  assert.ok(again, 'Tab goes round');
  assert.deepEqual(await page.evaluate(() => window.walk.faults()), []);
}
