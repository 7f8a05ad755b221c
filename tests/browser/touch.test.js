// By finger: the map goes along with it and grows between two, the sheet of a phone is drawn up and down. The
// comparison's bar by finger is in compare.test.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPage, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const PHONE = { width: 390, height: 844, hasTouch: true };
/** What the sheet leaves of a screen at its three heights, beside the 56 px of its tabs. */
const sheetHeight = (share) => 56 + share * PHONE.height;

/** Fingers on the glass: `down`, `move` and `up` take places of the page, one for each. */
async function fingers(context, page) {
  const client = await context.newCDPSession(page);
  const send = (type) => (...places) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
  return { down: send('touchStart'), move: send('touchMove'), up: send('touchEnd') };
}

/** From one place to another, the finger still down. */
async function draw(hand, [x, y], [toX, toY]) {
  await hand.down([x, y]);
  for (const part of [0.1, 0.4, 0.7, 1]) await hand.move([x + (toX - x) * part, y + (toY - y) * part]);
}

const placeAt = (page, at) => page.evaluate(([x, y]) => {
  const { map } = window.__ranh;
  const box = map.getCanvas().getBoundingClientRect();
  return map.unproject([x - box.left, y - box.top]).toArray();
}, at);
const zoom = (page) => page.evaluate(() => window.__ranh.map.getZoom());
/** Until the map has drawn what the finger did. */
const frames = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

test('the map goes along with a finger, and grows between two', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, PHONE);
  t.after(() => context.close());
  const hand = await fingers(context, page);
  const before = await zoom(page);
  const [from, to] = [[150, 200], [230, 320]];
  const grasped = await placeAt(page, from);
  await draw(hand, from, to);
  await frames(page);
  const under = await placeAt(page, to);
  const pixel = Math.abs((await placeAt(page, [to[0] + 1, to[1]]))[0] - under[0]);
  // A drag begins after a few pixels, by which the place lags behind the finger.
  for (const axis of [0, 1]) assert.ok(Math.abs(under[axis] - grasped[axis]) < 14 * pixel, `${under} is where ${grasped} was`);
  assert.equal(await zoom(page), before);
  await hand.up();

  await hand.down([170, 250], [220, 250]);
  for (const apart of [40, 70, 100]) await hand.move([195 - apart, 250], [195 + apart, 250]);
  await frames(page);
  // From 50 px to 200 px between the fingers is twice twice as large: two zooms more, less the first pixels.
  const grown = (await zoom(page)) - before;
  assert.ok(grown > 1 && grown < 2.3, `grown by ${grown}`);
  await hand.up();
  assert.deepEqual(errors, []);
});

test('the sheet is drawn up and down by its handle, and stays at the nearest of its heights', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, PHONE);
  t.after(() => context.close());
  const hand = await fingers(context, page);
  const sheet = page.getByTestId('sheet');
  const height = () => sheet.evaluate((each) => each.getBoundingClientRect().height);
  const settles = (share) => page.waitForFunction((wanted) => Math.abs(document.querySelector('[data-testid="sheet"]').getBoundingClientRect().height - wanted) < 2, sheetHeight(share));
  const handle = async () => {
    const box = await sheet.getByRole('button').first().boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await settles(0.44);
  const [x, y] = await handle();
  await draw(hand, [x, y], [x, y - 200]);
  await frames(page);
  // While the finger holds it, it is as high as the finger.
  assert.ok(Math.abs((await height()) - sheetHeight(0.44) - 200) < 2, `${await height()} px high`);
  await draw(hand, [x, y - 200], [x, y - 260]);
  await hand.up();
  await settles(0.86);
  await picture(page, 'touch-sheet-high');
  const top = await handle();
  await draw(hand, top, [x, 800]);
  await hand.up();
  await settles(0.06);
  await picture(page, 'touch-sheet-low');
  // A tap goes on to the next height.
  await page.touchscreen.tap(...(await handle()));
  await settles(0.44);
  assert.deepEqual(errors, []);
});

test('a finger moves a vertex without the map, a second finger gives it up', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, { ...PHONE, hash: '#sel=zones/KCN01' });
  t.after(() => context.close());
  await page.getByTestId('tab-info').click();
  await page.getByTestId('zone-edit').click();
  await page.locator('[data-testid="edit-judged"][data-busy="false"]').waitFor();
  await settled(page);
  const hand = await fingers(context, page);
  const { geometry } = await (await fetch(`${service.origin}/collections/zones/items/KCN01`)).json();
  const steps = page.getByTestId('edit-steps');
  const judged = page.locator('[data-testid="edit-judged"][data-busy="false"]');
  const camera = () => page.evaluate(() => ({ center: window.__ranh.map.getCenter().toArray(), zoom: window.__ranh.map.getZoom() }));
  // The vertex that is furthest from its neighbours: a finger is wide, and 14 px beside it still takes hold of it.
  const ring = geometry.coordinates[0].slice(0, -1);
  const places = await Promise.all(ring.map((place) => onPage(page, place)));
  const apart = places.map(([x, y], at) => Math.min(...places.map(([a, b], other) => (at === other ? Infinity : Math.hypot(a - x, b - y)))));
  const at = apart.indexOf(Math.max(...apart));
  const [x, y] = places[at].map((pixel) => pixel + 10);
  const before = await camera();
  await draw(hand, [x, y], [x - 40, y - 30]);
  await hand.down([x - 40, y - 30], [x - 40, y + 60]);
  await hand.up();
  await judged.waitFor();
  assert.doesNotMatch(await steps.innerText(), /Dời đỉnh/);

  // A tap of two fingers has made the map smaller.
  await page.evaluate((to) => window.__ranh.map.jumpTo(to), before);
  await settled(page);
  const still = await camera();
  await draw(hand, [x, y], [x - 40, y - 30]);
  await hand.up();
  await steps.getByText(`Dời đỉnh ${at + 1}`).waitFor();
  await judged.waitFor();
  assert.deepEqual(await camera(), still, 'the map stays where it is');
  await picture(page, 'touch-vertex');
  // MapLibre holds off what the browser makes of a tap of two fingers, also where the browser does not let it.
  assert.deepEqual(errors.filter((text) => !text.includes('with cancelable=false')), []);
});
