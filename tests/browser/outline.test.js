// Whole outlines changed at once: a hole, land of a layer cut away, a zone joined, an area added, a split whose parts
// change places. Areas are those of rectangles, or of the sample's answer key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { clickShape, figure, hands, json, judged, known, number, openEdit, rectangle, rounded, save, textOf, typeShape, zone } from './journeys/steps.js';
import { picture } from './stage.js';

/** Hectares may be off by what two roundings to a hundredth are. */
const near = (value, expected, what) => assert.ok(Math.abs(value - expected) < 0.0101, `${what}: ${value}, not ${expected}`);

for (const [name, hand] of Object.entries(hands)) {
  test(`a hole of 200 m by 100 m takes 2 ha away, and comes back when it is undone: ${name}`, async (t) => {
    const { page, context } = await openEdit('KCN03');
    t.after(() => context.close());
    await typeShape(page, hand, 'hole', rectangle(525_407, 2_335_399, 200, 100));
    near(await figure(page, 'area'), rounded(known('KCN03').area_m2) - 2, 'with the hole');
    assert.match(await textOf(page, 'edit-steps'), /Khoét lỗ 2,00 ha/);
    await page.getByTestId('vertex-0-1-0').waitFor();
    await picture(page, `outline-hole-${name}`);
    // What reaches out of the zone cannot be cut: the drawing stays, to be mended.
    await typeShape(page, hand, 'hole', rectangle(600_000, 2_335_399, 200, 100));
    await page.getByText(/Không làm được/).waitFor();
    assert.match(await textOf(page, 'draw-count'), /^4 /);
    await hand.press(page, 'draw-cancel');
    await page.keyboard.press('Control+z');
    await judged(page);
    assert.equal(await figure(page, 'area'), rounded(known('KCN03').area_m2));
  });
}

test('a hole drawn with the mouse is saved as it was drawn', async (t) => {
  const { page, context } = await openEdit('CCN05');
  t.after(() => context.close());
  const { coordinates } = (await json('/collections/zones/items/CCN05')).geometry;
  const [lon, lat] = [0, 1].map((axis) => coordinates[0].slice(1).reduce((sum, place) => sum + place[axis], 0) / (coordinates[0].length - 1));
  const d = 0.0004;
  await clickShape(page, 'hole', [[lon - d, lat - d], [lon + d, lat - d], [lon + d, lat + d], [lon - d, lat + d]]);
  const shown = await figure(page, 'area');
  // 0.0008° squared at 21° N: 110,700 m and 103,900 m to the degree, a hundredth more or less.
  near(shown, rounded(known('CCN05').area_m2) - (0.0008 ** 2 * 110_700 * 103_900) / 1e4, 'with the hole');
  await save(page, hands.mouse, 'Chừa nghĩa trang');
  const saved = await zone('CCN05');
  assert.equal(saved.geometry.coordinates.length, 2, 'a shell and a hole');
  assert.equal(saved.geometry.coordinates[1].length, 5);
});

test('land of one code is cut away, with what would be left said before', async (t) => {
  const { page, context } = await openEdit('KCN04');
  t.after(() => context.close());
  const { area_m2, landUse } = known('KCN04');
  await page.getByTestId('tool-cut').click();
  await page.getByTestId('cut-layer').selectOption('land-use-2024');
  await page.getByTestId('cut-code-LUC').check();
  const [gone, left] = (await textOf(page, 'cut-preview')).match(/[\d.]+,\d\d/g).map(number);
  assert.deepEqual([gone, left], [rounded(landUse.LUC), rounded(area_m2 - landUse.LUC)]);
  await picture(page, 'outline-cut');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('cut-run').click();
  await page.getByTestId('cut-form').waitFor({ state: 'detached' });
  await judged(page);
  near(await figure(page, 'area'), rounded(area_m2 - landUse.LUC), 'without rice');
  await page.getByTestId('codes-by').selectOption('by_land_use');
  assert.equal(await page.locator('[data-testid="edit-code-LUC"] td').nth(1).innerText(), '0,00');
  await page.locator('[data-testid="edit-finding-LUP-03"][data-change="gone"]').waitFor();
});

test('a zone is joined with the one it overlaps, and that one is gone once it is saved', async (t) => {
  const { page, context } = await openEdit('CCN07');
  t.after(() => context.close());
  await page.getByTestId('tool-merge').click();
  await page.getByTestId('merge-zone').selectOption('CCN08');
  await picture(page, 'outline-merge');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('merge-run').click();
  await page.getByTestId('merge-form').waitFor({ state: 'detached' });
  await judged(page);
  // The answer key's ZON-01: 106,201.5 m² in common.
  const together = known('CCN07').area_m2 + known('CCN08').area_m2 - 106_201.5;
  near(await figure(page, 'area'), rounded(together), 'both');
  // Before is the sum of both as they are.
  await page.getByTestId('edit-figures').getByText(`${new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format((known('CCN07').area_m2 + known('CCN08').area_m2) / 1e4)} (`).waitFor();
  await save(page, hands.mouse, 'Gộp theo QĐ 12');
  const list = await json('/collections/zones/items?limit=1000');
  assert.ok(list.features.every(({ id }) => id !== 'CCN08'), 'the zone merged in is gone');
});

test('an area drawn against a zone becomes one outline with it', async (t) => {
  const { page, context } = await openEdit('CCN17');
  t.after(() => context.close());
  const { coordinates } = (await zone('CCN17')).geometry;
  const east = Math.max(...coordinates[0].map(([x]) => x));
  const [[x, y]] = coordinates[0].filter(([each]) => each === east);
  // 300 m × 200 m, the first 100 m of which lie in the zone or on its border: what it shares is counted once.
  await typeShape(page, hands.mouse, 'zone', rectangle(x - 100, y - 100, 300, 200));
  assert.equal(await page.getByTestId('vertex-1-0-0').count(), 0, 'one polygon');
  const grown = (await figure(page, 'area')) - rounded(known('CCN17').area_m2);
  assert.ok(grown > 4 && grown < 6, `${grown} ha`);
  assert.match(await textOf(page, 'edit-steps'), /Vẽ thêm/);
});

test('of a split the other part keeps the name when that is wanted', async (t) => {
  const { page, context } = await openEdit('CCN15');
  t.after(() => context.close());
  const { coordinates } = (await zone('CCN15')).geometry;
  const xs = coordinates[0].map(([x]) => x);
  const ys = coordinates[0].map(([, y]) => y);
  // A fifth of it in the west: the largest part is in the east.
  const x = Math.min(...xs) + (Math.max(...xs) - Math.min(...xs)) / 4;
  await typeShape(page, hands.mouse, 'line', [[x, Math.max(...ys) + 50], [x, Math.min(...ys) - 50]]);
  await page.getByTestId('edit-zone').selectOption('1');
  await picture(page, 'outline-split-parts');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('edit-identity').click();
  await judged(page);
  await page.getByTestId('edit-zone').selectOption('1');
  await page.getByTestId('edit-name').fill('CCN Gò Hở Đông');
  await page.getByTestId('edit-id').fill('CCN15B');
  await save(page, hands.mouse, 'Tách theo QĐ 13');
  const [west, other] = [await zone('CCN15'), await zone('CCN15B')];
  assert.equal(Math.min(...west.geometry.coordinates[0].map(([each]) => each)), Math.min(...xs), 'the west keeps the name');
  assert.equal(west.properties.name, 'CCN Gò Hở');
  assert.equal(Math.max(...other.geometry.coordinates[0].map(([each]) => each)), Math.max(...xs));
});
