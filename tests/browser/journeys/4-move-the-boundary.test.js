// Journey 4: the boundary of a park is moved along a parcel of the plan. The rules answer while it moves, before beside
// after; it is undone and done again, commented, saved as a revision; and never over what a second window has saved.
// Areas are the shoelace formula on the coordinates of the file (VN-2000), shares of codes the sample's answer key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../axe.js';
import { onPage, openMap } from '../map.js';
import { browser, picture, service } from '../stage.js';
import { VN2000, areaOf, edit, figure, findZone, hands, json, judged, known, number, openEdit, reachVertex, rounded, textOf, zone } from './steps.js';

const near = (value, expected, what) => assert.ok(Math.abs(value - expected) < 0.0101, `${what}: ${value}, not ${expected}`);
const before = async (page, code) => number(await page.locator(`[data-testid="edit-code-${code}"] td`).first().innerText());

/** Whether no edge of an open ring crosses another. */
function isSimple(ring) {
  const side = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  const edges = ring.map((from, at) => [from, ring[(at + 1) % ring.length]]);
  const cross = ([a, b], [c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  return edges.every((one, at) => edges.slice(at + 1).every((other) => !cross(one, other)));
}

/** A vertex of the plan beside vertex `at` of a zone, as its file has it and on the page: 25 px away at least. */
async function besideOnPlan(page, id, at) {
  const own = (await json(`/collections/zones/items/${id}`)).geometry.coordinates[0];
  const [xs, ys] = [0, 1].map((axis) => own.map((place) => place[axis]));
  const asked = `/edges?bbox=${Math.min(...xs)},${Math.min(...ys)},${Math.max(...xs)},${Math.max(...ys)}&collections=plan-2021-2030`;
  const [metres, degrees] = await Promise.all([json(`${asked}&crs=${VN2000}`), json(asked)]);
  const ring = (await zone(id)).geometry.coordinates[0].slice(0, -1);
  const exact = metres.lines.flatMap((line) => line.coordinates);
  const [x, y] = await onPage(page, own[at]);
  const spots = [];
  for (const [index, place] of degrees.lines.flatMap((line) => line.coordinates).entries()) {
    if (!isSimple(ring.with(at, exact[index])) || own.some(([a, b]) => Math.hypot(a - place[0], b - place[1]) < 1e-4)) continue;
    const [px, py] = await onPage(page, place);
    spots.push({ exact: exact[index], page: [px, py], away: Math.hypot(px - x, py - y) });
  }
  const [spot] = spots.filter(({ away }) => away > 25).sort((a, b) => a.away - b.away);
  return { from: [x, y], all: exact, ...spot };
}

/** Each hand its own way to the same end: the vertex lies on that of the plan. */
const moves = {
  mouse: async (page, { from: [x, y], page: [px, py] }, shown) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + (px - x) / 2, y + (py - y) / 2, { steps: 3 });
    // The rules answer while the button is still held down.
    await page.waitForFunction((text) => document.querySelector('[data-testid="figure-area"]').textContent !== text, shown);
    await page.mouse.move(px + 1, py - 1, { steps: 3 });
    await page.mouse.up();
  },
  keyboard: async (page, { exact: [east, north] }) => {
    for (const [axis, value] of [north, east].entries()) {
      await reachVertex(page, 1, axis);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(value.toFixed(3));
      await page.keyboard.press('Tab');
    }
  },
};
const parks = { mouse: ['KCN03', 'kcn doi co', 'SKK'], keyboard: ['KCN04', 'kcn bai lau', 'SKK'] };

for (const [name, hand] of Object.entries(hands)) {
  const [id, words, code] = parks[name];

  test(`a boundary is moved along the plan: ${name}`, async (t) => {
    const { page, context, errors, strangers } = await openMap(browser, service.origin);
    t.after(() => context.close());
    await findZone(page, hand, words, id);
    await edit(page, hand);
    const old = await zone(id);
    near(await before(page, code), rounded(known(id).plan[code]), `${code} before`);
    await page.locator('[data-testid="snap-state"]:not([data-edges="0"])').waitFor();
    const { all, ...target } = await besideOnPlan(page, id, 1);
    await moves[name](page, target, await textOf(page, 'figure-area'));
    await judged(page);
    const [north, east] = (await page.getByTestId('vertex-0-0-1').locator('input').evaluateAll((inputs) => inputs.map((each) => each.value))).map(number);
    const moved = [east, north];
    assert.ok(all.some((vertex) => String(vertex) === String(moved)), `${moved} is a vertex of the plan`);
    const ring = old.geometry.coordinates[0].with(1, moved);
    near(await figure(page, 'area'), rounded(areaOf(ring)), 'the moved outline');
    near(number(await textOf(page, 'edit-area')), rounded(areaOf(ring)), 'the sum of codes');
    await picture(page, `journey-4-moved-${name}`);
    assert.deepEqual(await violations(page), []);

    await page.keyboard.press('Control+z');
    await judged(page);
    if (name === 'keyboard') await page.keyboard.press('Control+z');
    await judged(page);
    assert.equal(await figure(page, 'area'), rounded(known(id).area_m2), 'as it was');
    for (const _ of name === 'keyboard' ? [1, 2] : [1]) await page.keyboard.press('Control+Shift+z');
    await judged(page);
    near(await figure(page, 'area'), rounded(areaOf(ring)), 'done again');

    // A colleague has the same park open, and saves first.
    const other = await openEdit(id);
    t.after(() => other.context.close());
    await other.page.getByTestId('vertex-0-0-3').locator('input').first().focus();
    await other.page.keyboard.press('Control+ArrowUp');
    await judged(other.page);
    await other.page.getByTestId('edit-reason').fill('Theo biên bản 7');
    await other.page.getByTestId('edit-save').click();
    await other.page.getByTestId('edit-panel').waitFor({ state: 'detached' });
    const theirs = await zone(id);

    await hand.fill(page, 'edit-reason', 'Theo ranh thửa quy hoạch');
    await hand.press(page, 'edit-save');
    await page.getByTestId('edit-clash').waitFor();
    assert.deepEqual((await zone(id)).geometry, theirs.geometry, 'nothing was overwritten');
    near(number(await textOf(page, 'clash-theirs-area')), rounded(areaOf(theirs.geometry.coordinates[0])), 'theirs');
    near(number(await textOf(page, 'clash-mine-area')), rounded(areaOf(ring)), 'mine');
    await picture(page, `journey-4-clash-${name}`);
    assert.deepEqual(await violations(page), []);
    await hand.press(page, 'clash-mine');
    await hand.press(page, 'edit-save');
    await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
    const saved = (await zone(id)).geometry.coordinates[0];
    assert.equal(String(saved[1]), String(moved), 'the very vertex of the plan');
    assert.deepEqual(saved.toSpliced(1, 1), old.geometry.coordinates[0].toSpliced(1, 1), 'every other vertex to the last bit');
    assert.deepEqual([errors.filter((each) => !/412/.test(each)), strangers], [[], []]);
  });
}
