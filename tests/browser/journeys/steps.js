// What the journeys of a planner share: the hands that do them, the server asked beside the screen, and the editor.
import assert from 'node:assert/strict';
import { answers, onPage, openMap, settled } from '../map.js';
import { browser, service } from '../stage.js';

export const VN2000 = 'http://www.opengis.net/def/crs/EPSG/0/9215';

/** What the server says at an address. */
export async function json(route, options) {
  const answer = await fetch(`${service.origin}${route}`, options);
  assert.ok(answer.ok, `${route}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** A zone in the coordinates of its file, east first. */
export const zone = (id) => json(`/collections/zones/items/${id}?crs=${VN2000}`);

export const execute = (process, inputs) =>
  json(`/processes/${process}/execution`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ inputs }) });

/** What the answer key has of a zone: areas by code and commune, known by construction. */
export function known(id) {
  const { area_m2, by_plan, by_land_use, by_commune } = answers.summaries.find((each) => each.zone === id);
  const areas = (lines) => Object.fromEntries(lines.map(({ key, area_m2: area }) => [key, area]));
  return { area_m2, plan: areas(by_plan.codes), landUse: areas(by_land_use.codes), communes: areas(by_commune) };
}

/** A number as the Vietnamese screen writes it. */
export const number = (text) => Number(text.replace('\u2212', '-').replace('+', '').replaceAll('.', '').replace(',', '.'));
export const textOf = (page, testid) => page.getByTestId(testid).innerText();
export const figure = async (page, name) => number(await textOf(page, `figure-${name}`));
/** Hectares as the screen rounds them. */
export const rounded = (area_m2) => Math.round(area_m2 / 100) / 100;

const focused = (page) => page.evaluate(() => document.activeElement?.dataset?.testid ?? '');

/** Goes to a control by Tab alone, as someone without a mouse has to; `back` by Shift and Tab. */
export async function reach(page, testid, back = false) {
  for (let presses = 0; presses < 150; presses += 1) {
    if ((await focused(page)) === testid) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  assert.fail(`Tab never comes to ${testid}`);
}

const mouse = {
  press: (page, testid) => page.getByTestId(testid).click(),
  fill: async (page, testid, text) => {
    await page.getByTestId(testid).fill(text);
    await page.getByTestId(testid).blur();
  },
  choose: (page, testid, value) => page.getByTestId(testid).selectOption(value),
};

const keyboard = {
  press: async (page, testid) => {
    await reach(page, testid);
    const box = await page.getByTestId(testid).evaluate((each) => each instanceof HTMLInputElement);
    await page.keyboard.press(box ? 'Space' : 'Enter');
  },
  fill: async (page, testid, text) => {
    await reach(page, testid);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  },
  choose: async (page, testid, value) => {
    await reach(page, testid);
    const values = await page.getByTestId(testid).evaluate((select) => [select.value, ...[...select.options].map((each) => each.value)]);
    const steps = values.indexOf(value, 1) - Math.max(1, values.indexOf(values[0], 1));
    for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    assert.equal(await page.getByTestId(testid).inputValue(), value);
  },
};

/** Who does it: every journey is gone once by each. */
export const hands = { mouse, keyboard };

/** Waits until the rules, and the server where it redraws, have answered to the last change. */
export const judged = (page) => page.locator('[data-testid="edit-judged"][data-busy="false"]').waitFor();

/** Waits until a zone is open for editing, judged as it is, with the edges around it. */
export async function ready(page) {
  await page.getByTestId('edit-heading').waitFor();
  await page.locator('[data-testid="edit-codes"] tbody tr').first().waitFor();
  await judged(page);
  await settled(page);
}

/** Looks for a zone by its name, without marks, and goes to it. */
export async function findZone(page, hand, words, id) {
  if (hand === keyboard) await page.keyboard.press('/');
  else await page.getByTestId('search').click();
  await page.keyboard.type(words);
  const result = page.getByTestId('search-result').first();
  // Results of the first letters come before those of all of them.
  await page.waitForFunction((wanted) => {
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
    return plain(document.querySelector('[data-testid="search-result"]')?.textContent ?? '').includes(wanted);
  }, words);
  if (hand === keyboard) await page.keyboard.press('Enter');
  else await result.click();
  await page.waitForFunction((wanted) => window.__ranh.state.view.selection?.id === wanted, id);
  await page.getByTestId('zone-edit').waitFor();
  await settled(page);
}

/** Opens the editing of the zone that is selected. */
export async function edit(page, hand) {
  if (hand === keyboard) await page.keyboard.press('e');
  else await page.getByTestId('zone-edit').click();
  await ready(page);
}

/** Goes by F6 and Tab to the X (0) or Y (1) of a vertex in the table. */
export async function reachVertex(page, at, axis = 0) {
  const inside = (testid) => page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, testid);
  for (let presses = 0; !(await inside('[data-panel="layers"]')); presses += 1) {
    assert.ok(presses < 8, 'F6 never comes to the vertices');
    await page.keyboard.press('F6');
  }
  for (let presses = 0; !(await inside(`[data-testid="vertex-0-0-${at}"] td:nth-of-type(${axis + 1})`)); presses += 1) {
    assert.ok(presses < 200, `Tab never comes to vertex ${at}`);
    await page.keyboard.press('Tab');
  }
}

/** Opens the editing of a zone. */
export async function openEdit(id, options = {}) {
  const view = await openMap(browser, service.origin, { hash: `#sel=zones/${id}`, ...options });
  await view.page.getByTestId('zone-edit').click();
  await ready(view.page);
  return view;
}

/** Draws with a tool of the editor along vertices, east and north in metres, typed one by one. */
export async function typeShape(page, hand, tool, vertices) {
  if (tool) await hand.press(page, `tool-${tool}`);
  for (const [east, north] of vertices) {
    if (hand === keyboard) await reach(page, 'draw-x', (await focused(page)).startsWith('draw'));
    else await page.getByTestId('draw-x').focus();
    await page.keyboard.type(String(north));
    await page.keyboard.press('Tab');
    await page.keyboard.type(String(east));
    await page.keyboard.press('Enter');
  }
  await hand.press(page, 'draw-finish');
  await judged(page);
}

/** Draws with the mouse on the map, longitude and latitude; Alt keeps every vertex where it is put. */
export async function clickShape(page, tool, places, { free = true } = {}) {
  if (tool) await page.getByTestId(`tool-${tool}`).click();
  if (free) await page.keyboard.down('Alt');
  for (const place of places) await page.mouse.click(...(await onPage(page, place)));
  if (free) await page.keyboard.up('Alt');
  await page.getByTestId('draw-finish').click();
  await judged(page);
}

/** Saves what is drawn with a reason; done when it is. */
export async function save(page, hand, reason) {
  await hand.fill(page, 'edit-reason', reason);
  await hand.press(page, 'edit-save');
  await page.getByTestId('edit-panel').waitFor({ state: 'detached' });
}

/** A rectangle with its lower left corner there, metres. */
export const rectangle = (east, north, width, height) => [
  [east, north], [east + width, north], [east + width, north + height], [east, north + height],
];

/** The area of a ring on its plane, from its first corner, which keeps the products small, m². */
export function areaOf(ring) {
  const [[x0, y0]] = ring;
  const twice = ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at][0] - x0) * (y - y0) - (x - x0) * (ring[at][1] - y0), 0);
  return Math.abs(twice) / 2;
}

/** Drags from a place of the page by so many pixels. */
export async function drag(page, [x, y], [dx, dy]) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const part of [0.3, 0.7, 1]) await page.mouse.move(x + dx * part, y + dy * part);
  await page.mouse.up();
}
