// Journeys: somebody makes a passkey, signs in with it and nothing else, and deletes it.
//
// The device is the browser's own virtual one; all that is asked and answered is real.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, makePasskey, setUpApp } from '../lib/authenticators.mjs';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { press } from '../lib/keyboard.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

const PASSWORD = 'correct horse battery staple';

// Browsers bind passkeys to a name.
const { browser, server } = await stage({ host: 'localhost' });

/** Goes somewhere, and on only when the page listens. */
async function open(page, path) {
  await page.goto(server.origin + path);
  await page.locator('html[data-alive]').waitFor();
}

/** Signs in with a link, and chooses a password on the way. */
async function signInAndChoose(page, link) {
  await page.goto(link);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

test('a passkey is made, signs in alone, and is deleted', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Passkeys');
  await visit(browser, { name: 'passkeys', expected: ['401'] }, async (page) => {
    await signIn(page, link);
    const phone = await device(page);
    await page.goto(`${server.origin}/security`);
    await page.locator('html[data-alive]').waitFor();
    await page.getByText('No passkeys yet').waitFor();
    await page.getByText('Make a passkey, as code').waitFor();

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
    await open(page, '/security');
    await makePasskey(page, 'Laptop');

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

test('an app and a passkey each prove who is there', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Both proofs');
  await visit(browser, { name: 'passkeys-both', expected: ['400', '403'] }, async (page) => {
    const made = (name) => page.getByRole('heading', { level: 1, name: `Policy of ${name}` });
    const asks = async (name) => {
      await open(page, '/roles/create');
      await page.getByLabel('Name', { exact: true }).fill(name);
      await server.forgetProofs();
      await page.getByLabel('Name', { exact: true }).press('Enter');
      await page.getByText('Then what you asked for is done at once: create-iam-role').waitFor();
      await page.locator('html[data-alive]').waitFor();
    };
    await signIn(page, link);
    await device(page);
    await open(page, '/security');
    await makePasskey(page, 'Laptop');
    await open(page, '/security/two-step');
    const app = await setUpApp(page);

    await asks('By passkey');
    await page.getByLabel('Code', { exact: true }).and(page.locator(':focus')).waitFor();
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await checkAccessibility(page);
      await screenshot(page, `passkeys-both-${viewport}-${theme}`);
    });
    await press(page, page.getByRole('button', { name: 'Confirm with a passkey and go on' }));
    await made('By passkey').waitFor();

    await asks('By code');
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    // It is said in the form that was sent, and not in the other.
    const said = (form) => form.getByRole('alert').getByText('This does not prove who you are');
    const typed = page.locator('form').filter({ has: page.getByLabel('Code', { exact: true }) });
    const pressed = page.locator('form').filter({ has: page.getByRole('button', { name: 'Confirm with a passkey and go on' }) });
    await said(typed).waitFor();
    assert.equal(await page.getByRole('alert').count(), 1);
    await page.locator('html[data-alive]').waitFor();
    assert.equal(await page.getByRole('alert').count(), 1);
    // The same of the device's form: the question that it answers is spoiled on the way.
    const spoiled = (route) => route.continue({
      postData: route.request().postData().replace(/(^|&)state=[^&]*/, '$1state=spoiled'),
    });
    await page.route('**/form/confirm-session', spoiled, { times: 1 });
    await Promise.all([
      page.waitForEvent('load'),
      press(page, page.getByRole('button', { name: 'Confirm with a passkey and go on' })),
    ]);
    await pressed.getByRole('alert').waitFor();
    assert.equal(await page.getByRole('alert').count(), 1);
    await page.locator('html[data-alive]').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(app.code());
    await page.getByRole('button', { name: 'Confirm and go on', exact: true }).click();
    await made('By code').waitFor();
  });
});

test('where two steps are demanded, the last one stays, and a password asks for the passkey', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Last step');
  await visit(browser, { name: 'passkeys-last', expected: ['403'] }, async (page) => {
    const laptop = page.getByRole('row', { name: 'Laptop' });
    const why = 'it is your last second step, demanded by: Last step';
    await signInAndChoose(page, link);
    const phone = await device(page);
    await open(page, '/security');
    await makePasskey(page, 'Laptop');
    await laptop.getByRole('link', { name: 'Delete' }).waitFor();
    await open(page, '/organization');
    await page.getByLabel('Everybody must sign in in two steps').check();
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save' }).click()]);

    // The only passkey: why it stays is said before anything is pressed.
    await open(page, '/security');
    await laptop.getByRole('button', { name: `Delete Not possible now: ${why}` }).waitFor();
    assert.equal(await laptop.getByRole('link', { name: 'Delete' }).count(), 0);
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await checkAccessibility(page);
      await screenshot(page, `passkeys-last-${viewport}-${theme}`);
    });
    // Whoever comes by the address is told the same.
    const id = await laptop.getByRole('link', { name: 'Activity' }).getAttribute('href');
    const deletes = `/security/delete-passkey?id=${new URL(id, server.origin).searchParams.get('subject-id')}`;
    await open(page, deletes);
    await page.getByRole('button', { name: `Delete the passkey Laptop Not possible now: ${why}` }).waitFor();

    // A password is one step: the passkey is asked for, and leads to where one wanted to go.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await open(page, '/sign-in?return=%2Fquotas');
    await page.getByLabel('E-mail').fill('last-step@journeys.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('You have a passkey: confirm with it, and everything opens').waitFor();
    await page.locator('html[data-alive]').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Set up two-step sign-in' }).count(), 0);
    assert.equal(await page.locator('.sidebar').count(), 0);
    await inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await checkAccessibility(page);
      await screenshot(page, `passkeys-shut-out-${viewport}-${theme}`);
    });
    await phone.verifies(false);
    const confirm = page.getByRole('button', { name: 'Confirm with a passkey', exact: true });
    await press(page, confirm);
    await page.getByText('The browser gave no passkey').waitFor();
    await phone.verifies(true);
    await confirm.click();
    await page.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();
    assert.equal(await page.locator('.sidebar').count(), 1);

    // Beside an app it goes; then the app is the last.
    await open(page, '/security/two-step');
    await setUpApp(page);
    await open(page, deletes);
    await page.getByRole('button', { name: 'Delete the passkey Laptop', exact: true }).click();
    await page.getByText('No passkeys yet').waitFor();
    await page.getByRole('button', { name: `Turn off two-step sign-in Not possible now: ${why}` }).waitFor();
    await open(page, '/security/turn-off');
    await page.getByRole('button', { name: `Turn off two-step sign-in Not possible now: ${why}` }).waitFor();
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
