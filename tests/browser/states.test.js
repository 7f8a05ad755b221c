// The screen in its states: nothing for axe to find, and what each state must say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { openPage } from './browser.js';
import { inEnglish, openMap, settled } from './map.js';
import { browser, service } from './stage.js';

const states = {
  start: { act: async () => {} },
  'a finding': { act: (page) => page.locator('[data-testid^="finding-"]').first().click() },
  dark: { act: (page) => page.getByTestId('toggle-theme').click() },
  English: { act: inEnglish },
  help: { act: (page) => page.keyboard.press('?') },
  search: {
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('suoi vang');
      await page.getByTestId('search-result').first().waitFor();
    },
  },
  phone: { size: { width: 390, height: 844 }, act: (page) => page.getByTestId('tab-check').click() },
};

for (const [name, { act, size }] of Object.entries(states)) {
  test(`axe finds nothing: ${name}`, async () => {
    const { page, context, errors, strangers } = await openMap(browser, service.origin, size);
    await act(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, []);
    await context.close();
  });
}

test('search finds a zone without its diacritics and goes there', async () => {
  const { page, context } = await openMap(browser, service.origin);
  await page.keyboard.press('/');
  await page.keyboard.type('kcn suoi vang');
  await page.getByTestId('search-result').filter({ hasText: 'Suối Vàng' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-testid=panel-title]')?.textContent.includes('Suối Vàng'));
  await context.close();
});

test('the address restores what was looked at, in another window', async () => {
  const first = await openMap(browser, service.origin);
  await inEnglish(first.page);
  await first.page.locator('[data-testid^="finding-"]').nth(2).click();
  const title = await first.page.getByTestId('panel-title').innerText();
  await settled(first.page);
  await first.page.waitForFunction(() => location.hash.includes('sel='));
  const hash = await first.page.evaluate(() => location.hash);
  const second = await openMap(browser, service.origin, { hash });
  await second.page.waitForFunction((text) => document.querySelector('[data-testid=panel-title]')?.textContent === text, title);
  assert.equal(await second.page.evaluate(() => document.documentElement.lang), 'en');
  const centre = (page) => page.evaluate(() => window.__ranh.map.getCenter().toArray().map((c) => c.toFixed(3)));
  assert.deepEqual(await centre(second.page), await centre(first.page));
  await first.context.close();
  await second.context.close();
});

test('every Vietnamese letter with marks above and below is drawn on its line', async () => {
  const { page, context } = await openMap(browser, service.origin);
  // The letters that stock MapLibre sinks stand as high as their neighbours: the ink of "Ễ" begins above that of "E".
  const top = (text) => page.evaluate(async (label) => {
    const { map } = window.__ranh;
    const source = { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [0, 0] } } };
    map.jumpTo({ center: [0, 0], zoom: 6 });
    map.addSource('probe', source);
    map.addLayer({ id: 'probe', type: 'symbol', source: 'probe', layout: { 'text-field': label, 'text-font': ['Be Vietnam Pro SemiBold'], 'text-size': 64 }, paint: { 'text-color': '#ff00ff' } });
    await new Promise((resolve) => { map.once('idle', resolve); map.triggerRepaint(); });
    const pixels = await new Promise((resolve) => {
      map.once('render', () => {
        const gl = map.painter.context.gl;
        const { width, height } = gl.canvas;
        const data = new Uint8Array(width * height * 4);
        gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, data);
        resolve({ width, height, data });
      });
      map.triggerRepaint();
    });
    map.removeLayer('probe');
    map.removeSource('probe');
    let highest = -1;
    for (let i = 0; i < pixels.data.length; i += 4) {
      const [r, g, b] = [pixels.data[i], pixels.data[i + 1], pixels.data[i + 2]];
      if (r > 200 && g < 120 && b > 200) highest = Math.max(highest, Math.floor(i / 4 / pixels.width));
    }
    return highest;
  }, text);
  const plain = await top('E');
  assert.ok(plain > 0, 'the probe draws');
  for (const letter of ['Ẵ', 'Ẫ', 'Ễ', 'Ồ', 'Ố']) assert.ok(await top(letter) > plain + 5, `${letter} stands above the line`);
  await context.close();
});

test('without collections the screen says how to bring some', async () => {
  const { page, context, errors } = await openPage(browser, service.origin);
  await page.route('**/collections', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, collections: [], ranh: { ...answer.ranh, generated: false, check: null } } });
  });
  await page.goto(service.origin);
  await page.getByTestId('empty').waitFor();
  assert.match(await page.getByTestId('empty').textContent(), /ranh import/);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a server that is gone is said, with what to do', async () => {
  const { page, context } = await openPage(browser, service.origin);
  await page.route('**/collections', (route) => route.abort());
  await page.goto(service.origin);
  await page.getByTestId('error').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.unroute('**/collections');
  await page.getByTestId('retry').click();
  await page.waitForSelector('html[data-map-ready="1"]', { timeout: 60_000 });
  await context.close();
});

test('a layer that fails leaves the others drawn, and can be asked for again', async () => {
  const { page, context } = await openPage(browser, service.origin);
  await page.route('**/tiles/plan-2021-2030/**', (route) => route.abort());
  await page.goto(service.origin);
  const retry = page.getByTestId('layer-plan-2021-2030').getByRole('button', { name: /Thử lại/ });
  await retry.waitFor({ timeout: 60_000 });
  await page.waitForSelector('html[data-map-ready="1"]', { timeout: 60_000 });
  const drawn = (layer) => page.evaluate((id) => window.__ranh.map.queryRenderedFeatures({ layers: [id] }).length, layer);
  assert.ok(await drawn('admin-line:communes') > 0, 'communes are drawn');
  assert.equal(await drawn('landuse-fill:plan-2021-2030'), 0);
  assert.deepEqual(await violations(page), []);
  await page.unroute('**/tiles/plan-2021-2030/**');
  await retry.click();
  await page.waitForFunction(() => {
    const { map } = window.__ranh;
    return map.getLayer('landuse-fill:plan-2021-2030') && map.queryRenderedFeatures({ layers: ['landuse-fill:plan-2021-2030'] }).length > 0;
  }, null, { timeout: 30_000 });
  await context.close();
});
