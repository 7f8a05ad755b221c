// What a boundary was: a park gets a new corner over HTTP, and its page shows the one before on the map, dashed, where its
// file has it. Areas are the shoelace formula on the corners in VN-2000.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { violations } from './axe.js';
import { json, vi } from './register.js';
import { openMap, settled } from './map.js';
import { browser, picture, service, started } from './stage.js';

const ITEM = '/collections/zones/items/KCN03';
const VN2000 = 'http://www.opengis.net/def/crs/EPSG/0/9215';

/** Twice the area of a closed ring, from its first corner, which keeps the products small. */
const shoelace = ([[x0, y0], ...rest]) => rest.slice(1).reduce((sum, [x, y], at) => sum + (rest[at][0] - x0) * (y - y0) - (x - x0) * (rest[at][1] - y0), 0);
const hectares = (ring) => Math.abs(shoelace(ring)) / 2 / 1e4;

let old;
let rings;

before(async () => {
  await started;
  // As it was: on the plane for its area, in degrees for the map.
  old = await json(ITEM);
  const response = await fetch(`${service.origin}${ITEM}?crs=${VN2000}`);
  const ring = (await response.json()).geometry.coordinates[0];
  // The second corner 100 m north and 150 m east.
  const moved = ring.map(([x, y], at) => (at === 1 ? [x + 150, y + 100] : [x, y]));
  rings = { old: ring, moved };
  const headers = { 'content-type': 'application/merge-patch+json', 'content-crs': `<${VN2000}>`, 'if-match': response.headers.get('etag') };
  const body = JSON.stringify({ geometry: { type: 'Polygon', coordinates: [moved] } });
  const done = await fetch(`${service.origin}${ITEM}?reason=${encodeURIComponent('Theo biên bản 9')}`, { method: 'PATCH', headers, body });
  assert.equal(done.status, 200, await done.text());
});

/** The corners of the old boundary that is drawn; null where there is none. */
const drawn = (page) => page.evaluate(async () => {
  const source = window.__ranh.map.getSource('old-boundary');
  return source ? (await source.getData()).geometry : null;
});

test('a press on a version of a boundary shows it on the map, until something else is selected', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin, { hash: '#page=register&p.zone=KCN03' });
  t.after(() => context.close());
  const rows = page.locator('[data-testid="zone-boundary-history"] tbody tr');
  await rows.nth(1).waitFor();
  const [now, before] = await rows.allInnerTexts();
  assert.match(now, /Theo biên bản 9/);
  for (const part of [vi(hectares(rings.moved)), vi(Math.abs(hectares(rings.moved) - hectares(rings.old)))]) assert.ok(now.includes(part), `${part} in ${now}`);
  assert.ok(before.includes(vi(hectares(rings.old))), before);
  await picture(page, 'history-table');
  assert.deepEqual(await violations(page), []);

  await rows.nth(1).getByRole('button').click();
  await page.getByTestId('panel').getByRole('heading', { name: old.properties.name }).waitFor();
  await settled(page);
  assert.deepEqual((await drawn(page)).coordinates, old.geometry.coordinates);
  const seen = await page.evaluate(() => window.__ranh.map.queryRenderedFeatures({ layers: ['old-line'] }).length);
  assert.ok(seen > 0, 'the dashed line is in view');
  await picture(page, 'history-on-the-map');
  assert.deepEqual(await violations(page), []);

  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !window.__ranh.map.getSource('old-boundary'));
  assert.deepEqual([errors, strangers], [[], []]);
});

test('the same by keyboard alone', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { hash: '#page=register&p.zone=KCN03' });
  t.after(() => context.close());
  const show = page.locator('[data-testid="zone-boundary-history"] tbody tr').nth(1).getByRole('button');
  await show.waitFor();
  for (let presses = 0; !(await show.evaluate((button) => button === document.activeElement)); presses += 1) {
    assert.ok(presses < 100, 'Tab never comes to it');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.__ranh.map.getSource('old-boundary'));
  assert.deepEqual((await drawn(page)).coordinates, old.geometry.coordinates);
});
