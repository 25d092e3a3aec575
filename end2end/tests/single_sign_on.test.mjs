// Journey: an organization's own identity provider is set up, people come by it, and it is turned off again;
// with scripts and without, against a provider of somebody else's making.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkAccessibility, checkWidth, inEveryLook, screenshot, visit } from '../lib/browser.mjs';
import { press, tabTo, walk } from '../lib/keyboard.mjs';
import { CLIENT, openProvider, signInThere, stayHere } from '../lib/provider.mjs';
import { signIn } from '../lib/sign_in.mjs';
import { stage } from '../lib/stage.mjs';

process.env.COULOIR_WEBHOOKS_TO_PRIVATE_ADDRESSES = 'true';

const { browser, server } = await stage();

// What the provider's own pages ask for and it has not.
const FOREIGN = ['favicon.ico'];

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts';

  test(`people come by their organization's provider: ${how}`, async () => {
    const organization = `Provider ${how}`;
    const { 'sign-in-url': link } = await server.createOrganization(organization);
    const people = {
      ann: { email: 'ann@journeys.example', email_verified: true, groups: ['dev'] },
      sam: { email: 'sam@journeys.example', email_verified: true, groups: ['sales'] },
    };
    let provider;
    let begin;
    const heading = (page, name) => page.getByRole('heading', { level: 1, name });
    const look = async (page, name) => {
      if (!scripts) return;
      // What is looked at while it comes alive may be replaced meanwhile.
      await page.locator('html[data-alive]').waitFor();
      await inEveryLook(page, async (viewport, theme) => {
        await checkWidth(page);
        await checkAccessibility(page);
        await screenshot(page, `single-sign-on-${name}-${viewport}-${theme}`);
      });
    };

    await visit(browser, { name: 'single-sign-on', scripts, expected: ['400'] }, async (page) => {
      const press = (name) => page.getByRole('button', { name, exact: true }).click();
      await signIn(page, link);
      await page.goto(`${server.origin}/users`);
      await page.getByRole('link', { name: 'Single sign-on', exact: true }).click();
      await heading(page, 'Single sign-on').waitFor();
      const redirect = (await page.getByText('/sign-in/answer/').first().textContent()).trim();
      provider = await openProvider(redirect, people);
      after(() => provider.close());
      await look(page, 'empty');
      await page.getByLabel('Name of the provider').fill('Acme Login');
      await page.getByLabel('Issuer').fill('https://169.254.169.254');
      await page.getByLabel('Client id').fill(CLIENT.id);
      await page.getByLabel('Client secret').fill(CLIENT.secret);
      await page.getByLabel('Domain 1').fill('journeys.example');
      // The first row stays empty: rows close up.
      await page.getByLabel('Rule 2', { exact: true }).fill("'dev' in claims.groups");
      await page.getByLabel('Role of rule 2').selectOption('Billing');
      await press('Set up');
      await page.getByText('which is not a public address').first().waitFor();
      assert.equal(await page.getByLabel('Rule 2', { exact: true }).inputValue(), "'dev' in claims.groups", 'what was typed is kept');
      await page.getByLabel('Issuer').fill(provider.issuer);
      await page.getByLabel('Client secret').fill(CLIENT.secret);
      await press('Set up');
      await page.getByRole('link', { name: 'Test', exact: true }).waitFor();
      await page.getByText('Valid', { exact: true }).waitFor();
      begin = (await page.getByText('/sign-in/organization?').first().textContent()).trim();
      await look(page, 'set-up');

      await page.getByRole('link', { name: 'Test', exact: true }).click();
      await page.getByText('The provider answers as it should').waitFor();
      await page.getByLabel('Claims', { exact: true }).fill('{ "groups": ["dev"] }');
      await press('Try');
      await page.getByText('Gets the role Billing').waitFor();
      await look(page, 'test');

      await page.goto(`${server.origin}/single-sign-on/edit`);
      await page.getByLabel('Rule 2', { exact: true }).fill('claims.groups ==');
      await page.getByLabel('Role of rule 2').selectOption('Owner');
      await look(page, 'edit');
      await press('Save');
      await page.getByText('Invalid', { exact: true }).waitFor();
    });

    await visit(browser, { name: 'single-sign-on-person', scripts, expected: ['403', ...FOREIGN] }, async (page) => {
      await stayHere(page);
      // By address, and on to where one wanted to go.
      await page.goto(`${server.origin}/instances`);
      await page.getByRole('link', { name: 'Sign in with your organization' }).click();
      await heading(page, 'Sign in with your organization').waitFor();
      await look(page, 'address');
      await page.getByLabel('E-mail').fill('nobody@nowhere.example');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('No organization was found').waitFor();
      await page.getByRole('link', { name: 'Another e-mail address' }).click();
      await page.getByLabel('E-mail').fill('ann@journeys.example');
      await page.getByRole('button', { name: 'Go on' }).click();
      const to = page.getByRole('button', { name: `Sign in to ${organization}` });
      await to.waitFor();
      await look(page, 'choice');
      await to.click();
      await signInThere(page, 'ann');
      await heading(page, 'Instances').waitFor();
      assert.equal(new URL(page.url()).pathname, '/instances');
      await page.goto(`${server.origin}/security`);
      await page.locator('table').getByText('Single sign-on', { exact: true }).waitFor();
      await page.getByText(`The identity provider of ${organization} signs you in`).waitFor();
      assert.equal(await page.locator('main form[action="/form/set-password"], main [name=password]').count(), 0);
      await look(page, 'security');
      // Who has nothing here to prove it with proves it where they come from.
      await page.goto(`${server.origin}/security/confirm?return=%2Fsecurity`);
      await page.getByText(`The identity provider of ${organization} says who you are`).waitFor();
      await look(page, 'proof');
      await press(page, page.getByRole('link', { name: 'Sign in by it again' }));
      await heading(page, 'Sign in with your organization').waitFor();
      await press(page, page.getByRole('button', { name: `Sign in to ${organization}` }));
      await heading(page, 'Security').waitFor();
      await page.getByText(/^Confirmed until .* UTC/).waitFor();
    });

    await visit(browser, { name: 'single-sign-on-refused', scripts, expected: ['403', '400', ...FOREIGN] }, async (page) => {
      await stayHere(page);
      await page.goto(begin);
      await page.getByRole('button', { name: `Sign in to ${organization}` }).click();
      await signInThere(page, 'sam');
      await page.getByRole('alert').getByText('gives you no role').waitFor();
      await look(page, 'refused');
      // What was answered once is not answered again.
      await page.goto(`${server.origin}/sign-in/answer/${new URL(begin).searchParams.get('organization')}?code=x&state=y`);
      await page.getByRole('alert').getByText('begin again').waitFor();
    });

    await visit(browser, { name: 'single-sign-on-cancelled', scripts, expected: ['400', ...FOREIGN] }, async (page) => {
      await stayHere(page);
      await page.goto(begin);
      await page.getByRole('button', { name: `Sign in to ${organization}` }).click();
      await page.locator('input[name=login]').waitFor();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('alert').getByText('access_denied').waitFor();
    });

    await visit(browser, { name: 'single-sign-on-off', scripts, expected: ['404'] }, async (page) => {
      const email = `${organization.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@journeys.example`;
      await signIn(page, await server.signInLink(email));
      await page.goto(`${server.origin}/single-sign-on/delete`);
      await look(page, 'delete');
      await page.getByRole('button', { name: 'Turn single sign-on off' }).click();
      await page.getByRole('button', { name: 'Set up', exact: true }).waitFor();
      await page.goto(`${server.origin}/users`);
      await page.getByText('ann@journeys.example').first().waitFor();
      await page.goto(begin);
      await page.getByText('No organization was found').waitFor();
    });
  });
}

