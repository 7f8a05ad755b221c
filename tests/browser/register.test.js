// The register: zones in a table with filters and sums that follow them, in files, and back to the map.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, openMap, settled } from './map.js';
import { areaOf, json, sumOf, vi, withRegister, zones } from './register.js';
import { browser, picture, service } from './stage.js';

before(withRegister);

const declared = ({ properties }) => properties.declared_area_ha;
const named = ({ id, properties: { kind } }) => ({ id, kind });

/** Opens the register by its link in the top bar. */
async function openRegister(options = {}) {
  const view = await openMap(browser, service.origin, options);
  if (!options.hash?.includes('page=')) await view.page.getByTestId('nav-register').click();
  await view.page.getByTestId('zone-table').waitFor();
  return view;
}

const sum = (page, name) => page.getByTestId(`sum-${name}`).innerText();
const count = (page, text) => page.getByTestId('zone-count').filter({ hasText: new RegExp(`(?<!\\d)${text}`) }).waitFor();
const rowNames = (page) => page.locator('[data-testid="zone-table"] [data-index]').evaluateAll((all) => all.map((one) => one.querySelector('b').textContent));

test('all zones stand in a table with sums in which no land counts twice', async (t) => {
  const { page, context, errors, strangers } = await openRegister();
  t.after(() => context.close());
  // 44 with a boundary, and one that the register alone knows.
  await count(page, '45 / 45 khu');
  assert.equal(zones.length, 44);
  // The one without boundary is stated with 40 ha.
  assert.equal(await sum(page, 'declared'), vi(sumOf(zones, declared) + 40));
  assert.equal(await sum(page, 'measured'), vi(sumOf(zones, areaOf)));
  // By hand: 196 + 140 + 50 + 45.1 + 38, of which 108.7 + 70 + 20 + 40.6 + 38 are leased.
  assert.equal(await sum(page, 'industrial'), '469,10');
  assert.equal(await sum(page, 'free'), '191,80');
  assert.equal(await sum(page, 'fill'), '59,1 %');
  const row = page.getByTestId('zone-KCN01');
  await page.getByTestId('filter-q').fill('suoi vang');
  // By its name, and the two that lie in the commune of that name (99006 in the answer key).
  await count(page, '3 / 45');
  // Stated 51.6 % beside computed 108.7 ÷ 196 = 55.46 %.
  assert.match((await row.innerText()).replace(/\s+/g, ' '), /330,37 .*196,00 108,70 87,30 51,6 55,5/);
  await page.getByTestId('filter-clear').click();
  await count(page, '45 / 45');
  assert.ok((await page.locator('[data-testid="zone-table"] [data-index]').count()) <= 50);
  await picture(page, 'register-1366');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('toggle-theme').click();
  await picture(page, 'register-dark');
  assert.deepEqual(await violations(page), []);
  await inEnglish(page);
  assert.equal(await sum(page, 'industrial'), '469.10');
  await picture(page, 'register-english-dark');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual([errors, strangers], [[], []]);
});

test('filters and sorting stand in the address, and sums follow them', async (t) => {
  const { page, context } = await openRegister();
  t.after(() => context.close());
  await page.getByTestId('filter-kind').click();
  await page.getByTestId('kind-KCN').check();
  await page.getByTestId('kind-CCN').check();
  await page.keyboard.press('Escape');
  const parks = zones.filter((zone) => ['KCN', 'CCN'].includes(named(zone).kind));
  await count(page, `${parks.length + 1} / 45`);
  assert.equal(await sum(page, 'measured'), vi(sumOf(parks, areaOf)));
  await page.getByTestId('sort-area').click();
  const largest = parks.toSorted((a, b) => areaOf(b) - areaOf(a)).slice(0, 3).map((zone) => zone.properties.name);
  await page.locator('[aria-sort="descending"]').waitFor();
  await page.getByTestId('zone-table').getByRole('row', { name: largest[0] }).waitFor();
  assert.deepEqual((await rowNames(page)).slice(0, 3), largest);
  await page.getByTestId('filter-free').click();
  await page.getByTestId('filter-min_free_ha').fill('5');
  // 87.3, 70 and 30 ha are free; 4.5 and 0 are not enough.
  await count(page, '3 / 45');
  assert.equal(await sum(page, 'free'), '187,30');
  await page.waitForFunction(() => location.hash.includes('p.min_free_ha=5'));
  await picture(page, 'register-filtered');
  assert.deepEqual(await violations(page), []);
  const hash = await page.evaluate(() => location.hash);
  const again = await openRegister({ hash });
  t.after(() => again.context.close());
  await count(again.page, '3 / 45');
  assert.deepEqual(await rowNames(again.page), await rowNames(page));
});

