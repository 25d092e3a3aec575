// Journeys: forms that forgive. Two people at once, what was typed and is back, undo.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { createInstance } from '../lib/make.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';
import { shown } from '../lib/wait.mjs';

const { browser, server } = await stage();

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const alive = (page) => page.locator('html[data-alive]').waitFor({ state: 'attached' });
/** The keeper has come and has seen the forms of the page. */
const kept = (page) => page.locator('main form[data-kept]').first().waitFor({ state: 'attached' });
const email = (name) => `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@journeys.example`;

async function settings(page, instance, scripts = true) {
  await page.goto(`${server.origin}/instances/${instance}/settings`);
  if (scripts) {
    await alive(page);
    await kept(page);
  }
}

/** Sets for how many hours is kept what was deleted, as a program does. */
async function setHours(hours) {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ 'instance-recovery-hours': hours });
  return (await fetch('/v2/organization', { method: 'PUT', headers, body })).status;
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`two people rename one instance, and nothing is lost: ${how}`, async () => {
    const name = `Rename ${how}`;
    const { 'sign-in-url': link } = await server.createOrganization(name);
    await visit(browser, { name: 'merge', scripts, expected: ['412'] }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web', { scripts });
      await settings(page, id, scripts);
      const other = await page.context().newPage();
      await settings(other, id, scripts);
      await other.getByLabel('Name', { exact: true }).fill('theirs');
      await other.getByLabel('Labels').fill('tier=front');
      await other.getByRole('button', { name: 'Save changes' }).click();
      await heading(other, 'theirs').waitFor();
      await other.close();

      await page.getByLabel('Name', { exact: true }).fill('mine');
      await page.getByRole('button', { name: 'Save changes' }).click();
      const merge = page.getByRole('alert');
      await merge.getByText(`${email(name)} changed this since you opened it.`).waitFor();
      // What only they changed is taken over.
      assert.equal(await page.getByLabel('Labels').inputValue(), 'tier=front');
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'mine');
      await merge.getByText('Theirs, taken over').waitFor();
      if (scripts) await checkAccessibility(page);
      // A conflict has to be chosen.
      const save = page.getByRole('button', { name: 'Save changes' });
      await save.click();
      const theirs = merge.getByRole('radio', { name: /^Theirs/ });
      assert.equal(await theirs.evaluate((radio) => radio.validity.valueMissing), true);
      if (scripts) {
        await theirs.check();
        assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'theirs');
      }
      await screenshot(page, `merge-chosen-${scripts}`);
      await merge.getByRole('radio', { name: /^Yours/ }).check();
      await save.click();
      await heading(page, 'mine').waitFor();
      await merge.waitFor({ state: 'detached' });
      await page.goto(`${server.origin}/instances/${id}/settings`);
      assert.equal(await page.getByLabel('Labels').inputValue(), 'tier=front', 'both are there');

      // The other way round: theirs stays.
      if (scripts) await kept(page);
      const again = await page.context().newPage();
      await settings(again, id, scripts);
      await again.getByLabel('Name', { exact: true }).fill('theirs-2');
      await again.getByRole('button', { name: 'Save changes' }).click();
      await heading(again, 'theirs-2').waitFor();
      await again.close();
      await page.getByLabel('Name', { exact: true }).fill('mine-2');
      await page.getByLabel('Labels').fill('tier=back');
      await save.click();
      await merge.getByRole('radio', { name: /^Theirs/ }).check();
      await save.click();
      await heading(page, 'theirs-2').waitFor();
      await merge.waitFor({ state: 'detached' });
      await settings(page, id, scripts);
      assert.equal(await page.getByLabel('Labels').inputValue(), 'tier=back');
    });
  });

  test(`two people set for how long is kept what was deleted, and it is undone: ${how}`, async () => {
    const name = `Kept ${how}`;
    const { 'sign-in-url': link } = await server.createOrganization(name);
    await visit(browser, { name: 'organization', scripts, expected: ['412'] }, async (page) => {
      await signIn(page, link);
      const open = async (page) => {
        await page.goto(`${server.origin}/organization`);
        if (scripts) {
          await alive(page);
          await kept(page);
        }
      };
      const hours = (page) => page.getByLabel('Kept for');
      const save = async (page, hours) => {
        await page.getByLabel('Kept for').selectOption(hours);
        await page.getByRole('button', { name: 'Save' }).click();
      };
      const offers = (page) => page.locator('.toasts').getByRole('button', { name: 'Undo' });
      await open(page);
      const other = await page.context().newPage();
      await open(other);
      // With scripts not one of those that the page offers, as programs may set it.
      const theirs = scripts ? '5' : '168';
      if (scripts) {
        assert.equal(await other.evaluate(setHours, Number(theirs)), 200);
      } else {
        await save(other, theirs);
        await offers(other).waitFor();
      }
      await other.close();

      await save(page, '72');
      const merge = page.getByRole('alert');
      await merge.getByText(`${email(name)} changed this since you opened it.`).waitFor();
      await merge.getByText('Kept for, in hours').waitFor();
      assert.equal(await hours(page).inputValue(), '72');
      if (scripts) {
        await merge.getByRole('radio', { name: /^Theirs/ }).check();
        assert.equal(await hours(page).inputValue(), theirs, 'what was not offered is');
        await checkAccessibility(page);
      }
      await screenshot(page, `merge-organization-${scripts}`);
      await merge.getByRole('radio', { name: /^Yours/ }).check();
      await page.getByRole('button', { name: 'Save' }).click();
      await merge.waitFor({ state: 'detached' });
      await offers(page).waitFor();
      assert.equal(await hours(page).inputValue(), '72');

      await screenshot(page, `undo-organization-${scripts}`);
      await offers(page).click();
      await page.locator(`option[selected][value="${theirs}"]`).waitFor({ state: 'attached' });
      await open(page);
      assert.equal(await hours(page).inputValue(), theirs, 'as it was before');

      if (!scripts) return;
      // What was chosen and not sent is back after a reload.
      await hours(page).selectOption('168');
      await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('168')));
      await open(page);
      await page.getByText(/What you typed on .* is back/).waitFor();
      assert.equal(await hours(page).inputValue(), '168');
    });
  });

  test(`what was done is undone: ${how}`, async () => {
    const { 'sign-in-url': link } = await server.createOrganization(`Undo ${how}`);
    await visit(browser, { name: 'undo', scripts, expected: ['409', '412'] }, async (page) => {
      await signIn(page, link);
      const id = await createInstance(page, server, 'web', { scripts });
      const notices = page.locator('.toasts');
      const undo = notices.getByRole('button', { name: 'Undo' });
      await settings(page, id, scripts);
      await page.getByLabel('Name', { exact: true }).fill('wrong');
      await page.getByLabel('Labels').fill('env=test');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await heading(page, 'wrong').waitFor();
      if (!scripts) await undo.waitFor();
      await screenshot(page, `undo-offered-${scripts}`);
      await undo.click();
      await heading(page, 'web').waitFor();
      await settings(page, id, scripts);
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'web');
      assert.equal(await page.getByLabel('Labels').inputValue(), '');

      await page.getByRole('button', { name: 'Protect against deletion' }).click();
      await page.getByText('Protected against deletion', { exact: true }).waitFor();
      await undo.last().click();
      await page.getByText('Not protected', { exact: true }).waitFor();

      // An undo waits until what it undoes has ended.
      await page.goto(`${server.origin}/instances/${id}/confirm/stop`);
      if (scripts) await alive(page);
      await page.getByRole('button', { name: 'Stop instance web' }).click();
      await heading(page, 'web').waitFor();
      const state = (word) => page.getByRole('main').locator('header').getByText(word, { exact: true }).first();
      await undo.waitFor();
      if (scripts) {
        await undo.click();
        await page.locator('.toasts').getByText('Undone: Stop of web requested').waitFor();
      }
      await shown(page, state(scripts ? 'Running' : 'Stopped'), scripts);
    });
  });
}

