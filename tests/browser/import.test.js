// Journey 1 of a planner: a file is dropped on the map, understood, taken in, seen; what cannot be read is said.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { violations } from './axe.js';
import { drop } from './journeys/dossier.js';
import { inEnglish, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';
import { archive } from './zip.js';

/** A square with its lower left corner there; on a TM-3 plane or in degrees. */
function square(x, y, side) {
  return [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]];
}

function collection(...squares) {
  const features = squares.map((coordinates, at) => ({
    type: 'Feature', properties: { name: `Khu thử ${at}`, kind: 'CCN' }, geometry: { type: 'Polygon', coordinates },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

const zones = collection(square(107.2, 21.0, 0.004), square(107.21, 21.0, 0.004));
const metres = collection(square(450_000, 2_320_000, 400));

const json = async (route) => (await fetch(`${service.origin}${route}`)).json();
const revision = async () => (await json('/health')).revision;

test('a dropped file is told, taken in and shown', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await drop(page, [{ name: 'Khu thử.geojson', content: zones }]);
  const choice = page.getByTestId('import-choice');
  await choice.waitFor();
  assert.match(await choice.innerText(), /Khu thử\.geojson[\s\S]*GeoJSON · 2 đối tượng/);
  assert.equal(await page.getByTestId('import-collection').inputValue(), 'khu-thu');
  // What it is for, nobody said: the button waits for that.
  const run = page.getByTestId('import-run');
  assert.equal(await run.isDisabled(), true);
  await page.getByTestId('import-role').selectOption('zone');
  await page.getByTestId('import-title').fill('Khu thử 2026');
  await picture(page, 'import-found');
  assert.deepEqual(await violations(page), []);
  await run.click();
  await page.getByTestId('import-result').waitFor({ timeout: 30_000 });
  assert.match(await page.getByTestId('import-result').innerText(), /Đã nhập 2 đối tượng/);
  await picture(page, 'import-done');
  assert.deepEqual(await violations(page), []);
  const served = await json('/collections/khu-thu');
  assert.equal(served.ranh.title.vi, 'Khu thử 2026');
  await page.getByTestId('import-show').click();
  await settled(page);
  const [west, south, east, north] = served.extent.spatial.bbox[0];
  const seen = await page.evaluate(([w, s, e, n]) => {
    const bounds = window.__ranh.map.getBounds();
    return bounds.contains([w, s]) && bounds.contains([e, n]) && bounds.getEast() - bounds.getWest() < 10 * (e - w);
  }, [west, south, east, north]);
  assert.ok(seen, 'the map went to what was imported');
  const drawn = await page.evaluate(() => window.__ranh.map.queryRenderedFeatures({ layers: ['zone-line-ccn:khu-thu'] }).length);
  assert.ok(drawn >= 2, `${drawn} lines of the imported zones are drawn`);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

test('of an archive each layer is chosen; one without CRS asks for the province', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const zip = archive([['hồ sơ/khu.geojson', zones], ['hồ sơ/lô đất.geojson', metres], ['quyết định.pdf', '%PDF-1.7']]);
  await drop(page, [{ name: 'hoso.zip', content: zip }]);
  const [first, second] = [page.getByTestId('import-choice').nth(0), page.getByTestId('import-choice').nth(1)];
  await second.waitFor();
  assert.match(await page.getByTestId('import-panel').innerText(), /quyết định\.pdf/);
  await first.getByRole('checkbox').first().uncheck();
  await second.getByTestId('import-role').selectOption('constraint');
  assert.match(await second.innerText(), /Tệp không khai hệ tọa độ/);
  assert.equal(await page.getByTestId('import-run').isDisabled(), true);
  await second.getByTestId('import-crs').selectOption('EPSG:9215|Lạng Sơn');
  await picture(page, 'import-crs');
  await page.getByTestId('toggle-theme').click();
  assert.deepEqual(await violations(page), []);
  await picture(page, 'import-crs-dark');
  await page.getByTestId('import-run').click();
  await page.getByTestId('import-result').waitFor({ timeout: 30_000 });
  assert.match((await json('/collections/lo-dat')).storageCrs, /9215$/);
  assert.equal((await fetch(`${service.origin}/collections/khu`)).status, 404);
});

test('a file that cannot be read is said with what to do, and nothing changes', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const before = await revision();
  await drop(page, [{ name: 'bản vẽ.dwg', content: 'AC1032 and so on' }]);
  const failed = page.getByTestId('import-failed');
  await failed.waitFor();
  assert.match(await failed.innerText(), /Không đọc được gì trong tệp[\s\S]*DXF/);
  await picture(page, 'import-failed');
  assert.deepEqual(await violations(page), []);
  await inEnglish(page);
  assert.match(await failed.innerText(), /Nothing in the file can be read/);
  // What the server finds wrong only when it takes it in is said at the layer.
  await page.getByTestId('import-file').setInputFiles({ name: 'x.geojson', mimeType: '', buffer: Buffer.from(metres) });
  await page.getByTestId('import-role').selectOption('zone');
  await page.getByTestId('import-crs').selectOption('EPSG:4326');
  await page.getByTestId('import-run').click();
  await page.getByTestId('import-problem').waitFor({ timeout: 30_000 });
  assert.match(await page.getByTestId('import-problem').innerText(), /look like metres[\s\S]*unchanged/);
  await picture(page, 'import-refused');
  assert.deepEqual(await violations(page), []);
  assert.equal(await revision(), before);
});

test('what is under way can be stopped', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  // A server that has not answered yet.
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  await page.route('**/uploads?*', async (route) => { await held; await route.abort().catch(() => null); });
  await drop(page, [{ name: 'a.geojson', content: zones }]);
  await page.getByTestId('import-cancel').click();
  await page.getByTestId('import-choose').waitFor();
  go();
  await page.unroute('**/uploads?*');
  await drop(page, [{ name: 'b.geojson', content: zones }]);
  await page.getByTestId('import-role').selectOption('constraint');
  // A job that does not end by itself as long as the page looks.
  await page.route('**/jobs/*', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    return route.fulfill({ json: { jobID: route.request().url().split('/').at(-1), status: dismissed ? 'dismissed' : 'running', progress: 40 } });
  });
  let dismissed = false;
  page.on('request', (request) => { if (request.method() === 'DELETE' && request.url().includes('/jobs/')) dismissed = true; });
  await page.getByTestId('import-run').click();
  await page.getByTestId('import-cancel').click();
  await page.getByTestId('import-run').waitFor({ timeout: 30_000 });
  assert.ok(dismissed, 'the job was dismissed');
});

test('a layer is exported in the format and the CRS that are chosen', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.getByTestId('export-menu').click();
  await page.getByTestId('export-layer').selectOption('zones');
  const offered = await page.getByTestId('export-format').locator('option').evaluateAll((all) => all.map((each) => each.value));
  const { formats } = await json('/formats');
  assert.deepEqual(offered, formats.filter((format) => format.write).map((format) => format.name));
  const own = (await page.getByTestId('export-crs').locator('option').evaluateAll((all) => all.map((each) => each.value)))[1];
  await page.getByTestId('export-crs').selectOption(own);
  await picture(page, 'export');
  assert.deepEqual(await violations(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-download').click()]);
  assert.equal(download.suggestedFilename(), 'zones.geojson');
  const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(file.features.length, (await json('/collections/zones')).ranh.count);
  assert.ok(file.crs.properties.name.endsWith(own.split(':')[1]), file.crs.properties.name);
  if (!offered.includes('shapefile')) return t.diagnostic('NOT TESTED: ranh-gdal, which writes Shapefiles, is not there');
  await page.getByTestId('export-format').selectOption('shapefile');
  const [shapes] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-download').click()]);
  assert.equal(shapes.suggestedFilename(), 'zones.shp.zip');
  assert.equal(readFileSync(await shapes.path()).subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  await page.getByTestId('export-format').selectOption('kml');
  assert.deepEqual(await page.getByTestId('export-crs').locator('option').evaluateAll((all) => all.map((each) => each.value)), ['CRS84']);
});

test('on a phone, files are chosen in the sheet', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844 });
  t.after(() => context.close());
  await page.getByTestId('tab-more').click();
  await page.getByRole('button', { name: 'Nhập dữ liệu' }).click();
  await page.getByTestId('import-file').setInputFiles({ name: 'phone.geojson', mimeType: '', buffer: Buffer.from(zones) });
  await page.getByTestId('import-choice').waitFor();
  await picture(page, 'import-phone');
  assert.deepEqual(await violations(page), []);
});
