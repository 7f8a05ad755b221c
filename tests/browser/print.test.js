// A sheet of paper with the map: sizes, scale, legend, marks and table, as a PDF of the browser and as a picture.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const json = async (route) => (await fetch(`${service.origin}${route}`)).json();
const drawn = (page) => page.locator('[data-testid="print-preview"][data-status="ready"]').waitFor({ timeout: 120_000 });
/** The sheet that goes to paper; the other one is its preview. */
const sheet = (page) => page.locator('.print-sheet [data-testid="sheet-page"]');

/** Width and height of each page of a PDF, in millimetres: a point is 1/72 inch. */
function pages(pdf) {
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return boxes.map((box) => box.slice(1).map((points) => Math.round((Number(points) * 25.4) / 72)));
}

test('A4 landscape: what is in view with legend, scale, north, source, version and the mark of generated data', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin, { hash: '#map=12.2/21.09/107.44' });
  t.after(() => context.close());
  await page.keyboard.press('p');
  await drawn(page);
  await page.emulateMedia({ media: 'print' });
  // The map on the screen has no size while the sheet is printed, and hears of it sooner or later.
  await page.evaluate(() => window.__ranh.map.resize());
  const text = await sheet(page).innerText();
  const { ranh } = await json('/collections');
  const plan = await json('/collections/plan-2021-2030');
  for (const part of ['tạo sinh', 'EPSG:9215', `r${ranh.revision}`, plan.ranh.source.vi, '1:100.000', 'In ngày']) {
    assert.ok(text.includes(part), `${part} is missing`);
  }
  // At 1:100,000 the bar of 2 km is 20 mm.
  const bar = await sheet(page).locator('.bar i').evaluate((line) => line.getBoundingClientRect().width);
  assert.ok(Math.abs(bar - (20 * 96) / 25.4) < 0.5, `${bar} px`);
  const legend = await sheet(page).locator('.legend li').allInnerTexts();
  const hectares = (line) => Number(/([\d.]+,\d\d)$/.exec(line.trim())[1].replaceAll('.', '').replace(',', '.'));
  const lines = legend.filter((line) => /\d,\d\d$/.test(line.trim())).map(hectares);
  const total = lines.pop();
  assert.ok(Math.abs(lines.reduce((sum, each) => sum + each, 0) - total) < 0.005 * (lines.length + 30), 'the lines of the legend sum to its total');
  assert.ok(legend.some((line) => line.includes('mã khác')), 'what has no room is summed in a line');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.deepEqual(pages(pdf), [[297, 210]]);
  await page.emulateMedia({ media: 'screen' });
  await picture(page, 'print-panel');
  assert.deepEqual(await violations(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('print-png').click()]);
  const png = readFileSync(await download.path());
  // A4 at 200 dots to the inch.
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2339, 1654]);
  assert.ok(png.length > 300_000, `${png.length} bytes: the map is in it`);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

test('A3 portrait from a link: the zone, its findings on a page of their own, in English and in the dark', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, { hash: '#sel=zones/KCN01&side=print&print=A3,portrait,25000,degrees&lang=en&theme=dark' });
  t.after(() => context.close());
  const zone = await json('/zones/KCN01/summary');
  await page.getByTestId('print-table').waitFor({ timeout: 60_000 });
  const [west, south, east, north] = zone.bbox;
  await page.evaluate((center) => window.__ranh.map.jumpTo({ center, zoom: 13 }), [(west + east) / 2, (south + north) / 2]);
  await settled(page);
  await page.locator('[data-testid="print-preview"][data-status="drawing"]').waitFor();
  await drawn(page);
  await picture(page, 'print-dark');
  assert.deepEqual(await violations(page), []);
  await page.emulateMedia({ media: 'print' });
  const { findings } = await json('/findings?zone=KCN01&limit=1000');
  const rows = await page.locator('.print-sheet [data-testid="sheet-table"] tbody tr').allInnerTexts();
  assert.equal(rows.length, findings.length);
  for (const finding of findings) assert.ok(rows.some((row) => row.includes(finding.rule)), finding.rule);
  assert.match(await sheet(page).innerText(), /1:25,000/);
  assert.match(await sheet(page).innerText(), /Sample data \(generated\)/);
  const all = pages(await page.pdf({ preferCSSPageSize: true }));
  assert.ok(all.length >= 2, `${all.length} pages`);
  assert.deepEqual([...new Set(all.map(String))], ['297,420']);
  assert.deepEqual(errors, []);
});

test('by keyboard alone, and Escape goes back', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.keyboard.press('p');
  const panel = page.getByTestId('print-panel');
  await panel.waitFor();
  await page.getByTestId('print-title').focus();
  await page.keyboard.type('Đất công nghiệp còn trống ≥ 5 ha');
  assert.equal(await sheet(page).locator('h2').textContent(), 'Đất công nghiệp còn trống ≥ 5 ha');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByTestId('print-paper').inputValue(), 'A3');
  await page.waitForFunction(() => location.hash.includes('print=A3,landscape'));
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  assert.equal(await page.locator('.print-sheet').count(), 0);
});
