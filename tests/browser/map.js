// The map page, ready to be asked: what the tests of the screen share.
import { readFileSync } from 'node:fs';
import { openPage } from './browser.js';

/** The answer key of the committed sample. */
export const answers = JSON.parse(readFileSync(new URL('../../data/sample/answers.json', import.meta.url), 'utf8'));

/** Opens the map and waits until it has drawn itself (`ready`), at a window size and a permalink. */
export async function openMap(browser, origin, { width = 1366, height = 768, hash = '', ready = true, hasTouch = false } = {}) {
  const view = await openPage(browser, origin, {
    viewport: { width, height }, reducedMotion: 'reduce', locale: 'vi-VN', acceptDownloads: true, hasTouch,
  });
  await view.page.goto(`${origin}/${hash}`);
  if (ready) await view.page.waitForSelector('html[data-map-ready="1"]', { timeout: 60_000 });
  return view;
}

/** Waits until the map has drawn what an action asked for: idle after a repaint, then two frames. */
export function settled(page) {
  return page.evaluate(() => new Promise((resolve) => {
    const { map } = window.__ranh;
    map.once('idle', () => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    map.triggerRepaint();
  }));
}

/** Changes the language of the screen, and waits until its words are there. */
export async function inEnglish(page) {
  await page.getByTestId('toggle-lang').click();
  await page.locator('html[lang="en"]').waitFor();
}

/** Where a longitude, latitude lies on the page, in CSS pixels. */
export function onPage(page, place) {
  return page.evaluate((point) => {
    const { map } = window.__ranh;
    const { x, y } = map.project(point);
    const box = map.getCanvas().getBoundingClientRect();
    return [box.left + x, box.top + y];
  }, place);
}

/** Hectares as the Vietnamese screen writes them: 1.234,56. */
export function hectares(squareMetres) {
  const form = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat('vi-VN', form).format(squareMetres / 1e4);
}
