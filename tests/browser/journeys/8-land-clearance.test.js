// Journey 8: land clearance: houses and residential parcels in each zone, by commune, with what the register states, and as files.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from '../axe.js';
import { answers, inEnglish, openMap, settled } from '../map.js';
import { withRegister } from '../register.js';
import { browser, picture, service } from '../stage.js';
import { choose, download, json, ogrinfo, press, reach, sheet } from './pages.js';

before(withRegister);

const sample = (name) => fileURLToPath(new URL(`../../../data/sample/${name}`, import.meta.url));
/** Residential land in zones by the answer key, known by construction, ha. */
const residential = new Map(answers.summaries.flatMap(({ zone, by_land_use: { codes } }) => {
  const area = codes.filter(({ key }) => ['ONT', 'ODT'].includes(key)).reduce((sum, one) => sum + one.area_m2, 0);
  return area > 0 ? [[zone, area / 1e4]] : [];
}));

async function open(t, options = {}) {
  const view = await openMap(browser, service.origin, { hash: '#page=register&p.view=land', ...options });
  t.after(() => view.context.close());
  await view.page.getByTestId('land-sum').waitFor({ timeout: 60_000 });
  return view;
}

const number = (text) => Number(text.replaceAll('.', '').replace(',', '.'));
const rows = (page) => page.locator('[data-testid="land-table"] tbody tr:not(.detail)').evaluateAll((all) => all.map((row) => [row.dataset.testid.slice(5), ...[...row.querySelectorAll('td.num')].map((cell) => cell.textContent)]));

test('houses in zones: how many, how much, in which commune, and on the map', async (t) => {
  const { page, errors, strangers } = await open(t);
  await page.getByTestId('land-layer').selectOption('buildings');
  await page.getByTestId('land-table').waitFor();
  // GEOS counts and cuts the same.
  const sql = `SELECT z.id AS zone, count(*) AS n, sum(ST_Area(ST_Intersection(b.geometry, z.geometry))) AS area FROM buildings b, '${sample('zones.geojson')}'.zones z WHERE z.id <> 'CCN06' AND ST_Area(ST_Intersection(b.geometry, z.geometry)) > 0 GROUP BY z.id`;
  const said = await ogrinfo('-q', '-dialect', 'sqlite', '-sql', sql, sample('buildings.geojson'));
  const known = [...said.matchAll(/zone \(String\) = (.*)\n\s+n \(Integer\) = (.*)\n\s+area \(Real\) = (.*)\n/g)].map(([, id, n, area]) => [id, Number(n), Number(area) / 1e4]);
  assert.ok(known.length > 0, said);
  const ours = new Map((await rows(page)).map(([id, , n, ha]) => [id, [number(n), number(ha)]]));
  for (const [id, n, ha] of known) {
    assert.equal(ours.get(id)?.[0], n, `${id} has ${n} houses`);
    assert.ok(Math.abs(ours.get(id)[1] - ha) < 0.0051, `${id}: ${ours.get(id)[1]} ha, GEOS ${ha}`);
  }
  assert.deepEqual([...ours.keys()].filter((id) => id !== 'CCN06').sort(), known.map(([id]) => id).sort());
  await picture(page, 'journey-8-houses');
  assert.deepEqual(await violations(page), []);
  const [first] = known;
  await page.getByTestId(`land-open-${first[0]}`).click();
  await page.getByTestId('land-detail').waitFor();
  assert.equal(await page.locator('[data-testid^="land-part-"]').count(), first[1]);
  assert.deepEqual(await violations(page), []);
  const house = await page.locator('[data-testid^="land-part-"]').first().getAttribute('data-testid');
  await page.getByTestId(house).click();
  await page.waitForFunction((id) => window.__ranh.state.view.selection?.id === id, house.slice('land-part-'.length));
  await settled(page);
  await picture(page, 'journey-8-house-on-the-map');
  assert.deepEqual([errors, strangers], [[], []]);
});

test('residential parcels: hectares as the answer key has them, by commune, and as files', async (t) => {
  const { page } = await open(t);
  await page.getByTestId('land-layer').selectOption('land-use-2024');
  await page.getByTestId('land-codes').click();
  await page.getByTestId('land-code-ONT').check();
  await page.waitForFunction(() => location.hash.includes('p.codes=ONT'));
  await page.waitForFunction((wanted) => document.querySelectorAll('[data-testid="land-table"] tbody tr:not(.detail)').length === wanted, residential.size, { timeout: 60_000 });
  await page.keyboard.press('Escape');
  for (const [id, , , ha] of await rows(page)) assert.ok(Math.abs(number(ha) - residential.get(id)) < 0.0051, `${id}: ${ha}, key ${residential.get(id)}`);
  // By commune: the parts of a zone add up to it, and the outermost zones to the total.
  const answer = await json('/zones/land?layer=land-use-2024&codes=ONT');
  for (const one of answer.zones) {
    const sum = one.by_commune.reduce((all, each) => all + each.area_ha, 0);
    assert.ok(Math.abs(sum - one.on_ha) < 0.6, `${one.zone.id}: communes ${sum}, zone ${one.on_ha}`);
  }
  await picture(page, 'journey-8-parcels');
  assert.deepEqual(await violations(page), []);
  const book = await download(page, () => page.getByTestId('land-xlsx').click());
  const [head, ...lines] = await sheet(book.path, 'Khu, cụm');
  const at = head.indexOf('Diện tích (ha)');
  for (const [id, ha] of residential) assert.ok(Math.abs(Number(lines.find((line) => line[0] === id)[at]) - ha) < 1e-4, id);
  assert.equal(lines.at(-1)[1], 'Tổng');
  const csv = await download(page, () => page.getByTestId('land-csv').click());
  assert.ok(csv.bytes.toString('utf8').startsWith('\ufeff') && csv.name === 'land.csv');
  // What the register states of clearance stands beside it, with its day.
  assert.match(await page.getByTestId('land-KCN01').innerText(), /xong 120,00 ha, đang làm 45,50 ha, 12 hộ \(14\/06\/2026\)/);
});

test('by keyboard alone, in English, in the dark and on a phone', async (t) => {
  const { page } = await open(t, { hash: '#page=register&p.view=land&theme=dark', width: 390, height: 844 });
  await inEnglish(page).catch(() => page.evaluate(() => location.assign('#page=register&p.view=land&theme=dark&lang=en')));
  await page.locator('html[lang="en"]').waitFor();
  await picture(page, 'journey-8-english-dark-390');
  assert.deepEqual(await violations(page), []);
  await choose(page, 'land-layer', 'buildings');
  await page.getByTestId('land-table').waitFor();
  const first = await page.locator('[data-testid^="land-open-"]').first().getAttribute('data-testid');
  await press(page, first);
  await page.getByTestId('land-detail').waitFor();
  await reach(page, (await page.locator('[data-testid^="land-part-"]').first().getAttribute('data-testid')));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.__ranh.state.view.selection?.collection === 'buildings');
});
