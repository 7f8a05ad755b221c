// Measuring on the map, going to coordinates, coordinates under the pointer and the grid. Places on the plane are PROJ's
// (`cs2cs` EPSG:4326 → EPSG:9215), figures on the ellipsoid pyproj's `Geod`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, onPage, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const open = async (options) => {
  const view = await openMap(browser, service.origin, options);
  await view.page.getByTestId('map-coordinates').waitFor();
  return view;
};
const centre = (page) => page.evaluate(() => window.__ranh.map.getCenter().toArray());
const number = (text) => Number(text.replaceAll('.', '').replace(',', '.').replace('\u2212', '-'));

test('a triangle clicked on the map has the areas that PROJ gives it, planar and geodesic side by side', async (t) => {
  const { page, context, errors, strangers } = await open({ hash: '#map=12/21.025/107.225&crs=EPSG:9215' });
  t.after(() => context.close());
  await page.getByTestId('measure-open').click();
  await page.getByTestId('measure-panel').waitFor();
  await settled(page);
  for (const place of [[107.2, 21], [107.25, 21], [107.25, 21.05]]) await page.mouse.click(...await onPage(page, place));
  const row = page.getByTestId('measured-ha');
  await row.waitFor();
  const [planar, geodesic, difference] = (await row.locator('td').allInnerTexts()).map(number);
  // A click is good to a pixel of some 36 m: a few hectares of 1,439.
  assert.ok(Math.abs(planar - 1438.6184) < 15, `planar ${planar}`);
  assert.ok(Math.abs(geodesic - 1438.9161) < 15, `geodesic ${geodesic}`);
  // The scale of the plane is 0.9999 near its meridian: two parts in ten thousand of the area.
  assert.ok(Math.abs(difference / geodesic + 2.07e-4) < 3e-6, `difference ${difference}`);
  assert.equal(await page.locator('[data-testid="measure-points"] tbody tr').count(), 3);
  assert.equal(await page.getByTestId('panel').count(), 0, 'clicks measure and select nothing');
  await settled(page);
  await picture(page, 'measure');
  assert.deepEqual(await violations(page), []);
  // The address brings it back.
  await page.waitForFunction(() => location.hash.includes('measure='));
  const before = await row.innerText();
  await page.reload();
  await row.waitFor({ timeout: 60_000 });
  assert.equal(await row.innerText(), before);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

test('exact places from the address measure to the square metre what PROJ measures', async (t) => {
  const hash = '#map=12/21.025/107.225&crs=EPSG:9215&side=measure&measure=area,107.2:21,107.25:21,107.25:21.05';
  const { page, context } = await open({ hash });
  t.after(() => context.close());
  const cells = await page.getByTestId('measured-m2').locator('td').allInnerTexts();
  assert.deepEqual(cells, ['14.386.184,2', '14.389.160,9', '−2.976,7']);
  assert.deepEqual(await page.getByTestId('measured-perimeter').locator('td').allInnerTexts(), ['18.326,01', '18.327,90', '−1,89']);
});

test('by keyboard alone: a line measured, in English and in the dark', async (t) => {
  const { page, context } = await open({ hash: '#map=13/21.05/107.2' });
  t.after(() => context.close());
  await inEnglish(page);
  await page.getByTestId('toggle-theme').click();
  await page.keyboard.press('m');
  const panel = page.getByTestId('measure-panel');
  await panel.waitFor();
  await page.getByTestId('measure-length').focus();
  await page.keyboard.press('Space');
  await page.evaluate(() => window.__ranh.map.getCanvas().focus());
  await page.keyboard.press('Enter');
  const from = await centre(page);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(([lon]) => window.__ranh.map.getCenter().lng > lon && !window.__ranh.map.isMoving(), from);
  const to = await centre(page);
  await page.keyboard.press('Enter');
  const cell = page.getByTestId('measured-total').locator('td').nth(1);
  await cell.waitFor();
  const length = Number((await cell.innerText()).replaceAll(',', ''));
  // A hundred pixels along a parallel; its length on the ellipsoid at this latitude is 103,945.8 m a degree (`geod`).
  assert.ok(Math.abs(length / (to[0] - from[0]) - 103_946) < 20, `${length} m`);
  await settled(page);
  await picture(page, 'measure-dark');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Backspace');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="measure-points"] tbody tr').length === 1);
  await panel.focus();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('coordinates pasted in any form lead to the place; what was understood is said', async (t) => {
  const { page, context, errors } = await open({ hash: '#crs=EPSG:9215' });
  t.after(() => context.close());
  await page.keyboard.press('m');
  const forms = [
    ['2328823,439 495439,968', /VN-2000 107°15′[\s\S]*X 2\.328\.823,44\s+Y 495\.439,97/],
    ['495439.968, 2328823.439', /số đầu là Y \(đông\)/],
    ['21°03′10,8″B 107°12′28,8″Đ', /WGS 84/],
    ['48Q 729436.137 2329601.975', /WGS 84 \/ UTM 48N/],
  ];
  for (const [text, said] of forms) {
    await page.evaluate(() => window.__ranh.map.jumpTo({ center: [107, 20.9], zoom: 10 }));
    await page.getByTestId('goto').fill(text);
    await page.keyboard.press('Enter');
    assert.match(await page.getByTestId('goto-read').innerText(), said);
    await page.waitForFunction(() => {
      const { lng, lat } = window.__ranh.map.getCenter();
      return Math.abs(lng - 107.208) < 1e-6 && Math.abs(lat - 21.053) < 1e-6;
    });
  }
  await page.getByTestId('goto').fill('2328823 495440');
  await page.keyboard.press('Enter');
  await settled(page);
  await picture(page, 'goto');
  // Another zone is another place: 105°00′ puts these metres 2.25° further west.
  await page.locator('[aria-expanded="false"]', { hasText: 'cách hiểu khác' }).click();
  await page.getByTestId('goto-EPSG:5897').click();
  await page.waitForFunction(() => Math.abs(window.__ranh.map.getCenter().lng - 104.958) < 0.001);
  assert.match(await page.getByTestId('goto-read').innerText(), /ngoài vùng dữ liệu/);
  await page.getByTestId('goto').fill('Suối Vàng');
  await page.keyboard.press('Enter');
  await page.getByTestId('goto-none').waitFor();
  await picture(page, 'goto-none');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(errors, []);
});

test('the pointer has coordinates of the province, and of WGS 84 when asked', async (t) => {
  const { page, context } = await open({ hash: '#map=14/21.053/107.208' });
  t.after(() => context.close());
  const [x, y] = await onPage(page, [107.208, 21.053]);
  await page.mouse.move(x + 3, y + 3);
  await page.mouse.move(x, y);
  const shown = page.getByTestId('map-coordinates');
  const [, north, east] = /VN-2000 107°15′\sX ([\d.]+)\sY ([\d.]+)/u.exec(await shown.innerText());
  assert.ok(Math.abs(number(north) - 2_328_823) < 12 && Math.abs(number(east) - 495_440) < 12, `${north} ${east}`);
  await shown.click();
  assert.match(await shown.innerText(), /WGS 84\s21,0\d+° B\s107,2\d+° Đ/u);
});

test('a grid of VN-2000 is drawn and labelled, in metres and in degrees', async (t) => {
  const { page, context } = await open({ hash: '#map=12.5/21.05/107.22&crs=EPSG:9215&side=measure' });
  t.after(() => context.close());
  const labels = () => page.evaluate(() => window.__ranh.map.querySourceFeatures('grid-labels').map((f) => f.properties.label));
  for (const [kind, label] of [['metres', '2.330.000'], ['degrees', '107°14′ Đ']]) {
    await page.getByTestId(`grid-${kind}`).check();
    // The first time the code for it comes over the network.
    await page.waitForFunction(() => window.__ranh.map.getLayer('grid-line'));
    await settled(page);
    assert.ok((await labels()).includes(label), `${kind}: ${await labels()}`);
    await picture(page, `grid-${kind}`);
    // A new style, as of another language, has the grid again.
    await inEnglish(page);
    await settled(page);
    await page.waitForFunction(() => window.__ranh.map.getLayer('grid-line'));
    await page.getByTestId('toggle-lang').click();
    await page.locator('html[lang="vi"]').waitFor();
    await settled(page);
  }
  await page.getByTestId('grid-none').check();
  await settled(page);
  assert.equal(await page.evaluate(() => window.__ranh.map.getLayer('grid-line') ?? null), null);
});

test('on a phone', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844, hash: '#side=measure&measure=length,107.2:21,107.25:21.05' });
  t.after(() => context.close());
  await page.getByTestId('measured-total').waitFor();
  await picture(page, 'measure-phone');
  assert.deepEqual(await violations(page), []);
});
