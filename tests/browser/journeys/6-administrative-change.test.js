// Journey 6: new commune borders arrive: which zones change their unit, by old and new names, and which lie where units overlap.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { violations } from '../axe.js';
import { inEnglish, openMap, settled } from '../map.js';
import { ranh } from '../service.js';
import { browser, picture, service, started } from '../stage.js';
import { download, json, ogrinfo, press, reach, sheet } from './pages.js';

const run = promisify(execFile);
const sample = (name) => fileURLToPath(new URL(`../../../data/sample/${name}`, import.meta.url));
let newer;

const rectangle = ([x, y, width, height]) => [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]];
/** A part of Bãi Cói over the east of CCN01 that becomes a commune of its own. */
const split = [515_450, 2_348_700, 700, 1_500];
/** 348.92 ha in KKT01 that three communes claim: the case of Bát Xát, Cốc San and Lào Cai in the published borders. */
const claimed = [508_000, 2_352_000, 1_744.6, 2_000];

/** The communes of a year later: two merged, one renamed, one split, and land that two more have in their outlines. */
async function communesOf2026() {
  const layer = JSON.parse(await readFile(sample('communes.geojson'), 'utf8'));
  const by = new Map(layer.features.map((one) => [one.id, one]));
  const whole = (one) => (one.geometry.type === 'Polygon' ? [one.geometry.coordinates] : one.geometry.coordinates);
  const unit = (code, name, coordinates) => ({ type: 'Feature', id: code, properties: { ...by.get('99015').properties, code, name, fullName: name }, geometry: { type: 'MultiPolygon', coordinates } });
  Object.assign(by.get('99026').properties, { name: 'Cọ Xanh', fullName: 'Xã Cọ Xanh' });
  by.get('99024').geometry.coordinates.push(rectangle(split).reverse());
  for (const code of ['99019', '99040']) by.get(code).geometry = { type: 'MultiPolygon', coordinates: [...whole(by.get(code)), [rectangle(claimed)]] };
  const merged = unit('99101', 'Phường Giếng Muối', [...whole(by.get('99015')), ...whole(by.get('99025'))]);
  const rest = layer.features.filter((one) => !['99015', '99025'].includes(one.id));
  return { ...layer, name: 'communes-2026', ranh: { ...layer.ranh, collection: 'communes-2026', as_of: '2026-07-01', valid_from: '2026-07-01' }, features: [...rest, merged, unit('99102', 'Xã Cói Đông', [[rectangle(split)]])] };
}

before(async () => {
  await started;
  newer = join(await mkdtemp(join(tmpdir(), 'ranh-communes-')), 'communes-2026.geojson');
  await writeFile(newer, JSON.stringify(await communesOf2026()));
  await run(ranh, ['import', newer, '--store', service.store, '--role', 'auto']);
  const deadline = Date.now() + 30_000;
  while (!(await json('/collections')).collections.some((one) => one.id === 'communes-2026')) {
    if (Date.now() > deadline) throw new Error('the server does not see the new communes');
    await wait(100);
  }
});

/** Hectares of zones in units, as GEOS cuts them: zone → code → ha. Slivers below 100 m² say nothing here. */
async function cut(communes, zones) {
  const [layer] = [communes.endsWith('communes.geojson') ? 'communes' : 'communes-2026'];
  const sql = `SELECT z.id AS zone, c.code AS code, ST_Area(ST_Intersection(ST_MakeValid(c.geometry), z.geometry)) AS area FROM "${layer}" c, '${sample('zones.geojson')}'.zones z WHERE z.id IN (${zones.map((id) => `'${id}'`)}) AND ST_Intersects(c.geometry, z.geometry)`;
  const said = await ogrinfo('-q', '-dialect', 'sqlite', '-sql', sql, communes);
  const rows = [...said.matchAll(/zone \(String\) = (.*)\n\s+code \(String\) = (.*)\n\s+area \(Real\) = (.*)\n/g)];
  const all = new Map(zones.map((id) => [id, new Map()]));
  for (const [, zone, code, area] of rows) if (Number(area) > 100) all.get(zone).set(code, Number(area) / 1e4);
  return all;
}

const changed = ['KCN01', 'KCX01', 'CCN07', 'CCN08', 'KCN06', 'CCN16', 'KCN07', 'CCN01', 'KKT01', 'KCNANG01', 'KCN08'];

async function open(t, options = {}) {
  const view = await openMap(browser, service.origin, options);
  t.after(() => view.context.close());
  await view.page.getByTestId('units-open').click();
  await view.page.getByTestId('units-counted').waitFor({ timeout: 60_000 });
  return view;
}

const listed = (page, name) => page.locator(`[data-testid="units-list-${name}"] li button`).evaluateAll((all) => all.map((one) => one.dataset.testid.split('-').slice(1).join('-')));

