// The ground that the other tests stand on: the browser starts, draws WebGL 2, and reaches nobody else.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { openBrowser, openPage } from './browser.js';

let browser;
let server;
let origin;

before(async () => {
  server = createServer((_, answer) => answer.end('<!doctype html><title>t</title>')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server.close();
});

test('WebGL 2 draws what it is told', async () => {
  const { page, context, errors } = await openPage(browser, origin);
  await page.goto(origin);
  const pixel = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    gl.clearColor(1, 0.2, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const read = new Uint8Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, read);
    return [...read];
  });
  assert.deepEqual(pixel, [255, 51, 0, 255]);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a request to anyone else is refused and noted', async () => {
  const { page, context, strangers } = await openPage(browser, origin);
  await page.goto(origin);
  const refused = await page.evaluate(() => fetch('http://example.invalid/tile').catch(() => 'refused'));
  assert.equal(refused, 'refused');
  assert.deepEqual(strangers, ['http://example.invalid/tile']);
  await context.close();
});