test('an undo comes too late when somebody else has changed it since', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Late undo');
  await visit(browser, { name: 'undo-late', expected: ['412'] }, async (page) => {
    await signIn(page, link);
    const id = await createInstance(page, server, 'web');
    await settings(page, id);
    await page.getByLabel('Name', { exact: true }).fill('first');
    await page.getByRole('button', { name: 'Save changes' }).click();
    const undo = page.locator('.toasts').getByRole('button', { name: 'Undo' });
    await undo.hover();
    const other = await page.context().newPage();
    await settings(other, id);
    await other.getByLabel('Name', { exact: true }).fill('second');
    await other.getByRole('button', { name: 'Save changes' }).click();
    await heading(other, 'second').waitFor();
    await other.close();
    await undo.click();
    await page.getByText("It was changed since, so it can't be undone any more.").waitFor();
    await heading(page, 'second').waitFor();
  });
});

test('undo counts down, waits while somebody looks, and goes by keyboard', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Countdown');
  await visit(browser, { name: 'undo-keys' }, async (page) => {
    await signIn(page, link);
    const id = await createInstance(page, server, 'web');
    await settings(page, id);
    await page.getByRole('button', { name: 'Protect against deletion' }).click();
    const undo = page.locator('.toasts').getByRole('button', { name: 'Undo' });
    await page.mouse.move(10, 10);
    await undo.getByText(/^[78] s$/).waitFor();
    await undo.focus();
    const held = await undo.innerText();
    await new Promise((done) => setTimeout(done, 2_500));
    assert.equal(await undo.innerText(), held, 'it waits');
    await checkAccessibility(page);
    await page.keyboard.press('Enter');
    await page.getByText('Not protected', { exact: true }).waitFor();
    await page.getByText('Undone: web changed').waitFor();
    // What was undone is undone, by key.
    await undo.waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Protected against deletion', { exact: true }).waitFor();
    await undo.waitFor();
    await undo.waitFor({ state: 'detached' });
  });
});

