// What a planner's screen costs, measured in Chromium on the program as it is served: first load, click to panel, answers
// of the rules while a boundary is dragged, ten thousand findings scrolled, 200,000 parcels on the map. Ends with 1 where a budget is exceeded.
//
//   RANH_BIN=target/release/ranh node bench/screen.js [--parcels N] [--zones N] [--clicks N] [--only sample|terrain] [--json FILE]
//
// The browser draws without a graphics card here, so that frames a second say nothing and are not measured.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openBrowser } from '../browser.js';
import { openMap, settled } from '../map.js';
import { fillStore, ranh, serveStore } from '../service.js';
import { rechecks } from './recheck.js';
import { CRS, writeTerrain } from './terrain.js';

const run = promisify(execFile);
const { values: options } = parseArgs({ options: {
  parcels: { type: 'string', default: '200000' }, zones: { type: 'string', default: '2000' },
  clicks: { type: 'string', default: '20' }, only: { type: 'string' }, json: { type: 'string' },
} });
const measured = [];

/** Keeps a figure, and says whether it stays below its budget. */
function note(what, value, unit, below = null) {
  const within = below === null || value <= below;
  measured.push({ what, value, unit, below, within });
  console.log(`${what.padEnd(52)} ${String(Math.round(value * 10) / 10).padStart(10)} ${unit.padEnd(5)} ${below === null ? '' : `≤ ${below} ${within ? '' : 'EXCEEDED'}`}`);
}

const quantile = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** Kilobytes of the page's own files as they are sent, without headers, with all that comes by itself once the map is
 * drawn; of these its scripts. A file that is asked for twice is sent once: its answer may be kept, though not in a browser
 * whose requests are watched. */
async function firstLoad(browser, origin) {
  const start = performance.now();
  const { page, context } = await openMap(browser, origin);
  const ready = performance.now() - start;
  await page.waitForLoadState('networkidle');
  const bytes = await page.evaluate(() => {
    const own = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize])
      .filter(([path]) => path === '/' || path.startsWith('/assets/'));
    const once = [...new Map(own)];
    const sum = (list) => list.reduce((all, [, size]) => all + size, 0);
    return { all: sum(once), scripts: sum(once.filter(([path]) => path.endsWith('.js') && !path.includes('maplibre'))) };
  });
  await context.close();
  return { all: bytes.all / 1000, scripts: bytes.scripts / 1000, ready };
}

/** Milliseconds from a click on the map to the panel that says what lies there, as the page itself counts them: until it is
 * in the page, and until the frame that shows it has begun, which waits for the map where it is drawn without a graphics card. */
async function clicks(page, count) {
  const times = [];
  for (let k = 0; k < count; k += 1) {
    const [x, y] = [330 + (k % 5) * 90, 140 + Math.floor(k / 5) * 70];
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      window.__clicked = new Promise((resolve) => {
        document.addEventListener('pointerdown', () => {
          const from = performance.now();
          const observer = new MutationObserver(() => {
            if (!document.querySelector('[data-testid="panel-title"]')) return;
            observer.disconnect();
            const there = performance.now() - from;
            requestAnimationFrame(() => resolve({ there, shown: performance.now() - from }));
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        }, { once: true, capture: true });
      });
    });
    await page.mouse.click(x, y);
    times.push(await page.evaluate(() => window.__clicked));
    await settled(page);
  }
  return times;
}

/** Scrolls the list of findings to its end, in some sixty steps; answers with the most rows that were in the document,
 * how many were seen, and whether the last line was. */
function scrolled(page) {
  return page.evaluate(async () => {
    const list = document.querySelector('[role="treegrid"]');
    const rows = () => list.querySelectorAll('[role="row"]').length;
    const seen = new Set();
    let most = 0;
    for (let top = 0; top < list.scrollHeight; top += Math.max(list.clientHeight * 0.9, list.scrollHeight / 60)) {
      list.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      most = Math.max(most, rows());
      for (const row of document.querySelectorAll('[data-testid^="finding-"]')) seen.add(row.dataset.testid);
    }
    list.scrollTop = list.scrollHeight;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const count = Number(list.getAttribute('aria-rowcount'));
    const ended = [...list.querySelectorAll('[role="row"]')].some((row) => Number(row.getAttribute('aria-rowindex')) === count);
    return { most: Math.max(most, rows()), seen: seen.size, ended };
  });
}

