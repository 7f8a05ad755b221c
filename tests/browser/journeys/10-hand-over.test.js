// Journey 10: hand the zones over to others: files that GDAL reads as they were meant, with what they are, and addresses for QGIS.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader as Pbf } from 'pbf';
import { violations } from '../axe.js';
import { openMap } from '../map.js';
import { areaOf, zones } from '../register.js';
import { browser, picture, service } from '../stage.js';
import { areas, choose, download, json, ogrinfo, press, reach, sha256, unzipped } from './pages.js';

/** The worker writes what GDAL writes; a machine without it has nothing to show. */
const written = async (name) => (await json('/formats')).formats.some((one) => one.name === name && one.write);

async function openExport(t) {
  const view = await openMap(browser, service.origin);
  t.after(() => view.context.close());
  await view.page.getByTestId('export-menu').click();
  await view.page.getByTestId('export-layer').selectOption('zones');
  return view;
}

const take = (page) => download(page, () => page.getByTestId('export-download').click());

test('GeoJSON in longitude and latitude as RFC 7946 wants it', async (t) => {
  const { page, errors, strangers } = await openExport(t);
  const { name, path, bytes } = await take(page);
  assert.equal(name, 'zones.geojson');
  const file = JSON.parse(bytes.toString('utf8'));
  assert.equal(file.crs, undefined, 'RFC 7946 knows no other CRS');
  assert.equal(file.features.length, 44);
  const turns = (ring) => ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at][0] * y - x * ring[at][1], 0);
  const polygons = file.features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
  for (const [outer, ...holes] of polygons) {
    assert.ok(turns(outer.map(([x, y]) => [x - 107, y - 21])) > 0, 'outer rings run counter-clockwise');
    assert.ok(holes.every((hole) => turns(hole.map(([x, y]) => [x - 107, y - 21])) < 0));
    assert.deepEqual(outer[0], outer.at(-1));
  }
  const said = await ogrinfo('-so', '-al', path);
  assert.match(said, /Feature Count: 44/);
  assert.match(said, /GEOGCRS\["WGS 84"/);
  const [west, south, east, north] = /Extent: \(([\d.]+), ([\d.]+)\) - \(([\d.]+), ([\d.]+)\)/.exec(said).slice(1).map(Number);
  const { extent } = await json('/collections/zones');
  for (const [at, value] of [west, south, east, north].entries()) assert.ok(Math.abs(extent.spatial.bbox[0][at] - value) < 1e-5);
  assert.deepEqual([errors, strangers], [[], []]);
});