test('views and columns are undone, too', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Undo views');
  await visit(browser, { name: 'undo-views' }, async (page) => {
    await signIn(page, link);
    await page.goto(`${server.origin}/lists/instances/save-view?query=state%3Drunning`);
    await alive(page);
    await page.getByLabel('Name', { exact: false }).first().fill('Up');
    await page.getByRole('button', { name: 'Save view' }).click();
    await heading(page, 'Instances').waitFor();
    await page.goto(`${server.origin}/lists/instances/views`);
    await alive(page);
    await page.getByRole('link', { name: 'Delete Up' }).click();
    await page.getByRole('button', { name: 'Delete Up' }).click();
    await page.getByText('Up', { exact: true }).first().waitFor({ state: 'detached' });
    await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Up', exact: true }).first().waitFor();

    await page.goto(`${server.origin}/lists/instances/columns`);
    await alive(page);
    await page.getByRole('checkbox').first().click();
    await page.getByRole('button', { name: 'Save columns', exact: false }).first().click();
    await heading(page, 'Instances').waitFor();
    await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click();
    await heading(page, 'Instances').waitFor();
    await page.waitForLoadState();
    assert.equal(await page.locator('.toasts').getByText('Columns changed').count(), 1, 'and back again');
  });
});

/** Fills in the form of an instance, its secrets too. */
async function describe(page) {
  await page.goto(`${server.origin}/instances/create`);
  await alive(page);
  await kept(page);
  await page.getByText('de-fra-1', { exact: true }).click();
  await page.getByRole('radio', { name: /^small/ }).check();
  await page.getByLabel('Size in GiB').fill('42');
  await page.getByLabel('Labels').fill('env=draft');
  await page.getByLabel('Name', { exact: false }).first().fill('typed');
  await page.getByRole('button', { name: 'Create typed', exact: true }).waitFor();
  await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('typed')));
}

/** Everything is in the form again, and what follows from it. */
async function described(page) {
  await page.getByText(/^What you typed on .* is back\./).waitFor();
  assert.equal(await page.getByLabel('Name', { exact: false }).first().inputValue(), 'typed');
  assert.equal(await page.getByLabel('Size in GiB').inputValue(), '42');
  assert.equal(await page.getByLabel('Labels').inputValue(), 'env=draft');
  assert.equal(await page.getByRole('radio', { name: /^small/ }).isChecked(), true);
  await page.getByRole('button', { name: 'Create typed', exact: true }).waitFor();
}

