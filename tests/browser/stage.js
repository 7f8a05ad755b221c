// The sample served and a browser, for all tests of the file that imports this: there once its tests run, gone after them.
import { after, before } from 'node:test';
import { openBrowser } from './browser.js';
import { startService } from './service.js';

export { picture } from './service.js';

export let service;
export let browser;

let begin;
/** Done when both are there: what a file prepares besides begins after it, as hooks run side by side. */
export const started = new Promise((resolve) => (begin = resolve));

before(async () => {
  const starting = Promise.all([startService(), openBrowser()]);
  begin(starting);
  [service, browser] = await starting;
});

after(async () => {
  await browser?.close();
  await service?.stop();
});
