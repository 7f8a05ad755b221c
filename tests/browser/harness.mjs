// A served sample province and a browser on it, for the tests beside this file.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../..');
export const sample = path.join(root, 'data/sample');
export const answers = JSON.parse(readFileSync(path.join(sample, 'answers.json'), 'utf8'));

/** The program under test; the test command names it. */
const program = process.env.RANH_BIN ?? path.join(root, 'target/debug/ranh');

/** Runs the program to its end; an exit code that is not among `codes` is an error with what it said. */
export function ranh(args, codes = [0]) {
  const run = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!codes.includes(run.status)) throw new Error(`ranh ${args.join(' ')}: exit ${run.status}\n${run.stderr}`);
  return run;
}

/** A folder of its own with a store that holds the sample, checked; `serve` serves it on a free port. */
export async function sampleServer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'ranh-browser-'));
  const store = path.join(folder, 'sample.gpkg');
  for (const file of readdirSync(sample).filter((name) => name.endsWith('.geojson')).sort()) {
    ranh(['import', path.join(sample, file), '--store', store, '--role', 'auto']);
  }
  ranh(['check', '--store', store], [0, 1]);
  const server = await serve(store);
  return { ...server, folder, store, stop: async () => { await server.stop(); rmSync(folder, { recursive: true, force: true }); } };
}

/** Serves a store on a free port of the loopback; resolves when the address has been printed. */
export function serve(store, port = 0) {
  const child = spawn(program, ['serve', '--store', store, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  const address = new Promise((resolve, reject) => {
    const read = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`ranh serve ended with ${code}\n${said}`)));
  });
  return address.then((url) => ({
    url,
    stop: async () => { child.kill('SIGTERM'); await ended; },
    kill: async () => { child.kill('SIGKILL'); await ended; },
  }));
}

/** Debian's Chromium, drawing in software so that pictures are the same everywhere. */
export function browser() {
  const executablePath = [process.env.RANH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => file && existsSync(file));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic',
      '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--disable-dev-shm-usage', '--force-device-scale-factor=1'],
  });
}

/** A page on the server that keeps what it asked for and what it complained about. */
export async function open(chrome, url, { width = 1366, height = 768, hash = '', ready = true } = {}) {
  const context = await chrome.newContext({ viewport: { width, height }, reducedMotion: 'reduce', locale: 'vi-VN', acceptDownloads: true });
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}/${hash}`);
  if (ready) await page.waitForSelector('html[data-map-ready="1"]', { timeout: 60_000 });
  return { page, context, asked, complaints };
}

/** Waits until the map has drawn what an action asked for: idle after a repaint, then two frames. */
export function settled(page) {
  return page.evaluate(() => new Promise((resolve) => {
    const { map } = window.__ranh;
    map.once('idle', () => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    map.triggerRepaint();
  }));
}

/** Hectares as the Vietnamese screen writes them: 1.234,56. */
export function hectares(squareMetres) {
  return new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(squareMetres / 1e4);
}
