// Journey 4: a boundary is moved, along what lies around it; the rules are asked while it moves; undone, done again,
// saved with a reason, and never over what somebody else has saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, onPage, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const VN2000 = 'http://www.opengis.net/def/crs/EPSG/0/9215';
const json = async (path) => (await fetch(`${service.origin}${path}`)).json();
const zone = (id) => json(`/collections/zones/items/${id}?crs=${VN2000}`);
const number = (text) => Number(text.replace('−', '-').replace(/\./g, '').replace(',', '.'));
const figure = async (page, name) => number(await page.getByTestId(`figure-${name}`).innerText());

/** Opens the editing of a zone, judged as it is and with the edges around it. */
async function openEdit(id, options = {}) {
  const view = await openMap(browser, service.origin, { hash: `#sel=zones/${id}`, ...options });
  await view.page.getByTestId('zone-edit').click();
  await ready(view.page);
  return view;
}

async function ready(page) {
  await page.getByTestId('edit-heading').waitFor();
  await page.getByTestId('edit-code-LUC').or(page.locator('[data-testid="edit-codes"] tbody tr')).first().waitFor();
  await settled(page);
}

/** Waits until the rules have answered to the last change. */
const judged = (page) => page.locator('[data-testid="edit-judged"][data-busy="false"]').waitFor();

/** Where vertex `at` of the outer ring lies on the page. */
async function vertexOnPage(page, id, at) {
  const degrees = await json(`/collections/zones/items/${id}`);
  const metres = await zone(id);
  // The API turns shells counter-clockwise in both alike.
  assert.equal(degrees.geometry.coordinates[0].length, metres.geometry.coordinates[0].length);
  return onPage(page, degrees.geometry.coordinates[0][at]);
}

async function drag(page, [x, y], [dx, dy]) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const part of [0.3, 0.7, 1]) await page.mouse.move(x + dx * part, y + dy * part);
  await page.mouse.up();
}

