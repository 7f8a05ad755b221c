// Journey 5: the plan of 2016–2020 beside that of 2021–2030. The bar between them goes by mouse, by finger and by keys;
// what changes stands in a matrix whose cells lead to their places; zones newly in conflict are named; a summary is
// copied for a mail. Hectares are those of shapely 2 on the sample's files (every parcel of one cut by every one of the
// other, EPSG:9215); which zones come into conflict is the answer key's PLN-04 of severity E.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../axe.js';
import { answers, openMap, settled } from '../map.js';
import { browser, picture, service } from '../stage.js';
import { hands, number, reach, textOf } from './steps.js';

/** All that changes its code, and two of its cells, ha. */
const TOTAL = 8180.2;
const CELLS = { 'SKK-RPH': 7.55, 'HNK-LUC': 382.61 };
const CONFLICTING = answers.findings.filter(({ rule, severity }) => rule === 'PLN-04' && severity === 'E').map(({ zone }) => zone);

const at = (page) => page.getByTestId('swipe').evaluate((bar) => Number(bar.value));
const middle = async (page) => {
  const box = await page.getByTestId('second-map').boundingBox();
  const bar = await page.getByTestId('swipe').boundingBox();
  return { box, y: bar.y + bar.height / 2 };
};

/** Each hand brings the bar from the middle to 40 %, more or less. */
const swipes = {
  mouse: async (page) => {
    const { box, y } = await middle(page);
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, y, { steps: 4 });
    await page.mouse.up();
  },
  keyboard: async (page) => {
    await reach(page, 'swipe', true);
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowLeft');
  },
  finger: async (page, context) => {
    const { box, y } = await middle(page);
    const client = await context.newCDPSession(page);
    const touch = (type, x) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await touch('touchStart', box.x + box.width / 2);
    for (const share of [0.47, 0.43, 0.4]) await touch('touchMove', box.x + box.width * share);
    await touch('touchEnd');
  },
};

/** Opens the comparison as each of them would. */
async function open(name) {
  const size = name === 'finger' ? { width: 390, height: 844, hasTouch: true, hash: '#side=compare' } : {};
  const view = await openMap(browser, service.origin, size);
  await view.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.origin });
  if (name === 'mouse') await view.page.getByTestId('compare-open').click();
  if (name === 'keyboard') await view.page.keyboard.press('s');
  await view.page.getByTestId('matrix').waitFor({ timeout: 60_000 });
  return view;
}

for (const name of Object.keys(swipes)) {
  const hand = hands[name] ?? hands.mouse;

  test(`two versions of a plan are compared: ${name}`, async (t) => {
    const { page, context, errors, strangers } = await open(name);
    t.after(() => context.close());
    assert.equal(number(await textOf(page, 'matrix-total')), TOTAL);

    assert.equal(await at(page), 50);
    await swipes[name](page, context);
    await page.waitForFunction(() => Math.abs(Number(document.querySelector('[data-testid="swipe"]').value) - 40) <= 2);
    const split = await at(page);
    assert.equal(await page.getByTestId('second-map').evaluate((map) => map.style.clipPath), `inset(0px 0px 0px ${split}%)`);
    await settled(page);
    await picture(page, `journey-5-swiped-${name}`);

    // A cell leads to its places, and back.
    for (const [cell, hectares] of Object.entries(CELLS)) {
      await hand.press(page, `cell-${cell}`);
      const [from, to] = cell.split('-');
      const written = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2 }).format(hectares);
      await page.getByTestId('cell-places').getByText(`${from} −${written} ha → ${to} +${written} ha`).waitFor();
      await page.waitForFunction((wanted) => {
        const drawn = window.__ranh.map.queryRenderedFeatures({ layers: ['change-fill'] });
        return drawn.length > 0 && drawn.every(({ properties }) => `${properties.from}-${properties.to}` === wanted);
      }, cell);
    }
    assert.deepEqual(await violations(page), []);

    // Every zone that the new plan brings into conflict, and no other.
    const named = await page.locator('[data-testid="new-conflicts"] li button').evaluateAll((all) => all.map((each) => each.dataset.testid.slice(4)));
    assert.deepEqual(named.toSorted(), [...new Set(CONFLICTING)].toSorted());
    const [first] = named;
    await hand.press(page, `new-${first}`);
    const [west, south, east, north] = (await (await fetch(`${service.origin}/zones/${first}/summary`)).json()).bbox;
    await page.waitForFunction(([w, s, e, n]) => window.__ranh.map.getBounds().contains([w, s]) && window.__ranh.map.getBounds().contains([e, n]), [west, south, east, north]);

    await hand.press(page, 'compare-copy');
    await page.getByText(/Đã chép/).waitFor();
    const mail = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(mail, /8\.180,20/);
    assert.match(mail, /SKK → RPH: 7,55/);
    for (const id of named) assert.ok(mail.includes(`(${id})`), `${id} is in the summary`);
    await picture(page, `journey-5-copied-${name}`);
    assert.deepEqual([errors, strangers], [[], []]);
  });
}
