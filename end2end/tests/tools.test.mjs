// The tools themselves: what they must find, they find.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { checkAccessibility, checkWidth, startBrowser, visit } from '../lib/browser.mjs';

const PAGES = {
  '/good': '<!doctype html><html lang="en"><title>t</title><main><h1>Good</h1></main>',
  '/loud': '<!doctype html><html lang="en"><title>t</title><script>console.error("oh")</script>',
  '/throws': '<!doctype html><html lang="en"><title>t</title><script>throw Error("no")</script>',
  '/unlabelled': '<!doctype html><html lang="en"><title>t</title><main><input></main>',
  '/wide': '<!doctype html><html lang="en"><title>t</title><main style="width:3000px">w</main>',
};

let browser, site, origin;

before(async () => {
  browser = await startBrowser();
  site = createServer((request, response) => {
    const page = PAGES[request.url];
    const status = request.url === '/broken' ? 500 : page || request.url === '/favicon.ico' ? 200 : 404;
    const head = { 'content-type': 'text/html', 'content-security-policy': "script-src 'unsafe-inline'" };
    response.writeHead(status, head).end(page ?? '');
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${site.address().port}`;
});

after(async () => {
  await browser?.close();
  site?.close();
});

const open = (path, options = {}, then = async () => {}) =>
  visit(browser, options, async (page) => {
    await page.goto(origin + path);
    await then(page);
  });

test('a good page passes, also without scripts and in the dark', async () => {
  await open('/good', { theme: 'dark' }, async (page) => {
    await checkAccessibility(page);
    await checkWidth(page);
  });
  await open('/loud', { scripts: false });
});

test('errors nobody looked for fail a journey', async () => {
  await assert.rejects(open('/loud'), /console: oh/);
  await assert.rejects(open('/throws'), /exception: no/);
  await assert.rejects(open('/broken'), /answer: 500/);
  await open('/loud', { expected: ['oh'] });
});

test('what is not accessible and what is too wide is found', async () => {
  await assert.rejects(open('/unlabelled', {}, checkAccessibility), /not accessible/);
  await assert.rejects(open('/wide', { viewport: 'phone' }, checkWidth), /3000|wide in a window/);
});
