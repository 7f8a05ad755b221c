// Journey 1: a dossier arrives as one ZIP archive: a Shapefile in TCVN3 without its .prj, a coordinate list in a
// workbook, a MapInfo file, a scan, a drawing that nobody reads, and two files that are broken. Each is told for what it
// is, encodings and CRS are asked for and not guessed, a preview shows where each would lie, what is broken is refused
// with words, and what is good is on the map in the end. Every file is made by hand; areas are width times height.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { violations } from '../axe.js';
import { openMap, settled } from '../map.js';
import { browser, picture, service } from '../stage.js';
import { archive } from '../zip.js';
import { drop, mapinfo, shapefile, table, tcvn3, workbook } from './dossier.js';
import { hands, json, reach, rectangle } from './steps.js';

const PARK = rectangle(526_900, 2_341_500, 400, 300);
const LIST = rectangle(527_500, 2_341_500, 200, 150);
const LOT = rectangle(526_900, 2_342_000, 250, 200);

function dossier() {
  const { shp, shx } = shapefile([PARK]);
  const { mif, mid } = mapinfo([LOT]);
  const points = [...LIST, LIST[0]].map(([east, north], at) => [`M${(at % LIST.length) + 1}`, north, east]);
  return archive([
    ['ho so/ranh cum.shp', shp],
    ['ho so/ranh cum.shx', shx],
    ['ho so/ranh cum.dbf', table(['name', 'kind'], [[tcvn3('Cụm Đồi Cọ'), tcvn3('CCN')]])],
    ['ho so/bang ke.xlsx', workbook([['Số hiệu điểm', 'X (m)', 'Y (m)'], ...points])],
    ['ho so/lo dat.mif', mif],
    ['ho so/lo dat.mid', mid],
    ['ho so/ban scan.pdf', '%PDF-1.7'],
    ['ho so/ban ve.dwg', 'AC1032 and so on'],
    ['ho so/cat cut.shp', shp.subarray(0, 130)],
    ['ho so/hong.xlsx', 'PK\x03\x04 but nothing else'],
  ]);
}

/** The choice for a file of the dossier, by the name that it has. */
const choice = (page, file) => page.getByTestId('import-choice').filter({ has: page.getByRole('heading', { name: file }) });

/** What has to be said of each: file, role, collection, CRS, encoding. */
const answers = [
  { file: 'ranh cum.shp', role: 'zone', format: /Shapefile/, encoding: 'tcvn3', crs: /Tệp không khai hệ tọa độ/, area: '12,00' },
  { file: 'bang ke.xlsx', role: 'zone', format: /Danh sách tọa độ/, crs: /Tệp không khai hệ tọa độ/, area: '3,00' },
  { file: 'lo dat.mif', role: 'constraint', format: /MapInfo/, crs: /không dùng được hệ tọa độ mà tệp khai/, area: '5,00' },
];

const fields = {
  mouse: async (page, of, name, value) => of.getByTestId(name).selectOption(value),
  // The fields of one choice come one after the other: by Tab until the one is there, then by its arrows.
  keyboard: async (page, of, name, value) => {
    const field = of.getByTestId(name);
    for (let presses = 0; !(await field.evaluate((each) => each === document.activeElement)); presses += 1) {
      assert.ok(presses < 150, `Tab never comes to ${name}`);
      await page.keyboard.press('Tab');
    }
    const all = await field.evaluate((select) => [...select.options].map((each) => each.value));
    const steps = all.indexOf(value) - all.indexOf(await field.inputValue());
    for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    assert.equal(await field.inputValue(), value);
  },
};

/** Brings the archive onto the page: dropped, or chosen in the dialog that the keyboard opens. */
const brings = {
  mouse: (page, content) => drop(page, [{ name: 'ho so.zip', content }]),
  keyboard: async (page, content, folder) => {
    const file = join(folder, 'ho so.zip');
    writeFileSync(file, content);
    await hands.keyboard.press(page, 'import-open');
    await page.getByTestId('import-panel').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await hands.keyboard.press(page, 'import-choose');
    await (await chooser).setFiles(file);
  },
};

for (const [name, hand] of Object.entries(hands)) {
  test(`a dossier is received: ${name}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'ranh-dossier-'));
    const { page, context, errors, strangers } = await openMap(browser, service.origin);
    t.after(async () => {
      await context.close();
      rmSync(folder, { recursive: true });
    });
    const before = (await json('/health')).revision;
    await brings[name](page, dossier(), folder);
    await page.getByTestId('import-run').waitFor({ timeout: 60_000 });
    const told = await page.getByTestId('import-panel').innerText();
    if (!/ranh cum\.shp/.test(told)) return t.diagnostic('NOT TESTED: ranh-gdal, which reads Shapefiles, is not there');

    // What is no data, and what is broken, is said by its name, and keeps nothing else back.
    for (const file of ['ban scan.pdf', 'ban ve.dwg', 'cat cut.shp', 'hong.xlsx']) assert.ok(told.includes(file), `${file} is told`);
    assert.equal(await page.getByTestId('import-choice').count(), answers.length);
    for (const { file, format, crs } of answers) {
      const text = await choice(page, file).innerText();
      assert.match(text, format, file);
      assert.match(text, crs, file);
    }
    assert.equal(await page.getByTestId('import-run').isDisabled(), true, 'nothing is guessed');
    for (const { file, role, encoding } of answers) {
      const of = choice(page, file);
      await fields[name](page, of, 'import-role', role);
      await fields[name](page, of, 'import-crs', 'EPSG:9215|Lạng Sơn');
      if (encoding) await fields[name](page, of, 'import-encoding', encoding);
    }
    for (const { file, area } of answers) {
      assert.match(await choice(page, file).getByTestId('import-preview').innerText(), new RegExp(`${area} ha`), `${file}: its area before it is taken in`);
    }
    await picture(page, `journey-1-asked-${name}`);
    assert.deepEqual(await violations(page), []);

    await hand.press(page, 'import-run');
    await page.waitForFunction((n) => document.querySelectorAll('[data-testid="import-result"]').length === n, answers.length, { timeout: 60_000 });
    await picture(page, `journey-1-done-${name}`);
    assert.deepEqual(await violations(page), []);
    assert.equal((await json('/health')).revision, before + answers.length, 'one revision for each, and none for what is broken');

    const { features: [park] } = await json('/collections/ranh-cum/items');
    assert.equal(park.properties.name, 'Cụm Đồi Cọ', 'TCVN3 is Unicode now');
    const [exact] = (await json('/collections/ranh-cum/items?crs=http://www.opengis.net/def/crs/EPSG/0/9215')).features;
    const corners = (ring) => ring.slice(0, 4).map(String).toSorted();
    assert.deepEqual(corners(exact.geometry.coordinates.flat(exact.geometry.type === 'MultiPolygon' ? 1 : 0)[0]), PARK.map(String).toSorted());

    if (name === 'keyboard') await reach(page, 'import-show');
    const show = page.getByTestId('import-show').first();
    await (name === 'keyboard' ? page.keyboard.press('Enter') : show.click());
    await settled(page);
    await picture(page, `journey-1-map-${name}`);
    const drawn = await page.evaluate(() => window.__ranh.map.queryRenderedFeatures().map(({ layer }) => layer.id.split(':').at(-1)));
    assert.ok(['ranh-cum', 'bang-ke', 'lo-dat'].some((id) => drawn.includes(id)), 'what was taken in is on the map');
    assert.deepEqual([errors, strangers], [[], []]);
  });
}