test('a provider is set up, tried, changed and turned off without a mouse', async () => {
  const { 'sign-in-url': link } = await server.createOrganization('Provider by keys');
  await visit(browser, { name: 'single-sign-on-keys', expected: ['400'] }, async (page) => {
    const button = (name) => page.getByRole('button', { name, exact: true });
    const type = async (label, text) => {
      await tabTo(page, page.getByLabel(label, { exact: true }));
      // What was there is marked, as a browser does it, and typed over.
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    };
    const choose = async (label, text) => {
      await tabTo(page, page.getByLabel(label, { exact: true }));
      await page.keyboard.type(text);
    };
    const alive = () => page.locator('html[data-alive]').waitFor();
    await signIn(page, link);
    await page.goto(`${server.origin}/single-sign-on`);
    await alive();
    const redirect = (await page.getByText('/sign-in/answer/').first().textContent()).trim();
    const provider = await openProvider(redirect, {});
    after(() => provider.close());
    await walk(page);
    await type('Name of the provider', 'Acme Login');
    await type('Issuer', 'https://169.254.169.254');
    await type('Client id', CLIENT.id);
    await type('Client secret', CLIENT.secret);
    await type('Domain 1', 'journeys.example');
    await type('Rule 1', "'dev' in claims.groups");
    await choose('Role of rule 1', 'Billing');
    await press(page, button('Set up'));
    // What is wrong is said with a link to the field.
    const wrong = page.getByRole('alert').getByRole('link').first();
    await wrong.waitFor();
    await walk(page);
    await press(page, wrong);
    assert.equal(await page.getByLabel('Issuer', { exact: true }).evaluate((one) => one === document.activeElement), true);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(provider.issuer);
    await type('Client secret', CLIENT.secret);
    await page.keyboard.press('Enter');

    await page.getByText('Valid', { exact: true }).waitFor();
    await walk(page);
    await press(page, page.getByRole('link', { name: 'Test', exact: true }));
    await page.getByText('The provider answers as it should').waitFor();
    await walk(page);
    await type('Claims', '{ "groups": ["dev"] }');
    await press(page, button('Try'));
    await page.getByText('Gets the role Billing').waitFor();

    await page.goto(`${server.origin}/single-sign-on/edit`);
    await alive();
    await button('Save').waitFor();
    await walk(page);
    await type('Name of the provider', 'Acme Keys');
    await choose('Role of rule 1', 'Owner');
    await press(page, button('Save'));
    await page.getByRole('main').getByText('Acme Keys').first().waitFor();
    await page.getByText('Valid', { exact: true }).waitFor();

    await page.goto(`${server.origin}/single-sign-on/delete`);
    await alive();
    // A question begins with the way out of it.
    await page.getByRole('link', { name: 'Cancel' }).and(page.locator(':focus')).waitFor();
    await walk(page);
    await press(page, button('Turn single sign-on off'));
    await button('Set up').waitFor();
  });
});