test('Shapefile, MapInfo and MicroStation in the TM-3 zone of the province, with a sheet of metadata', async (t) => {
  if (!(await written('shapefile'))) return t.diagnostic('NOT TESTED: ranh-gdal is not there');
  const { page } = await openExport(t);
  await page.getByTestId('export-crs').selectOption('EPSG:9215');
  const measured = (found) => {
    for (const zone of zones) {
      // That of the crossing border is another thing to everyone.
      if (zone.id === 'CCN06') continue;
      const area = found.get(zone.properties.name);
      assert.ok(Math.abs(area / 1e4 - areaOf(zone)) < 0.001, `${zone.id}: ${area} m², by hand ${areaOf(zone)} ha`);
    }
  };
  await page.getByTestId('export-format').selectOption('shapefile');
  const shape = await take(page);
  const inside = `/vsizip/${shape.path}/zones.shp`;
  const said = await ogrinfo('-so', '-al', inside);
  assert.match(said, /Feature Count: 44/);
  assert.match(said, /ID\["EPSG",9215\]/);
  assert.match(said, /"Longitude of natural origin",107\.25/);
  measured(await areas(inside, 'zones', 'name'));
  // What it is, beside it: the hash is of the collection as GeoJSONSeq in that CRS, which anybody can make again.
  const sheet = (await unzipped(shape.path, 'zones.metadata.txt')).toString('utf8');
  const again = await fetch(`${service.origin}/export/zones?format=geojsonseq&crs=EPSG:9215`);
  assert.ok(sheet.includes(sha256(Buffer.from(await again.arrayBuffer()))), sheet);
  for (const part of ['EPSG:9215', '44', 'hạt giống 7', '2024-12-31']) assert.ok(sheet.includes(part), `${part} is missing:\n${sheet}`);

  await page.getByTestId('export-format').selectOption('mif');
  const mif = await take(page);
  const mapinfo = `/vsizip/${mif.path}/zones.mif`;
  assert.match(await ogrinfo('-so', '-al', mapinfo), /Feature Count: 44/);
  // The datum stands in the file with its seven parameters: without them all would lie 223 m off.
  const head = (await unzipped(mif.path, 'zones.mif')).toString('latin1');
  assert.match(head, /CoordSys Earth Projection 8, 9999, 28, -191\.90441429, -39\.30318279, -111\.45032835, -0\.00928836, 0\.01975479, -0\.00427372, 0\.252906278, 0, "m", 107\.25, 0, 0\.9999, 500000, 0/i);
  measured(await areas(mapinfo, 'zones', 'name'));

  await page.getByTestId('export-format').selectOption('dgn');
  await page.getByTestId('export-metadata').check();
  const dgn = await take(page);
  const drawing = `/vsizip/${dgn.path}/zones.dgn`;
  // A drawing of version 7 has neither names nor a CRS: those are in the sheet. Its shapes are those of the zones, to the centimetre.
  const elements = await ogrinfo('-q', drawing, '-sql', 'SELECT OGR_GEOM_AREA AS area FROM elements');
  const drawn = [...elements.matchAll(/area \(Real\) = (.*)\n/g)].map(([, area]) => Number(area));
  const plain = zones.filter(({ id, geometry }) => id !== 'CCN06' && geometry.type === 'Polygon' && geometry.coordinates.length === 1);
  assert.ok(plain.length > 30);
  for (const zone of plain) assert.ok(drawn.some((area) => Math.abs(area - areaOf(zone) * 1e4) < 1), `${zone.id} is in the drawing`);
  assert.match((await unzipped(dgn.path, 'zones.metadata.txt')).toString('utf8'), /EPSG:9215/);
});

test('addresses for QGIS are shown with source and date, and can be copied', async (t) => {
  const { page, context } = await openExport(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const shown = (name) => page.getByTestId(`address-${name}`).inputValue();
  await page.getByTestId('copy-layer').click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await shown('layer'));
  assert.match(await page.getByTestId('address-source').innerText(), /hạt giống 7.* · số liệu tới 31\/12\/2024 · phiên bản r\d+/);
  await picture(page, 'journey-10-addresses');
  assert.deepEqual(await violations(page), []);
  // GDAL reads features at the first address, the layer at the second, a tile at the third.
  assert.match(await ogrinfo(`OAPIF:${await shown('features')}`), /zones/);
  assert.match(await ogrinfo('-so', `OAPIF:${await shown('layer')}`, 'zones'), /Feature Count: 44/);
  const tiles = await (await fetch(await shown('tiles'))).json();
  assert.ok(tiles.tiles[0].endsWith('/tiles/zones/{z}/{x}/{y}') || tiles.tiles[0].includes('/tiles/zones/{z}/{x}/{y}?'), tiles.tiles[0]);
  const [z, lon, lat] = [8, 107.44, 21.09];
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
  const address = (await shown('xyz')).replace('{z}', z).replace('{x}', x).replace('{y}', y);
  const tile = await fetch(address);
  assert.equal(tile.headers.get('content-type'), 'application/vnd.mapbox-vector-tile');
  const { layers } = new VectorTile(new Pbf(new Uint8Array(await tile.arrayBuffer())));
  assert.ok(layers.zones.length > 0, 'zones are in the tile');
  const project = await download(page, () => page.getByTestId('address-project').click());
  assert.match(project.bytes.toString('utf8'), /^<!DOCTYPE qgis|<qgis /);
});

test('by keyboard alone: from the map to a Shapefile in the zone of the province', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await press(page, 'export-menu');
  await page.getByTestId('export-layer').waitFor();
  await choose(page, 'export-layer', 'zones');
  if (await written('shapefile')) await choose(page, 'export-format', 'shapefile');
  await choose(page, 'export-crs', 'EPSG:9215');
  await reach(page, 'export-download');
  const { bytes } = await download(page, () => page.keyboard.press('Enter'));
  assert.ok(bytes.length > 1000);
  await reach(page, 'address-layer');
  assert.equal(await page.evaluate(() => document.activeElement.selectionEnd), (await page.getByTestId('address-layer').inputValue()).length, 'it is selected, ready to be copied');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'export-menu');
});
