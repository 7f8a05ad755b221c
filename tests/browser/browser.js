// The browser that the tests drive: Debian's Chromium, headless, with WebGL drawn by the processor, and
// closed off from every machine but this one.
import { chromium } from 'playwright-core';

const OFFLINE = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
// MapLibre needs WebGL 2, and a test machine has no graphics card.
const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** Starts Chromium: the one named in RANH_CHROMIUM, else Debian's. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.RANH_CHROMIUM ?? '/usr/bin/chromium',
    // Root has no sandbox; anyone else keeps it.
    chromiumSandbox: process.getuid() !== 0,
    args: [...OFFLINE, ...SOFTWARE_GL],
  });
}

/**
 * Opens an empty page that may ask `origin` alone. What it asks of anyone else is refused and noted in
 * `strangers`; what it writes to its console as an error, or throws, is noted in `errors`.
 */
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const strangers = [];
  const errors = [];
  await context.route(
    (url) => url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin,
    (route) => {
      strangers.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, context, strangers, errors };
}
