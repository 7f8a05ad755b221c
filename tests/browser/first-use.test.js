// A first-time user's path: from the empty state of a new store to a checked zone of their own file. Every press, choice and
// drop counts as an action and is told; the same list stands in the README. The files are a zone and a plan of two
// parcels; areas are width times height.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { violations } from './axe.js';
import { openBrowser } from './browser.js';
import { drop } from './journeys/dossier.js';
import { openMap, settled } from './map.js';
import { picture, serveStore } from './service.js';

const MOST = 9;

const NAME = 'Cụm công nghiệp Đồi Cọ';

/** East and north of the lower left corner, width and height, metres: EPSG:9215. */
const rectangle = (east, north, width, height) => [[east, north], [east + width, north], [east + width, north + height], [east, north + height], [east, north]];
const ZONE = rectangle(526_900, 2_341_500, 400, 300);
/** Of the zone the western 150 m are rice (4.5 ha), the eastern 250 m for industry (7.5 ha). */
const PLAN = { LUC: rectangle(526_500, 2_341_200, 550, 900), SKK: rectangle(527_050, 2_341_200, 700, 900) };

const area = (ring, properties, at) => ({ type: 'Feature', id: `L${at}`, properties, geometry: { type: 'Polygon', coordinates: [ring] } });
/** As other programs write it: it says neither its CRS nor what it is for, nor of which kind the zone is. */
const zone = JSON.stringify({ type: 'FeatureCollection', features: [area(ZONE, { name: NAME }, 0)] });
const plan = JSON.stringify({
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::9215' } },
  features: Object.entries(PLAN).map(([code, ring], at) => area(ring, { code }, at)),
});

let folder;
let service;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ranh-first-'));
  const store = join(folder, 'mine.gpkg');
  [service, browser] = await Promise.all([serveStore(store, '--create'), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const json = async (route) => (await fetch(`${service.origin}${route}`)).json();
const choice = (page, file) => page.getByTestId('import-choice').filter({ has: page.getByRole('heading', { name: file }) });

test('from the empty state to a checked zone of one’s own file in fewer than ten actions', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.getByTestId('empty').waitFor();
  await picture(page, 'first-1-empty');
  const actions = [];
  const does = async (what, act) => {
    actions.push(what);
    await act();
  };

  await does('Drop both files on the map.', () => drop(page, [{ name: 'khu.geojson', content: zone }, { name: 'quy hoach.geojson', content: plan }]));
  await choice(page, 'khu.geojson').waitFor();
  await does('Say that one is a zone.', () => choice(page, 'khu.geojson').getByTestId('import-role').selectOption('zone'));
  await does('Say of which kind it is, if the file does not.', () => choice(page, 'khu.geojson').getByTestId('import-kind').selectOption('CCN'));
  await does('Say in which province it lies, if it names no CRS.', () => choice(page, 'khu.geojson').getByTestId('import-crs').selectOption('EPSG:9215|Lạng Sơn'));
  await does('Say that the other is the land-use plan.', () => choice(page, 'quy hoach.geojson').getByTestId('import-role').selectOption('land_use_plan'));
  await picture(page, 'first-2-described');
  assert.deepEqual(await violations(page), []);
  await does('Press “Nhập 2 lớp”.', () => page.getByTestId('import-run').click());
  await page.getByTestId('import-check').waitFor({ timeout: 30_000 });
  await settled(page);
  const seen = await page.evaluate(() => window.__ranh.map.queryRenderedFeatures().map(({ layer }) => layer.id.split(':').at(-1)));
  for (const layer of ['khu', 'quy-hoach']) assert.ok(seen.includes(layer), `the map shows ${layer} by itself`);
  await picture(page, 'first-3-imported');
  assert.deepEqual(await violations(page), []);
  await does('Press “Kiểm tra ngay”.', () => page.getByTestId('import-check').click());
  // What was asked about is shown by itself, with its figures.
  await page.getByTestId('by-code').waitFor({ timeout: 120_000 });
  const panel = (await page.getByTestId('panel').innerText()).replace(/\s+/g, ' ');
  for (const part of [NAME, /LUC .*? 4,50 37,5/, /SKK .*? 7,50 62,5/, 'LUP-01 Chuyên trồng lúa 4,50', '12,00']) assert.ok(typeof part === 'string' ? panel.includes(part) : part.test(panel), `${part} in ${panel}`);
  await settled(page);
  await picture(page, 'first-4-checked');
  assert.deepEqual(await violations(page), []);

  const { ranh: { check } } = await json('/collections');
  assert.deepEqual([check.zones_judged, check.stale], [1, false]);
  const made = (await json('/zones?limit=10000')).zones.find(({ collection }) => collection === 'khu');
  const summary = await json(`/zones/${made.id}/summary`);
  const near = (area_m2, expected_m2) => assert.ok(Math.abs(area_m2 - expected_m2) < 0.01, `${area_m2} m², not ${expected_m2}`);
  near(summary.area_m2, 120_000);
  // Rice may not be in a cluster.
  assert.ok(summary.findings.some(({ rule, codes, area_m2 }) => rule === 'LUP-01' && codes.includes('LUC') && Math.abs(area_m2 - 45_000) < 0.01), 'the rice is found');
  for (const [code, area_m2] of [['LUC', 45_000], ['SKK', 75_000]]) near(summary.by_code.find((line) => line.code === code).area_m2, area_m2);

  for (const [at, what] of actions.entries()) t.diagnostic(`${at + 1}. ${what}`);
  assert.ok(actions.length <= MOST, `${actions.length} actions`);
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const what of actions) assert.ok(readme.includes(what), `the README says: ${what}`);
  assert.deepEqual([errors, strangers], [[], []]);
});