test('what was typed survives a reload, but no secret does; afresh is empty', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Reload');
  await visit(browser, { name: 'draft-reload' }, async (page) => {
    await signIn(page, link);
    await describe(page);
    await page.reload();
    await alive(page);
    await described(page);
    await checkAccessibility(page);

    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      return dialog.accept();
    });
    await page.getByLabel('Script or cloud-config').fill('#cloud-config\npassword: geheim\n');
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('geheim')), false);
    await page.reload();
    await alive(page);
    await described(page);
    assert.equal(asked, 1, 'what is not kept is asked for');
    await page.getByText('Secrets are never kept').waitFor();
    await page.getByRole('button', { name: 'Start afresh' }).click();
    assert.equal(await page.getByLabel('Labels').inputValue(), '');
    await page.getByRole('button', { name: 'Create instance', exact: true }).waitFor();
    await page.reload();
    await alive(page);
    await kept(page);
    assert.equal(await page.getByText(/^What you typed/).count(), 0);
  });
});

test('who leaves a form is not nagged and can have everything back', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Leave');
  await visit(browser, { name: 'draft-leave' }, async (page) => {
    await signIn(page, link);
    await describe(page);
    await page.getByRole('navigation').getByRole('link', { name: 'Templates' }).first().click();
    await heading(page, 'Templates').waitFor();
    const notices = page.locator('.toasts');
    await notices.getByText('Unsaved changes of “Create instance” were kept.').waitFor();
    await screenshot(page, 'draft-kept');
    await notices.getByRole('link', { name: 'Give back' }).click();
    await heading(page, 'Create instance').waitFor();
    await described(page);
    await page.getByRole('button', { name: 'Create typed', exact: true }).click();
    await heading(page, 'typed').waitFor();
    await page.goto(`${server.origin}/instances/create`);
    await alive(page);
    await kept(page);
    assert.equal(await page.getByText(/^What you typed/).count(), 0, 'what was accepted is not kept');
  });
});