test('which zones change unit, lie in several, and are claimed by several', async (t) => {
  const { page, errors, strangers } = await open(t);
  assert.equal(await page.getByTestId('units-older').inputValue(), 'communes');
  assert.equal(await page.getByTestId('units-newer').inputValue(), 'communes-2026');
  const found = await listed(page, 'changed');
  for (const id of ['KCN01', 'KCX01', 'CCN07', 'CCN08', 'KCN06', 'CCN16', 'KCN07', 'CCN01', 'KKT01']) assert.ok(found.includes(id), `${id} changes`);
  assert.ok(!found.includes('KCN02') && !found.includes('CCN06'), 'others do not');
  // 1,744.6 m × 2,000 m are 348.92 ha.
  assert.match(await page.getByTestId('units-list-contested').innerText(), /KKT[\s\S]*348,92 ha do (?=.*Xã Khe Lim)(?=.*Xã Khe Sậy)(?=.*Xã Vườn Trám)/);
  assert.ok((await listed(page, 'several')).includes('CCN01'));
  await picture(page, 'journey-6');
  assert.deepEqual(await violations(page), []);
  // Every figure against GEOS.
  const answer = await json('/zones/units?older=communes&newer=communes-2026');
  for (const [side, file] of [['before', sample('communes.geojson')], ['after', newer]]) {
    const known = await cut(file, changed);
    for (const one of answer.zones.filter((each) => changed.includes(each.zone.id))) {
      const ours = new Map(one[side].filter((unit) => unit.area_ha > 0.01).map((unit) => [unit.code, unit.area_ha]));
      assert.deepEqual([...ours.keys()].sort(), [...known.get(one.zone.id).keys()].sort(), `${one.zone.id} ${side}`);
      for (const [code, ha] of ours) assert.ok(Math.abs(ha - known.get(one.zone.id).get(code)) < 0.01, `${one.zone.id} in ${code}: ${ha}, GEOS ${known.get(one.zone.id).get(code)}`);
    }
  }
  // The zone is on the map, among the units that are chosen.
  await page.getByTestId('units-draw-older').check();
  await page.getByTestId('changed-CCN01').click();
  await page.waitForFunction(() => window.__ranh.state.view.selection?.id === 'CCN01');
  await settled(page);
  const lines = () => page.evaluate(() => ['communes', 'communes-2026'].map((id) => window.__ranh.map.getLayoutProperty(`admin-line:${id}`, 'visibility')));
  assert.deepEqual(await lines(), ['visible', 'none']);
  await page.getByTestId('units-draw-newer').check();
  assert.deepEqual(await lines(), ['none', 'visible']);
  await settled(page);
  await picture(page, 'journey-6-new-units');
  assert.deepEqual([errors, strangers], [[], []]);
});

test('the tables by old and new names are files', async (t) => {
  const { page } = await open(t);
  const book = await download(page, () => page.getByTestId('units-xlsx').click());
  const [head, ...rows] = await sheet(book.path, 'Đơn vị cũ và mới');
  assert.deepEqual(head.slice(0, 4), ['Mã cũ', 'Tên cũ', 'Mã mới', 'Tên mới']);
  const moved = rows.map((row) => row.slice(0, 4).join('|'));
  for (const row of ['99026|Xã Đồi Cọ|99026|Xã Cọ Xanh', '99015|Xã Đồng Muối|99101|Phường Giếng Muối', '99024|Xã Bãi Cói|99102|Xã Cói Đông']) assert.ok(moved.includes(row), `${row} is missing: ${moved.join('\n')}`);
  const csv = await download(page, () => page.getByTestId('units-csv').click());
  const line = csv.bytes.toString('utf8').split('\n').find((one) => one.includes('KCN07'));
  assert.match(line, /Xã Đồi Cọ \(99026\).*Xã Cọ Xanh \(99026\).*có/);
});

test('a check judges by the communes of its day, not by both', async () => {
  const at = async (date) => {
    const answer = await fetch(`${service.origin}/processes/check/execution`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ inputs: { date, zones: ['KCN02', 'CCN01'] } }) });
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()).findings.map((one) => [one.rule, one.zone?.id ?? '', one.other?.collection ?? '', one.message.vi]);
  };
  const [old, now] = [await at('2026-06-30'), await at('2026-07-01')];
  assert.ok(old.every(([, , collection]) => collection !== 'communes-2026'));
  assert.ok(now.every(([, , collection]) => collection !== 'communes'));
  // KCN02 lies in one commune by both.
  const of = (all) => all.filter(([rule, zone]) => zone === 'KCN02' && rule.startsWith('ADM')).map(([rule]) => rule);
  assert.deepEqual(of(now), of(old));
});

test('by keyboard alone, in English, in the dark', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { hash: '#theme=dark' });
  t.after(() => context.close());
  await page.keyboard.press('?');
  await page.locator('kbd').getByText('U', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await page.getByTestId('units-counted').waitFor({ timeout: 60_000 });
  await inEnglish(page);
  await picture(page, 'journey-6-english-dark');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('units-panel').focus();
  await press(page, 'changed-KCN07');
  await page.waitForFunction(() => window.__ranh.state.view.selection?.id === 'KCN07');
  await reach(page, 'contested-KKT01');
  await page.keyboard.press('Escape');
  await page.getByTestId('units-panel').waitFor({ state: 'detached' });
});
