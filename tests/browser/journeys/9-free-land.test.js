// Journey 9: where is free industrial land of 5 ha and more, near a gate? Filter, map, cards, a link, and an A3 sheet.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { violations } from '../axe.js';
import { inEnglish, openMap, settled } from '../map.js';
import { withRegister } from '../register.js';
import { browser, picture, service } from '../stage.js';
import { press, reach, type } from './pages.js';

before(withRegister);

const count = (page, text) => page.getByTestId('zone-count').filter({ hasText: new RegExp(`(?<!\\d)${text}`) }).waitFor();
/** By hand, of the figures in register.toml: 196 − 108.7, 140 − 70 and 50 − 20 ha are free; 4.5 and 0 are not enough. */
const free = { KCN01: '87,30', KCN02: '70,00', KCN08: '30,00' };

const cards = (page) => page.locator('[data-testid="found-panel"] li').evaluateAll((all) => all.map((one) => [one.dataset.testid.slice(6), one.querySelector('strong').textContent]));
/** The zones whose lines the map draws. */
const drawn = (page) => page.evaluate(() => {
  const { map } = window.__ranh;
  const layers = map.getStyle().layers.filter((layer) => layer.id.startsWith('zone-fill:')).map((layer) => layer.id);
  return [...new Set(map.queryRenderedFeatures({ layers }).map((one) => one.properties.fid))].sort();
});

async function asked(t) {
  const view = await openMap(browser, service.origin);
  t.after(() => view.context.close());
  const { page } = view;
  await page.getByTestId('nav-register').click();
  await page.getByTestId('zone-table').waitFor();
  await page.getByTestId('filter-free').click();
  await page.getByTestId('filter-min_free_ha').fill('5');
  await page.keyboard.press('Escape');
  await count(page, '3 / 45');
  return view;
}

test('from the question in the register to the answer on the map, as cards, as a link', async (t) => {
  const { page, context, errors, strangers } = await asked(t);
  await page.getByTestId('zones-map').click();
  await page.getByTestId('found-panel').waitFor();
  await page.getByTestId('found-KCN08').waitFor();
  assert.deepEqual(Object.fromEntries(await cards(page)), Object.fromEntries(Object.entries(free).map(([id, ha]) => [id, `Còn trống ${ha} ha`])));
  assert.equal(await page.getByTestId('found-sum').innerText(), 'Cộng: còn trống 187,30 ha ở 3 khu');
  assert.equal(await page.getByTestId('found-chip').innerText().then((text) => text.trim()), 'Chỉ hiện 3 / 45 khu theo bộ lọc');
  await settled(page);
  assert.deepEqual(await drawn(page), ['KCN01', 'KCN02', 'KCN08']);
  await picture(page, 'journey-9-map');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('found-KCN02').getByRole('button').click();
  await page.locator('[data-testid="found-KCN02"] [aria-current]').waitFor();
  await settled(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.waitForFunction(() => location.hash.includes('zones=') && location.hash.includes('side=found') && location.hash.includes('sel='));
  await page.getByTestId('found-link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const again = await openMap(browser, service.origin, { hash: new URL(link).hash, width: 1920, height: 1080 });
  t.after(() => again.context.close());
  await again.page.locator('[data-testid="found-KCN02"] [aria-current]').waitFor();
  assert.deepEqual(await cards(again.page), await cards(page));
  await settled(again.page);
  assert.ok((await drawn(again.page)).every((id) => id in free), 'the link shows the same zones alone');
  await again.page.getByTestId('toggle-theme').click();
  await inEnglish(again.page);
  await again.page.getByTestId('found-KCN01').getByText('87.30 ha free').waitFor();
  await picture(again.page, 'journey-9-english-dark-1920');
  assert.deepEqual(await violations(again.page), []);
  assert.deepEqual([errors, strangers], [[], []]);
});

test('near a gate, on an A3 sheet, and back to all zones', async (t) => {
  const { page } = await asked(t);
  await page.getByTestId('filter-near-open').click();
  await page.getByTestId('filter-near').selectOption('KKTCK');
  await page.getByTestId('filter-within_km').fill('1');
  await count(page, '1 / 45');
  await page.keyboard.press('Escape');
  await page.getByTestId('zones-map').click();
  // It lies in a functional area of the border-gate economic zone.
  await page.getByTestId('found-KCN08').getByText('cách 0,00 km').waitFor();
  assert.deepEqual((await cards(page)).map(([id]) => id), ['KCN08']);
  await page.getByTestId('found-KCN08').getByRole('button').click();
  await settled(page);
  await page.getByTestId('found-print').click();
  await page.getByTestId('print-paper').selectOption('A3');
  await page.getByTestId('print-title').fill('Đất công nghiệp còn trống ≥ 5 ha, cách cửa khẩu ≤ 1 km');
  await page.locator('[data-testid="print-preview"][data-status="drawing"]').waitFor();
  await page.locator('[data-testid="print-preview"][data-status="ready"]').waitFor({ timeout: 120_000 });
  await picture(page, 'journey-9-a3');
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'));
  assert.deepEqual([width, height].map((points) => Math.round((Number(points) * 25.4) / 72)), [420, 297]);
  assert.match(await page.locator('.print-sheet').innerText(), /Đất công nghiệp còn trống ≥ 5 ha/);
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await page.getByTestId('found-clear').click();
  await page.getByTestId('found-chip').waitFor({ state: 'detached' });
  await page.waitForFunction(() => !location.hash.includes('zones='));
  await page.getByTestId('found-panel').waitFor({ state: 'detached' });
  const all = await drawn(page).then(async (first) => {
    await settled(page);
    return [...first, ...(await drawn(page))];
  });
  assert.ok(all.some((id) => !(id in free)), 'others are drawn again');
});

test('by keyboard alone: filter, cards, a zone on the map, back to the filters', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { hash: '#page=register' });
  t.after(() => context.close());
  await page.getByTestId('zone-table').waitFor();
  await press(page, 'filter-free');
  await type(page, 'filter-min_free_ha', '5');
  await page.keyboard.press('Escape');
  await count(page, '3 / 45');
  await page.evaluate(() => document.activeElement.blur());
  await press(page, 'zones-map');
  await page.getByTestId('found-KCN08').waitFor();
  await page.waitForFunction(() => document.activeElement?.dataset?.testid === 'found-heading');
  await reach(page, 'found-print');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="found-panel"] [aria-current]').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('found-panel').waitFor({ state: 'detached' });
  await press(page, 'found-list');
  await page.waitForFunction(() => document.activeElement?.dataset?.testid === 'found-heading');
  await press(page, 'found-filters');
  await count(page, '3 / 45');
});