test('what is shown is a file of the server', async (t) => {
  const { page, context } = await openRegister({ hash: '#page=register&p.kind=CCN&p.min_free_ha=0' });
  t.after(() => context.close());
  await count(page, '2 / 45');
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByTestId('zones-csv').click()]);
  const lines = readFileSync(await csv.path(), 'utf8').trim().split('\n').map((line) => line.split(';'));
  const column = (name) => lines[0].map((head) => head.replace('\ufeff', '')).indexOf(name);
  assert.deepEqual(lines.slice(1).map((line) => line[column('Tên')]), ['CCN Bản Mây', 'CCN Hai Bến', 'Tổng']);
  assert.deepEqual(lines.slice(1).map((line) => line[column('Đã cho thuê (ha)')]), ['40,6', '38', '78,6']);
  const [xlsx] = await Promise.all([page.waitForEvent('download'), page.getByTestId('zones-xlsx').click()]);
  assert.equal(xlsx.suggestedFilename(), 'zones.xlsx');
  assert.equal(readFileSync(await xlsx.path()).subarray(0, 4).toString('latin1'), 'PK\x03\x04');
});

test('by keyboard alone from the table to the zone on the map, and back to the table as it was', async (t) => {
  const { page, context } = await openRegister({ hash: '#page=register&p.sort=-area&p.kind=CCN' });
  t.after(() => context.close());
  const order = await rowNames(page);
  await page.getByTestId('zone-table').locator('[data-index="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.index), '2');
  await page.keyboard.press('Enter');
  await page.getByTestId('panel').getByRole('heading', { name: order[2] }).waitFor();
  await settled(page);
  const chosen = zones.find((zone) => zone.properties.name === order[2]);
  const { extent: [west, south, east, north] } = await boxOf(chosen.id);
  const seen = await page.evaluate(([w, s, e, n]) => {
    const bounds = window.__ranh.map.getBounds();
    return bounds.contains([w, s]) && bounds.contains([e, n]) && e - w > (bounds.getEast() - bounds.getWest()) / 20;
  }, [west, south, east, north]);
  assert.ok(seen, 'the map went to the zone');
  assert.equal(await page.getByTestId('zone-table').count(), 0);
  await page.getByTestId('nav-register').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('zone-table').waitFor();
  assert.deepEqual(await rowNames(page), order);
  // The map is behind it as it was left, and Escape goes there.
  const place = await page.evaluate(() => window.__ranh.map.getCenter().toArray());
  await page.keyboard.press('Escape');
  await page.getByTestId('zone-table').waitFor({ state: 'detached' });
  assert.deepEqual(await page.evaluate(() => window.__ranh.map.getCenter().toArray()), place);
});

async function boxOf(id) {
  const { bbox } = await json(`/zones/${id}/summary`);
  return { extent: bbox };
}

test('free industrial land near a border gate is found, and the link carries it', async (t) => {
  const { page, context } = await openRegister();
  t.after(() => context.close());
  await page.getByTestId('filter-free').click();
  await page.getByTestId('filter-min_free_ha').fill('5');
  await page.keyboard.press('Escape');
  await page.getByTestId('filter-near-open').click();
  await page.getByTestId('filter-near').selectOption('KKTCK');
  await page.getByTestId('filter-within_km').fill('1');
  await count(page, '1 / 45');
  // KCN08 lies in a functional area of the border-gate economic zone.
  assert.deepEqual(await rowNames(page), ['KCN Cổng Mẫu 1']);
  assert.match(await page.getByTestId('zone-KCN08').innerText(), /0,00$/);
  await picture(page, 'register-near');
  assert.deepEqual(await violations(page), []);
  await page.waitForFunction(() => location.hash.includes('p.within_km=1'));
});

test('the register at other sizes', async (t) => {
  const large = await openRegister({ width: 1920, height: 1080 });
  t.after(() => large.context.close());
  await picture(large.page, 'register-1920');
  assert.deepEqual(await violations(large.page), []);
  assert.ok((await large.page.locator('[data-testid="zone-table"] [data-index]').count()) <= 50);
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844 });
  t.after(() => context.close());
  await page.getByTestId('tab-more').click();
  await page.getByTestId('more-register').click();
  await page.getByTestId('zone-table').waitFor();
  await picture(page, 'register-390');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('zone-KCN01').click();
  await page.getByTestId('panel').getByRole('heading', { name: 'KCN Suối Vàng' }).waitFor();
});
