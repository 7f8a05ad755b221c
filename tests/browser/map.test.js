// What a planner does on the first morning: look, click a conflict, walk the list, export.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser } from './browser.js';
import { answers, hectares, onPage, openMap, settled } from './map.js';
import { ranh, startService } from './service.js';

let service;
let browser;
let view;
let folder;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ranh-export-'));
  service = await startService();
  browser = await openBrowser();
  view = await openMap(browser, service.origin);
});

after(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The largest planted conflict with the land-use plan: its hectares are known by construction. */
const planted = answers.findings.filter((f) => f.rule === 'LUP-01').sort((a, b) => b.area_m2 - a.area_m2)[0];

/** Asserts the same shape, to the seven decimals of the wire: the download has nine. */
function assertSameShape(one, other, where) {
  if (typeof one === 'number') assert.ok(Math.abs(one - other) < 1e-7, `${where}: ${one} and ${other}`);
  else if (typeof one !== 'object' || one === null) assert.equal(one, other, where);
  else {
    assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort(), where);
    for (const key of Object.keys(one)) assertSameShape(one[key], other[key], `${where}.${key}`);
  }
}

const json = async (route) => (await fetch(`${service.origin}${route}`)).json();
const served = async () => {
  const { findings } = await json(`/findings?rule=LUP-01&zone=${planted.zone}&limit=10000`);
  return findings.find((f) => f.other.id === planted.other);
};

test('the map draws land use, borders, zones and conflicts', async () => {
  const drawn = await view.page.evaluate(() => {
    const { map } = window.__ranh;
    const layers = map.getStyle().layers.map((layer) => layer.id);
    const count = (start) => {
      const ids = layers.filter((id) => id.startsWith(start));
      return ids.length ? map.queryRenderedFeatures({ layers: ids }).length : -1;
    };
    return Object.fromEntries(['landuse-fill:plan-2021-2030', 'admin-line:communes', 'zone-line-kcn:zones', 'zone-line-ccn:zones',
      'finding-fill', 'finding-hatch', 'finding-line'].map((start) => [start, count(start)]));
  });
  for (const [layer, features] of Object.entries(drawn)) assert.ok(features > 0, `${layer} drew ${features} features`);
});

test('a press that moves nothing does not draw the map anew, and one that moves drags it', async () => {
  const { page } = view;
  const [x, y] = [640, 300];
  // What lies there is told only afterwards: it is outlined, which draws the map.
  let tell;
  const pressed = new Promise((resolve) => (tell = resolve));
  await page.route(/\/pick\?/, (route) => pressed.then(() => route.continue()));
  await page.mouse.move(x, y);
  await settled(page);
  await page.evaluate(() => {
    window.__drawn = 0;
    window.__ranh.map.on('render', () => (window.__drawn += 1));
  });
  await page.mouse.down();
  await page.mouse.up();
  const drawn = await page.evaluate(() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.__drawn)));
  }));
  tell();
  assert.equal(drawn, 0);
  await page.getByTestId('panel-title').waitFor();
  await page.unroute(/\/pick\?/);
  const centre = () => page.evaluate(() => window.__ranh.map.getCenter().toArray());
  const [from] = await centre();
  await page.mouse.down();
  await page.mouse.move(x - 40, y, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const [moved] = await centre();
  assert.ok(moved > from, `${from} to ${moved}`);
  await page.evaluate((to) => window.__ranh.map.jumpTo({ center: [to, window.__ranh.map.getCenter().lat] }), from);
  await page.keyboard.press('Escape');
  await settled(page);
});

test('generated data are labelled as generated', async () => {
  assert.match(await view.page.getByTestId('badge-generated').innerText(), /tạo sinh/);
});

test('a click on a planted conflict opens its panel with the hectares of the answer key', async () => {
  const { page } = view;
  const finding = await served();
  assert.ok(finding, `the server has no finding for ${planted.zone} × ${planted.other}`);
  await page.evaluate(([lon, lat]) => window.__ranh.map.jumpTo({ center: [lon, lat], zoom: 15 }), finding.point);
  await settled(page);
  const at = await onPage(page, finding.point);
  await page.mouse.click(...at);
  await page.waitForFunction((text) => document.querySelector('[data-testid=panel]')?.textContent.includes(text),
    hectares(planted.area_m2), { timeout: 15_000 });
  const panel = await page.getByTestId('panel').innerText();
  assert.match(panel, /LUP-01/);
});

