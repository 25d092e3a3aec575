// Journeys: somebody makes a passkey, signs in with it and nothing else, and deletes it.
//
// The device is the browser's own virtual one; all that is asked and answered is real.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { press } from '../lib/keyboard.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

// Browsers bind passkeys to a name.
const { browser, server } = await stage({ host: 'localhost' });

/** A device with a fingerprint reader; `says` is whether the right finger is on it. */
async function device(page, says = true) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: says,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Another finger, or the right one. */
    verifies: (isUserVerified) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

test('a passkey is made, signs in alone, and is deleted', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Passkeys');
  await visit(browser, { name: 'passkeys', expected: ['401'] }, async (page) => {
    await signIn(page, link);
    const phone = await device(page);
    await page.goto(`${server.origin}/security`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByText('No passkeys yet').waitFor();

    // Nobody touches it: nothing is made, and what was typed stays.
    await phone.verifies(false);
    await page.getByLabel('Name').fill('Laptop');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('The browser gave no passkey').waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Laptop');
    await phone.verifies(true);
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    const row = page.getByRole('row', { name: 'Laptop' });
    await row.getByText('never').waitFor();
    assert.equal((await phone.keys()).length, 1);
    await inEveryLook(page, async (look) => {
      await checkWidth(page);
      await checkAccessibility(page);
      await screenshot(page, `passkeys-${look}`);
    });
    // The device knows that it has one.
    await page.getByLabel('Name').fill('Laptop again');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('This device has a passkey of yours already').waitFor();

    // Whoever looks after people sees it, too.
    await page.goto(`${server.origin}/users`);
    await page.locator('table').getByText('passkey', { exact: true }).waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await screenshot(page, `passkeys-users-${viewport}-${theme}`);
    });

    // Without the session: the device is enough.
    await page.goto(`${server.origin}/robots.txt`);
    await page.context().clearCookies();
    await page.goto(`${server.origin}/sign-in?return=%2Fsecurity`);
    await page.locator('html[data-alive]').waitFor();
    await screenshot(page, 'passkeys-sign-in');
    await Promise.all([
      page.waitForURL(`${server.origin}/security`),
      page.getByRole('button', { name: 'Sign in with a passkey' }).click(),
    ]);
    await page.locator('html[data-alive]').waitFor();
    const used = page.getByRole('row', { name: 'Laptop' });
    assert.doesNotMatch(await used.innerText(), /never/);

    await used.getByRole('link', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Delete the passkey Laptop' }).waitFor();
    await checkAccessibility(page);
    await screenshot(page, 'passkeys-delete');
    await page.getByRole('button', { name: 'Delete the passkey Laptop' }).click();
    await page.getByText('No passkeys yet').waitFor();

    // The device still offers it; here it is nobody's.
    await page.goto(`${server.origin}/robots.txt`);
    await page.context().clearCookies();
    await page.goto(`${server.origin}/sign-in`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('This passkey signs nobody in here').waitFor();
  });
});

test('a passkey proves who is there, and what was asked for is done', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Passkey proof');
  await visit(browser, { name: 'passkeys-proof', expected: ['403'] }, async (page) => {
    const button = (name) => page.getByRole('button', { name, exact: true });
    await signIn(page, link);
    const phone = await device(page);
    await page.goto(`${server.origin}/security`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByLabel('Name').fill('Laptop');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('row', { name: 'Laptop' }).waitFor();

    // There is no password: the device is all there is. From here on without a mouse.
    await page.goto(`${server.origin}/roles/create`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Night shift');
    await server.forgetProofs();
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await page.getByText('Then what you asked for is done at once: create-iam-role').waitFor();
    await page.locator('html[data-alive]').waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await checkAccessibility(page);
      await screenshot(page, `passkeys-proof-${viewport}-${theme}`);
    });
    await phone.verifies(false);
    const confirm = button('Confirm with a passkey and go on');
    await press(page, confirm);
    await page.getByText('The browser gave no passkey').waitFor();
    await phone.verifies(true);
    await confirm.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Policy of Night shift' }).waitFor();

    // Signing in, without a mouse, too.
    await page.goto(`${server.origin}/robots.txt`);
    await page.context().clearCookies();
    await page.goto(`${server.origin}/sign-in?return=%2Fsecurity`);
    await page.locator('html[data-alive]').waitFor();
    await press(page, button('Sign in with a passkey'));
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
  });
});

test('without scripts it is said what is missing', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Passkeys without');
  await visit(browser, { name: 'passkeys-without', scripts: false }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/security`);
    assert.equal(await page.getByText('Passkeys need scripts').isVisible(), true);
    assert.equal(await page.getByRole('button', { name: 'Make a passkey' }).isVisible(), false);
  });
});
