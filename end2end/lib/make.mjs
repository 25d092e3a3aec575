// Things that journeys need before they begin, made as a person makes them.

import { shown } from './wait.mjs';

/** Creates an instance and waits until it runs; its id. */
export async function createInstance(page, server, name, { query = '', scripts = true } = {}) {
  await page.goto(`${server.origin}/instances/create${query}`);
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  const button = scripts ? `Create ${name}` : 'Create instance';
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  const state = page.getByRole('main').locator('header').getByText('Running', { exact: true });
  await shown(page, state.first(), scripts);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

/** Takes a snapshot of an instance and waits until it is ready. */
export async function takeSnapshot(page, server, instance, scripts = true) {
  await page.goto(`${server.origin}/instances/${instance}/snapshots`);
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  await shown(page, page.getByText('Ready', { exact: true }).first(), scripts);
}

/** Makes a template of the newest snapshot; its id. */
export async function makeTemplate(page, server, name, scripts = true) {
  await page.goto(`${server.origin}/snapshots`);
  await page.locator('summary').filter({ hasText: 'Actions for' }).first().click();
  await page.getByRole('link', { name: 'Make template' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Description').fill('Debian with our certificates');
  await page.getByRole('button', { name: 'Make template' }).click();
  await page.getByRole('heading', { level: 1, name: 'Make a template' }).waitFor({ state: 'detached' });
  await page.goto(`${server.origin}/templates?visibility=private&q=${encodeURIComponent(name)}`);
  const link = page.getByRole('link', { name, exact: true });
  await shown(page, link, scripts);
  await link.click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return page.url().match(/[0-9a-f-]{36}/)[0];
}