test('a row of the list zooms the map to its finding', async () => {
  const { page } = view;
  await page.evaluate(() => window.__ranh.map.jumpTo({ center: [107.2, 21.0], zoom: 9 }));
  const row = page.locator('[data-testid^="finding-"]').first();
  const id = (await row.getAttribute('data-testid')).slice('finding-'.length);
  const { bbox: [west, south, east, north] } = await json(`/findings/${id}`);
  await row.click();
  await page.waitForFunction(([w, s, e, n]) => {
    const { lng, lat } = window.__ranh.map.getCenter();
    const inView = window.__ranh.map.getBounds();
    return lng >= w && lng <= e && lat >= s && lat <= n && inView.contains([w, s]) && inView.contains([e, n]);
  }, [west, south, east, north], { timeout: 15_000 });
  assert.equal(await row.getAttribute('aria-selected') ?? await row.getAttribute('aria-current'), 'true');
});

/** What the screen is about, for the message of a step that failed. */
const screen = (page) => page.evaluate(() => {
  const { activeElement } = document;
  const rows = [...document.querySelectorAll('[data-testid^="finding-"]')].map((row) => row.dataset.testid);
  return `address ${location.hash}, focus on ${activeElement?.outerHTML.slice(0, 200)}, rows ${rows.join(' ')}`;
});

/** Rule, severity, zone and other feature with the area, in one order: what makes two lists the same. */
const listed = (findings) => findings.map(([rule, severity, zone, other, area]) =>
  `${rule} ${severity} ${zone ?? ''} ${other ?? ''} ${Number(area).toFixed(3)}`).sort();
const key = () => listed(answers.findings.map((f) => [f.rule, f.severity, f.zone, f.other, f.area_m2]));
/** Those by rules that the key answers. */
const answered = (findings) => findings.filter(([rule]) => answers.rules.includes(rule));

test('walking the list meets every finding of the answer key, with its hectares, and no other', async (t) => {
  // A page of its own, on which nothing is selected: the walk begins with the first finding.
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const { findings } = await json('/findings?limit=10000');
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const met = new Map();
  for (let step = 0; step < findings.length; step += 1) {
    await page.keyboard.press('j');
    // Looked at once: between two looks the list may draw itself anew. Should it then stand elsewhere, a step back and
    // forth brings the same row.
    const look = (timeout) => page.waitForFunction((ids) => {
      const selected = document.querySelector('[data-testid^="finding-"][aria-selected="true"]');
      return selected && !ids.includes(selected.dataset.testid) && [selected.dataset.testid, selected.innerText];
    }, [...met.keys()], { timeout });
    const row = await look(5_000).catch(async () => {
      await page.keyboard.press('k');
      await settled(page);
      await page.keyboard.press('j');
      return look(60_000);
    }).catch(async (late) => {
      throw new Error(`step ${step} of ${findings.length} met nothing new; ${await screen(page)}`, { cause: late });
    });
    met.set(...await row.jsonValue());
  }
  const walked = [...met].map(([testId, text]) => {
    const finding = byId.get(testId.slice('finding-'.length));
    if (finding.area_m2 > 0) assert.ok(text.includes(hectares(finding.area_m2)), `${text}: not ${hectares(finding.area_m2)}`);
    return [finding.rule, finding.severity, finding.zone?.id, finding.other?.id, finding.area_m2];
  });
  assert.deepEqual(listed(answered(walked)), key());
  assert.match(await page.getByTestId('check-count').innerText(), new RegExp(`^${findings.length}\\b`));
});

test('the exported GeoJSON loads back and equals the findings', async () => {
  const { page } = view;
  const exportMenu = page.getByTestId('export-menu');
  if (await exportMenu.count()) await exportMenu.click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-findings-geojson').click()]);
  const file = path.join(folder, 'findings.geojson');
  await download.saveAs(file);
  const exported = JSON.parse(readFileSync(file, 'utf8')).features;
  const { findings } = await json('/findings?limit=10000&geometry=true');
  assert.equal(exported.length, findings.length);
  const rows = exported.map(({ properties: p }) => [p.rule, p.severity, p.zone_id, p.other_id, p.area_m2]);
  assert.deepEqual(listed(answered(rows)), key());
  const byId = new Map(exported.map((feature) => [feature.properties.id, feature]));
  for (const finding of findings) {
    const feature = byId.get(finding.id);
    assert.ok(feature, `${finding.id} is missing from the export`);
    assert.equal(feature.properties.area_m2, finding.area_m2);
    assert.equal(feature.properties.rule, finding.rule);
    assertSameShape(feature.geometry, finding.geometry ?? null, finding.id);
  }
  const again = path.join(folder, 'again.gpkg');
  const report = JSON.parse(execFileSync(ranh, ['import', file, '--store', again, '--collection', 'conflicts', '--role', 'constraint', '--json']));
  assert.equal(report.features, exported.length);
});

test('no request leaves the machine, and nothing is complained about', () => {
  assert.deepEqual(view.strangers, []);
  assert.deepEqual(view.errors, []);
});