/** Megabytes of memory of the browser's processes (proportional set size), and of the page's scripts. */
async function memory(browser, page, context) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const client = await context.newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  const sizes = { script: usedSize / 1e6 };
  for (const { id, type } of processInfo) {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    sizes[type] = (sizes[type] ?? 0) + (kilobytes * 1024) / 1e6;
  }
  return sizes;
}

async function sample(browser, folder) {
  const service = await serveStore(await fillStore(folder));
  try {
    const load = await firstLoad(browser, service.origin);
    note('first load, as sent', load.all, 'kB', 480);
    note('first load, scripts without MapLibre', load.scripts, 'kB', 60);
    note('from the address to the first drawn map', load.ready, 'ms');
    const { page, context } = await openMap(browser, service.origin, { hash: '#map=12.2/21.12/107.45' });
    const times = await clicks(page, Number(options.clicks));
    const [there, shown] = ['there', 'shown'].map((what) => times.map((time) => time[what]));
    note('click to panel, median', quantile(shown, 0.5), 'ms', 200);
    note('click to panel, slowest', Math.max(...shown), 'ms');
    note('of these, until it is in the page, median', quantile(there, 0.5), 'ms');
    await context.close();
    await dragged(browser, service.origin, 'KCN01', '');
  } finally {
    await service.stop();
  }
}

/** What the rules cost while a zone's vertex is dragged. */
async function dragged(browser, origin, id, where) {
  const { page, context } = await openMap(browser, origin, { hash: `#sel=zones/${id}` });
  const times = await rechecks(page, origin, id, Number(options.clicks));
  const [answered, shown] = ['answered', 'shown'].map((what) => times.map((time) => time[what]));
  note(`recheck while dragging${where}, median`, quantile(shown, 0.5), 'ms', 100);
  note(`recheck while dragging${where}, slowest`, Math.max(...shown), 'ms');
  note('of these, until it is in the page, median', quantile(answered, 0.5), 'ms');
  await context.close();
}

async function terrain(browser, folder) {
  const [plan, zones, store] = ['plan.geojsons', 'zones.geojsons', 'terrain.gpkg'].map((name) => join(folder, name));
  await writeTerrain(plan, zones, { parcels: Number(options.parcels), zones: Number(options.zones) });
  await run(ranh, ['import', plan, '--store', store, '--role', 'land_use_plan', '--collection', 'plan', '--crs', CRS]);
  await run(ranh, ['import', zones, '--store', store, '--role', 'zone', '--collection', 'zones', '--crs', CRS]);
  await run(ranh, ['check', '--store', store], { maxBuffer: 1 << 30 }).catch((failure) => {
    if (failure.code !== 1) throw failure;
  });
  const service = await serveStore(store);
  try {
    await onTerrain(browser, service.origin);
    await dragged(browser, service.origin, 'Z0', `, ${options.parcels} parcels`);
  } finally {
    await service.stop();
  }
}

async function onTerrain(browser, origin) {
  const { numberMatched } = await (await fetch(`${origin}/findings?limit=1`)).json();
  const { page, context } = await openMap(browser, origin);
  await page.locator('[data-testid^="finding-"]').first().waitFor({ timeout: 120_000 });
  const rows = await scrolled(page);
  note('findings', numberMatched, '');
  note('findings whose rows were seen while scrolling', rows.seen, '');
  if (!rows.ended) throw new Error('the last row was not reached');
  note('most rows in the document', rows.most, '', 50);
  for (const zoom of [9, 11, 12, 13, 14.5]) {
    await page.evaluate((to) => window.__ranh.map.jumpTo({ zoom: to }), zoom);
    await settled(page);
  }
  await page.evaluate(() => window.__ranh.map.jumpTo({ zoom: 10 }));
  await settled(page);
  note('parcels in the store and on the map', Number(options.parcels), '');
  const sizes = await memory(browser, page, context);
  for (const [what, megabytes] of Object.entries(sizes)) note(`memory, ${what}`, megabytes, 'MB');
  await context.close();
}

const folder = await mkdtemp(join(tmpdir(), 'ranh-screen-'));
const browser = await openBrowser();
try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} processors, ${browser.version()}\n`);
  if (options.only !== 'terrain') await sample(browser, folder);
  if (options.only !== 'sample') await terrain(browser, folder);
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
if (options.json) await writeFile(options.json, JSON.stringify(measured, null, 2));
process.exitCode = measured.every((each) => each.within) ? 0 : 1;
