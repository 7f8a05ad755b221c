// What the journeys through pages, panels and files share.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { service } from '../stage.js';

const run = promisify(execFile);

/** What the server says at an address. */
export async function json(route) {
  const answer = await fetch(`${service.origin}${route}`);
  assert.ok(answer.ok, `${route}: ${answer.status}`);
  return answer.json();
}

/** Goes to a control by Tab alone and answers with it. */
export async function reach(page, testid) {
  const here = () => page.evaluate(() => document.activeElement?.dataset?.testid ?? '');
  for (let presses = 0; (await here()) !== testid; presses += 1) {
    assert.ok(presses < 200, `Tab never comes to ${testid}`);
    await page.keyboard.press('Tab');
  }
  return page.getByTestId(testid);
}

/** Presses a control that Tab has come to. */
export async function press(page, testid) {
  await reach(page, testid);
  await page.keyboard.press('Enter');
}

/** Picks an option of a list with the arrows. */
export async function choose(page, testid, value) {
  const list = await reach(page, testid);
  const [at, to] = await list.evaluate((select, wanted) => [select.selectedIndex, [...select.options].findIndex((one) => one.value === wanted)], value);
  assert.ok(to >= 0, `${testid} has no ${value}`);
  for (let step = 0; step < Math.abs(to - at); step += 1) await page.keyboard.press(to > at ? 'ArrowDown' : 'ArrowUp');
  assert.equal(await list.inputValue(), value);
}

/** Types into a field that Tab has come to. */
export async function type(page, testid, text) {
  await reach(page, testid);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** What an action of the page downloads: its name, its place and its content. */
export async function download(page, act) {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  // GDAL goes by names.
  const path = join(await mkdtemp(join(tmpdir(), 'ranh-journey-')), file.suggestedFilename());
  await file.saveAs(path);
  return { name: file.suggestedFilename(), path, bytes: readFileSync(path) };
}

/** What ogrinfo says of a file. */
export async function ogrinfo(...options) {
  const { stdout } = await run('ogrinfo', ['-ro', ...options], { maxBuffer: 1 << 26 });
  return stdout;
}

/** The area of each feature by its property `fid` or id, as GDAL measures it on the plane of the file. */
export async function areas(path, layer, name) {
  const said = await ogrinfo('-q', path, '-sql', `SELECT ${name} AS name, OGR_GEOM_AREA AS area FROM "${layer}"`);
  const read = [...said.matchAll(/name \(.*?\) = (.*)\n\s+area \(Real\) = (.*)\n/g)];
  return new Map(read.map(([, id, area]) => [id, Number(area)]));
}

/** A file out of a ZIP archive. */
export async function unzipped(path, name) {
  const script = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))';
  const { stdout } = await run('python3', ['-c', script, path, name], { encoding: 'buffer', maxBuffer: 1 << 26 });
  return stdout;
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The rows of a sheet of a workbook, as texts and numbers, read by GDAL. */
export async function sheet(path, name) {
  const { stdout } = await run('ogr2ogr', ['-f', 'CSV', '/vsistdout/', path, name, '--config', 'OGR_XLSX_HEADERS', 'FORCE', '--config', 'OGR_XLSX_FIELD_TYPES', 'STRING'], { maxBuffer: 1 << 26 });
  return stdout.trim().split('\n').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell.replace(/^"|"$/g, '').replaceAll('""', '"')));
}