test('without a network nothing is lost, and sending again does it once', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Offline');
  const expected = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED'];
  await visit(browser, { name: 'draft-offline', expected }, async (page) => {
    await signIn(page, link);
    await describe(page);
    // The request arrives and its answer does not: what is sent again must not act twice.
    let cut = true;
    await page.route('**/form/create-instance', async (route) => {
      if (!cut) return route.continue();
      cut = false;
      await route.fetch();
      await page.context().setOffline(true);
      return route.abort();
    });
    await page.getByRole('button', { name: 'Create typed', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Waiting for the server').waitFor();
    await screenshot(page, 'draft-offline-waiting');
    await page.context().setOffline(false);
    await alert.getByText('The server can be reached again').waitFor();
    await alert.getByRole('button', { name: 'Send again' }).click();
    await heading(page, 'typed').waitFor();
    await page.goto(`${server.origin}/instances`);
    assert.equal(await page.getByRole('link', { name: 'typed', exact: true }).count(), 1);
  });
});

test('after the session has ended one signs in and everything is there', async () => {
  const name = 'Expired';
  const { 'sign-in-url': link } = await server.createOrganization(name);
  await visit(browser, { name: 'draft-expired', expected: ['401'] }, async (page) => {
    await signIn(page, link);
    await describe(page);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Create typed', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Your session has ended').waitFor();
    await checkAccessibility(page);
    await screenshot(page, 'draft-expired-asked');
    const tab = alert.getByRole('link', { name: 'Sign in in a new tab' });
    assert.equal(await tab.getAttribute('target'), '_blank');
    await alert.getByRole('link', { name: 'Sign in here' }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    assert.match(page.url(), /return=%2Finstances%2Fcreate/);
    await signIn(page, await server.signInLink(email(name)));
    await page.goto(`${server.origin}/instances/create`);
    await described(page);
    // Signing out leaves nothing behind.
    await page.locator('summary').filter({ hasText: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  });
});

/** Sets a password while the link is used. */
async function signInFirst(page, link, password) {
  await page.goto(link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Home').waitFor();
}

/** Ends the session of a page behind its back; its browser still has the cookie. */
async function endSession(page) {
  const [{ name, value }] = (await page.context().cookies()).filter(({ name }) => name.includes('session'));
  const headers = { cookie: `${name}=${value}`, origin: server.origin };
  const { status } = await fetch(`${server.origin}/v2/session/current`, { method: 'DELETE', headers });
  assert.equal(status, 200);
}

async function signInAgain(page, email, password) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const PASSWORD = 'correct horse battery staple';
const SCRIPT = `#cloud-config\n# "a" & 'b' </textarea><script>1</script> &lt;\n`;

test('after the session has ended one signs in and sends what is there again: without scripts', async () => {
  const name = 'Ended';
  const { 'sign-in-url': link } = await server.createOrganization(name);
  await visit(browser, { name: 'kept', scripts: false, expected: ['401'] }, async (page) => {
    await signInFirst(page, link, PASSWORD);
    await page.goto(`${server.origin}/instances/create`);
    await page.getByText('de-fra-1', { exact: true }).click();
    await page.getByRole('radio', { name: /^Linux Debian 13/ }).check();
    await page.getByRole('radio', { name: /^small/ }).check();
    await page.getByLabel('Size in GiB').fill('42');
    await page.getByLabel('Labels').fill('env=kept\ntier="front" <b>');
    await page.getByLabel('Script or cloud-config').fill(SCRIPT);
    await page.getByLabel('Name', { exact: false }).first().fill('kept <b>"it"</b>');
    await endSession(page);
    await page.getByRole('button', { name: 'Create instance', exact: true }).click();

    const ended = page.getByText('Your session has ended, and nothing was done yet.');
    await ended.waitFor();
    for (const wrong of ['not it', 'not it either']) {
      await signInAgain(page, email(name), wrong);
      await page.getByRole('alert').waitFor();
      await ended.waitFor();
    }
    await screenshot(page, 'kept-wrong-password');
    await signInAgain(page, email(name), PASSWORD);
    await heading(page, 'Create instance').waitFor();
    await page.getByText('You are signed in again. Nothing was sent yet').waitFor();
    await screenshot(page, 'kept-given-back');
    assert.equal(await page.getByLabel('Name', { exact: false }).first().inputValue(), 'kept <b>"it"</b>');
    assert.equal(await page.getByLabel('Size in GiB').inputValue(), '42');
    assert.equal(await page.getByLabel('Labels').inputValue(), 'env=kept\ntier="front" <b>');
    assert.equal(await page.getByLabel('Script or cloud-config').inputValue(), SCRIPT);
    assert.equal(await page.getByRole('radio', { name: /^small/ }).isChecked(), true);
    assert.equal(await page.getByRole('radio', { name: /^de-fra-1/ }).isChecked(), true);
    assert.equal(await page.getByRole('radio', { name: /^Linux Debian 13/ }).isChecked(), true);

    const list = await page.context().newPage();
    await list.goto(`${server.origin}/instances`);
    assert.equal(await list.getByRole('link', { name: 'kept <b>' }).count(), 0, 'nothing was sent');
    await list.close();
    await page.getByRole('button', { name: 'Create kept <b>"it"</b>', exact: true }).click();
    await heading(page, 'kept <b>"it"</b>').waitFor();
  });
});

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`a form that its page sent before it was alive is given back: ${how}`, async () => {
    const name = `Early ${how}`;
    const { 'sign-in-url': link } = await server.createOrganization(name);
    await visit(browser, { name: 'kept-early', scripts, expected: ['401'] }, async (page) => {
      await signInFirst(page, link, PASSWORD);
      await page.goto(`${server.origin}/organization`);
      await page.getByLabel('Kept for').selectOption('72');
      await endSession(page);
      // As a browser does it, whether there are scripts or not.
      await page.getByRole('button', { name: 'Save' }).evaluate((button) => button.form.submit());
      await page.getByText('Your session has ended, and nothing was done yet.').waitFor();
      if (scripts) {
        await alive(page);
        await checkAccessibility(page);
      }
      await signInAgain(page, email(name), PASSWORD);
      const notice = page.getByText('You are signed in again. Nothing was sent yet');
      await notice.waitFor();
      if (scripts) {
        await alive(page);
        await checkAccessibility(page);
      }
      assert.equal(await page.getByLabel('Kept for').inputValue(), '72');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.toasts').getByRole('button', { name: 'Undo' }).waitFor();
      await notice.waitFor({ state: 'detached' });
      await page.goto(`${server.origin}/organization`);
      assert.equal(await page.getByLabel('Kept for').inputValue(), '72');
    });
  });
}

test('the sign-in that carries a form looks right at every width, in both themes', async () => {
  const name = 'Carried';
  const { 'sign-in-url': link } = await server.createOrganization(name);
  await visit(browser, { scripts: false, expected: ['401'] }, async (page) => {
    const look = (picture) => inEveryLook(page, async (viewport, theme) => {
      await checkWidth(page);
      await screenshot(page, `${picture}-${viewport}-${theme}`);
    });
    await signInFirst(page, link, PASSWORD);
    await page.goto(`${server.origin}/ssh-keys`);
    await page.getByLabel('Name of the key').fill('laptop');
    await page.getByLabel('Public key').fill('ssh-ed25519 AAAA');
    await endSession(page);
    await page.getByRole('button', { name: 'Register key', exact: true }).click();
    await page.getByText('Your session has ended').waitFor();
    await look('kept-sign-in');
    await signInAgain(page, email(name), PASSWORD);
    await page.getByText('You are signed in again.').waitFor();
    await look('kept-back');
  });
});

test('a server that starts anew does what was sent once', async () => {
  const own = await startServer();
  const { 'sign-in-url': link } = await own.createOrganization('Restart');
  try {
    await visit(browser, { name: 'draft-restart', expected: ['ERR_CONNECTION', 'ERR_INCOMPLETE', 'ERR_NETWORK', 'ERR_EMPTY', '503'] }, async (page) => {
      await signIn(page, link);
      await page.goto(`${own.origin}/ssh-keys`);
      await alive(page);
      await kept(page);
      await page.goto(`${own.origin}/lists/instances/save-view`);
      await alive(page);
      await kept(page);
      await page.getByLabel('Name', { exact: false }).first().fill('Mine');
      await own.halt();
      await page.getByRole('button', { name: 'Save view' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText('Waiting for the server').waitFor();
      await own.go();
      await alert.getByText('The server can be reached again').waitFor();
      await alert.getByRole('button', { name: 'Send again' }).click();
      await heading(page, 'Instances').waitFor();
      await page.goto(`${own.origin}/lists/instances/views`);
      assert.equal(await page.getByRole('link', { name: 'Mine', exact: true }).count(), 1);
    });
  } finally {
    await own.stop();
  }
});

test('it looks right at every width, in both themes', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Looks');
  await visit(browser, { expected: ['412'] }, async (page) => {
    const look = (of, name) => inEveryLook(of, async (viewport, theme) => {
      await checkWidth(of);
      await screenshot(of, `forgive-${name}-${viewport}-${theme}`);
    });
    await signIn(page, link);
    const id = await createInstance(page, server, 'web');
    await settings(page, id);
    const other = await page.context().newPage();
    await settings(other, id);
    await other.getByLabel('Name', { exact: true }).fill('theirs');
    await other.getByLabel('Labels').fill('whose=theirs');
    await other.getByRole('button', { name: 'Save changes' }).click();
    await heading(other, 'theirs').waitFor();
    await other.getByRole('button', { name: /^Undo/ }).waitFor();
    await screenshot(other, 'forgive-undo');
    await other.close();
    await page.getByLabel('Name', { exact: true }).fill('mine');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('alert').waitFor();
    await look(page, 'merge');
    await checkAccessibility(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await checkAccessibility(page);
    await page.goto(`${server.origin}/instances/create`);
    await alive(page);
    await kept(page);
    await page.getByLabel('Labels').fill('env=draft');
    await page.waitForTimeout(400);
    await page.reload();
    await page.getByText(/^What you typed on/).waitFor();
    await look(page, 'draft');
  });
});
