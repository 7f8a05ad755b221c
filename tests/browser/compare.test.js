// Two versions of a plan: the matrix of what changes tied to the map, the bar between both, zones newly in conflict.
// Hectares are those of shapely 2 on the sample's files in EPSG:9215 (pyproj): every parcel of one cut by every one of
// the other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

/** 0.43445, 382.6103, 1029.0219, 322.8941 and 7.5501 ha, as the matrix rounds them. */
const SHAPELY = [['HNK', 'RSX', 0.4], ['HNK', 'LUC', 382.6], ['RPH', 'RSX', 1029], ['CLN', 'SKN', 322.9], ['SKK', 'RPH', 7.6]];
/** All that changes its code: 8,180.1993 ha. */
const TOTAL = 8180.2;

const open = (options) => openMap(browser, service.origin, options);
const matrixOf = (page) => page.getByTestId('matrix').waitFor({ timeout: 60_000 });
const number = (text) => Number(text.replaceAll('.', '').replace(',', '.').replace('\u2212', '-').replace('+', ''));

/** The plans that the lower map draws, and what part of it the upper one covers. */
async function drawnPlans(page) {
  return page.evaluate(() => {
    const visible = (map) => map.getStyle().layers.filter((layer) => layer.id.startsWith('landuse-fill:') && layer.layout?.visibility !== 'none').map((layer) => layer.id.slice(13));
    return { a: visible(window.__ranh.map), clip: document.querySelector('[data-testid="second-map"]').style.clipPath };
  });
}

test('the matrix has the hectares of shapely, its sums add up, and a cell leads to its places', async (t) => {
  const { page, context, errors, strangers } = await open();
  t.after(() => context.close());
  await page.getByTestId('compare-open').click();
  await matrixOf(page);
  const cell = async (from, to) => number(/[\d.,]+(?=\s+ha)/.exec(await page.getByTestId(`cell-${from}-${to}`).textContent())[0]);
  for (const [from, to, hectares] of SHAPELY) assert.equal(await cell(from, to), hectares, `${from} to ${to}`);
  assert.equal(number(await page.getByTestId('matrix-total').innerText()), TOTAL);
  const rows = await page.locator('[data-testid="matrix"] tbody td.sum').allInnerTexts();
  const columns = (await page.locator('[data-testid="matrix"] tfoot td').allInnerTexts()).slice(0, -1);
  const sum = (texts) => texts.reduce((all, text) => all + Math.abs(number(text)), 0);
  // Each is rounded to a tenth of a hectare.
  assert.ok(Math.abs(sum(rows) - TOTAL) < 0.05 * rows.length && Math.abs(sum(columns) - TOTAL) < 0.05 * columns.length);
  assert.equal(await page.getByTestId('net-sum').innerText(), '0,00');
  await page.getByTestId('cell-SKK-RPH').click();
  const places = page.getByTestId('cell-places');
  assert.match(await places.innerText(), /SKK −7,55 ha → RPH \+7,55 ha/);
  await settled(page);
  await page.waitForFunction(() => window.__ranh.map.queryRenderedFeatures({ layers: ['change-fill'] }).length > 0);
  const marked = await page.evaluate(() => window.__ranh.map.queryRenderedFeatures({ layers: ['change-fill'] }).map((f) => `${f.properties.from}-${f.properties.to}`));
  assert.deepEqual([...new Set(marked)], ['SKK-RPH']);
  await picture(page, 'compare-cell');
  assert.deepEqual(await violations(page), []);
  // A link brings both versions, the bar and the cell back.
  await page.waitForFunction(() => location.hash.includes('SKK:RPH'));
  const before = await places.innerText();
  await page.reload();
  await places.waitFor({ timeout: 60_000 });
  assert.equal(await places.innerText(), before);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

test('the bar goes by mouse and by keyboard, and the map shows A left and B right of it', async (t) => {
  const { page, context } = await open({ hash: '#map=12/21.09/107.44&side=compare' });
  t.after(() => context.close());
  const swipe = page.getByTestId('swipe');
  await swipe.waitFor({ timeout: 60_000 });
  assert.deepEqual(await drawnPlans(page), { a: ['plan-2016-2020'], clip: 'inset(0px 0px 0px 50%)' });
  await swipe.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal((await drawnPlans(page)).clip, 'inset(0px 0px 0px 48%)');
  assert.equal(await swipe.getAttribute('aria-valuetext'), 'A 48 %, B 52 %');
  const box = await page.getByTestId('map').boundingBox();
  const [x, y] = [box.x + box.width * 0.48, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, y, { steps: 5 });
  await page.mouse.up();
  assert.match((await drawnPlans(page)).clip, /^inset\(0px 0px 0px 2[45]%\)$/);
  await settled(page);
  await picture(page, 'compare-swiped');
  // Elsewhere the map is the map: dragging it moves both.
  const before = await page.evaluate(() => window.__ranh.map.getCenter().lng);
  await page.mouse.move(box.x + box.width * 0.7, y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((lng) => window.__ranh.map.getCenter().lng > lng, before);
  // The plan that was drawn before comes back when it is closed.
  await page.getByTestId('compare-panel').focus();
  await page.keyboard.press('Escape');
  await swipe.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => window.__ranh.map.getLayoutProperty('landuse-fill:plan-2021-2030', 'visibility')), 'visible');
});

test('by finger', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844, hash: '#side=compare', hasTouch: true });
  t.after(() => context.close());
  await matrixOf(page);
  const box = await page.getByTestId('second-map').boundingBox();
  const client = await context.newCDPSession(page);
  const touch = (type, x, y) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const bar = await page.getByTestId('swipe').boundingBox();
  const y = bar.y + bar.height / 2;
  await touch('touchStart', box.x + box.width / 2, y);
  await touch('touchMove', box.x + box.width * 0.4, y);
  await touch('touchMove', box.x + box.width * 0.3, y);
  await touch('touchEnd');
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="swipe"]').value) < 35);
  await picture(page, 'compare-phone');
  assert.deepEqual(await violations(page), []);
});

test('zones newly in conflict are named and found on the map; by keyboard, in English and in the dark', async (t) => {
  const { page, context, errors } = await open();
  t.after(() => context.close());
  await inEnglish(page);
  await page.getByTestId('toggle-theme').click();
  await page.keyboard.press('s');
  await matrixOf(page);
  const zone = page.getByTestId('new-KCN01');
  await zone.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-testid="new-KCN01"]').getAttribute('aria-pressed') === 'true');
  const [west, south, east, north] = (await (await fetch(`${service.origin}/zones/KCN01/summary`)).json()).bbox;
  await page.waitForFunction(([w, s, e, n]) => window.__ranh.map.getBounds().contains([w, s]) && window.__ranh.map.getBounds().contains([e, n]), [west, south, east, north]);
  await settled(page);
  await picture(page, 'compare-dark');
  assert.deepEqual(await violations(page), []);
  // Every code has its row and column, and the table is reached by the keyboard.
  await page.getByTestId('matrix-all').click();
  assert.ok(await page.locator('[data-testid="matrix"] tbody tr').count() > 15);
  await picture(page, 'compare-all');
  assert.deepEqual(await violations(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('compare-csv').click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n').slice(1).map((line) => line.split(','));
  const changed = lines.filter(([from, to]) => from !== to).reduce((all, [, , ha]) => all + Number(ha), 0);
  assert.ok(Math.abs(changed - TOTAL) < 0.06, `${changed} ha`);
  assert.deepEqual(errors, []);
});