test('a vertex is dragged: before and after, undo that pans, a reason, a revision', async (t) => {
  const { page, context, errors, strangers } = await openEdit('KCN01');
  t.after(() => context.close());
  await picture(page, 'edit-open');
  const findings = () => page.evaluate(() => window.__ranh.map.getLayoutProperty('finding-fill', 'visibility'));
  assert.equal(await findings(), 'none', 'findings of the last check are out of the way');
  assert.deepEqual(await violations(page), []);
  const before = await zone('KCN01');
  const area = await figure(page, 'area');
  assert.equal(await page.getByTestId('edit-save').isDisabled(), true, 'nothing is changed');
  await drag(page, await vertexOnPage(page, 'KCN01', 0), [-60, 50]);
  await judged(page);
  await picture(page, 'edit-dragged');
  const after = await figure(page, 'area');
  assert.notEqual(after, area);
  assert.match(await page.getByTestId('edit-steps').innerText(), /Dời đỉnh 1/);
  assert.equal(number(await page.getByTestId('edit-area').innerText()), after, 'the sum is the area');
  assert.deepEqual(await violations(page), []);
  // What is far away comes back into view when it is undone.
  await page.evaluate(() => window.__ranh.map.jumpTo({ center: [107, 20.5], zoom: 12 }));
  await page.keyboard.press('Control+z');
  await judged(page);
  assert.equal(await figure(page, 'area'), area);
  const [x, y] = await vertexOnPage(page, 'KCN01', 0);
  const box = await page.getByTestId('map').boundingBox();
  assert.ok(x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height, `${x} ${y} is in view`);
  await page.keyboard.press('Control+Shift+z');
  await judged(page);
  assert.equal(await figure(page, 'area'), after);
  assert.equal(await page.getByTestId('edit-save').isDisabled(), true, 'without a reason');
  await page.getByTestId('edit-reason').fill('Tránh đất lúa theo CV 45/STNMT');
  await page.getByTestId('edit-save').click();
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  assert.equal(await findings(), 'visible');
  // The server measures what was shown, and every other vertex is what it was to the last bit.
  const saved = await zone('KCN01');
  const differ = saved.geometry.coordinates[0].filter((vertex, at) => vertex.join() !== before.geometry.coordinates[0][at].join());
  assert.equal(differ.length, 2, 'the first vertex, which closes the ring too');
  assert.deepEqual(saved.properties, before.properties);
  const judgement = await execute('judge-edit', { collection: 'zones', zones: ['KCN01'] });
  assert.equal(number(judgement.zones[0].state.area_ha.toFixed(2).replace('.', ',')), after);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

async function execute(process, inputs) {
  const answer = await fetch(`${service.origin}/processes/${process}/execution`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ inputs }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

test('a vertex that snaps to the plan is that of the plan to the last bit', async (t) => {
  const { page, context } = await openEdit('KCN03');
  t.after(() => context.close());
  await page.locator('[data-testid="snap-state"]:not([data-edges="0"])').waitFor();
  // A vertex of the plan near the zone's second one, and not on the zone.
  const { geometry } = await json('/collections/zones/items/KCN03');
  const asked = `/edges?bbox=${boxOf(geometry).join(',')}&collections=plan-2021-2030`;
  const [metres, degrees] = await Promise.all([json(`${asked}&crs=${VN2000}`), json(asked)]);
  const own = geometry.coordinates[0];
  const from = await vertexOnPage(page, 'KCN03', 1);
  const free = degrees.lines.flatMap((line) => line.coordinates)
    .filter(([x, y]) => own.every(([a, b]) => Math.hypot(a - x, b - y) > 1e-4));
  const spots = await Promise.all(free.map(async (place) => ({ at: await onPage(page, place) })));
  const away = ({ at }) => Math.hypot(at[0] - from[0], at[1] - from[1]);
  const [target] = spots.filter((each) => away(each) > 25).sort((a, b) => away(a) - away(b));
  // Some pixels beside it: it snaps.
  await drag(page, from, [target.at[0] - from[0] + 4, target.at[1] - from[1] - 3]);
  await judged(page);
  await picture(page, 'edit-snapped');
  await page.getByTestId('edit-reason').fill('Theo ranh thửa');
  await page.getByTestId('edit-save').click();
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  const saved = String((await zone('KCN03')).geometry.coordinates[0][1]);
  assert.ok(metres.lines.some((line) => line.coordinates.some((vertex) => String(vertex) === saved)), saved);
});

function boxOf({ coordinates: [ring] }) {
  const [xs, ys] = [0, 1].map((axis) => ring.map((place) => place[axis]));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

test('by keyboard alone, in English and in the dark', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { hash: '#sel=zones/KCN04' });
  t.after(() => context.close());
  await page.getByTestId('zone-edit').waitFor();
  await inEnglish(page);
  await page.getByTestId('toggle-theme').click();
  await page.keyboard.press('e');
  await ready(page);
  const before = (await zone('KCN04')).geometry.coordinates[0];
  // The X of the first vertex: ten metres north by Ctrl, one by Shift, then typed over.
  await page.getByTestId('vertex-0-0-0').locator('input').first().focus();
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await judged(page);
  assert.match(await page.getByTestId('edit-steps').innerText(), /2\s*Move vertex 1/);
  await picture(page, 'edit-dark-en');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('vertex-0-0-1').locator('input').nth(1).focus();
  const east = before[1][0] + 2.5;
  await page.keyboard.press('Control+a');
  await page.keyboard.type(east.toFixed(3));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.getByTestId('edit-reason').focus();
  await page.keyboard.type('By the field survey');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  const after = (await zone('KCN04')).geometry.coordinates[0];
  const near = (value, expected) => assert.ok(Math.abs(value - expected) < 1e-9, `${value} ${expected}`);
  near(after[0][1], Math.round((before[0][1] + 11) * 1000) / 1000);
  near(after[1][0], Math.round(east * 1000) / 1000);
});

test('of two who edit one zone the second sees both versions and chooses', async (t) => {
  const [first, second] = [await openEdit('KCN05'), await openEdit('KCN05')];
  t.after(() => Promise.all([first.context.close(), second.context.close()]));
  const nudge = async ({ page }, key, reason) => {
    await page.getByTestId('vertex-0-0-2').locator('input').first().focus();
    await page.keyboard.press(key);
    await judged(page);
    await page.getByTestId('edit-reason').fill(reason);
    await page.getByTestId('edit-save').click();
  };
  await nudge(first, 'Control+ArrowUp', 'Tôi trước');
  await first.page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  const theirs = await zone('KCN05');
  await nudge(second, 'Control+ArrowDown', 'Tôi sau');
  await second.page.getByTestId('edit-clash').waitFor();
  await second.page.getByText('Không có gì bị ghi đè').waitFor();
  await picture(second.page, 'edit-clash');
  assert.deepEqual(await violations(second.page), []);
  assert.deepEqual((await zone('KCN05')).geometry, theirs.geometry, 'nothing was overwritten');
  await second.page.getByTestId('clash-mine').click();
  await second.page.getByTestId('edit-save').click();
  await second.page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  const mine = await zone('KCN05');
  const [a, b] = [theirs, mine].map(({ geometry }) => geometry.coordinates[0][2][1]);
  assert.ok(Math.abs(a - b - 20) < 1e-6, `${a} and ${b} are 20 m apart`);
});

test('what was changed is not lost by a slip', async (t) => {
  const { page, context } = await openEdit('KCN06');
  t.after(() => context.close());
  await page.getByTestId('vertex-0-0-0').locator('input').first().focus();
  await page.keyboard.press('ArrowUp');
  await page.getByTestId('edit-close').click();
  await page.getByTestId('edit-leaving').waitFor();
  await picture(page, 'edit-leaving');
  await page.getByTestId('leave-no').click();
  assert.match(await page.getByTestId('edit-steps').innerText(), /Dời đỉnh 1/);
  await page.getByTestId('edit-close').click();
  await page.getByTestId('leave-yes').click();
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
});

test('a zone is split along a line, and the parts are the whole', async (t) => {
  const { page, context } = await openEdit('CCN01');
  t.after(() => context.close());
  const { geometry } = await json('/collections/zones/items/CCN01');
  const [west, south, east, north] = boxOf(geometry);
  const whole = await figure(page, 'area');
  // From above over the middle to below.
  await page.getByTestId('tool-line').click();
  const middle = (west + east) / 2;
  for (const lat of [north + (north - south) / 6, south - (north - south) / 6]) {
    await page.mouse.click(...(await onPage(page, [middle, lat])));
  }
  await picture(page, 'edit-split-line');
  await page.getByTestId('draw-finish').click();
  await page.getByTestId('edit-zone').waitFor();
  await judged(page);
  assert.equal(await figure(page, 'area'), whole, 'the parts are the whole');
  await picture(page, 'edit-split');
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.getByTestId('edit-zone').locator('option').count(), 2);
  await page.keyboard.press('Control+z');
  await page.getByTestId('edit-zone').waitFor({ state: 'detached' });
});

test('a new zone is drawn by the keyboard and saved', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.getByTestId('zone-new').click();
  await page.getByTestId('draw-form').waitFor();
  await picture(page, 'edit-new');
  assert.deepEqual(await violations(page), []);
  const square = [[2_343_000, 525_000], [2_343_000, 525_400], [2_343_300, 525_400], [2_343_300, 525_000]];
  for (const [x, y] of square) {
    await page.getByTestId('draw-x').fill(String(x));
    await page.getByTestId('draw-y').fill(String(y));
    await page.keyboard.press('Enter');
  }
  await page.getByTestId('draw-finish').click();
  await judged(page);
  // 400 m × 300 m.
  await page.locator('[data-testid="figure-area"]', { hasText: '12,00' }).waitFor();
  assert.equal(await page.getByTestId('edit-save').isDisabled(), true, 'without a name');
  await page.getByTestId('edit-name').fill('CCN Thử Vẽ');
  await page.getByTestId('edit-id').fill('CCN-THU');
  await page.getByTestId('edit-kind').selectOption('CCN');
  await page.getByTestId('edit-reason').fill('Đề xuất mới');
  await page.getByTestId('edit-save').click();
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
  const made = await zone('CCN-THU');
  assert.equal(made.properties.name, 'CCN Thử Vẽ');
  assert.deepEqual(made.geometry.coordinates[0].slice(0, 4).map(String).sort(), square.map(([x, y]) => `${y},${x}`).sort());
});

test('on a phone, with a finger', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844, hash: '#sel=zones/KCN07' });
  t.after(() => context.close());
  await page.getByTestId('tab-info').click();
  await page.getByTestId('zone-edit').click();
  await ready(page);
  await picture(page, 'edit-390');
  assert.deepEqual(await violations(page), []);
});
