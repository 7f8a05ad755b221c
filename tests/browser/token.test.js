// Who may write: where the server wants a token, the page asks for it, says when it is wrong, and goes on with what was
// under way; where it takes no changes from there at all, that is said in words.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { violations } from './axe.js';
import { openBrowser } from './browser.js';
import { drop } from './journeys/dossier.js';
import { openMap } from './map.js';
import { fillStore, picture, serveStore } from './service.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const WRONG = 'fedcba9876543210fedcba9876543210';
const SQUARE = [[[107.2, 21], [107.204, 21], [107.204, 21.004], [107.2, 21.004], [107.2, 21]]];
const FILE = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: 'Khu thử' }, geometry: { type: 'Polygon', coordinates: SQUARE } }] });

let folder;
let service;
let browser;
let proxy;

/** A reverse proxy as they often are: it asks under its own name, not under the one that the browser asked for. */
function serveProxy({ origin }) {
  const { host, hostname, port } = new URL(origin);
  const server = createServer((asked, answered) => {
    const passed = request({ hostname, port, method: asked.method, path: asked.url, headers: { ...asked.headers, host } }, (answer) => {
      answered.writeHead(answer.statusCode, answer.headers);
      answer.pipe(answered);
    });
    passed.on('error', () => answered.destroy());
    asked.pipe(passed);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ranh-token-'));
  const tokens = join(folder, 'tokens');
  writeFileSync(tokens, `lan ${TOKEN}\n`, { mode: 0o600 });
  const [store, opened] = await Promise.all([fillStore(folder), openBrowser()]);
  browser = opened;
  service = await serveStore(store, '--token-file', tokens);
  proxy = await serveProxy(service);
});

after(async () => {
  await browser?.close();
  proxy?.closeAllConnections();
  proxy?.close();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const lastRun = async () => (await (await fetch(`${service.origin}/collections`)).json()).ranh.check.run;
const dialog = (page) => page.getByTestId('ask-token');

async function answer(page, token) {
  await page.getByTestId('token-value').fill(token);
  await page.getByTestId('token-send').click();
}

/** What the browser noted but for the refusals that are looked for. */
const others = (errors, status) => errors.filter((each) => !each.includes(String(status)));

test('a token is asked for, a wrong one refused, and with the right one the check goes on', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const before = await lastRun();
  await page.getByTestId('run-check').click();
  await dialog(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'token-value');
  assert.equal(await page.getByTestId('token-wrong').count(), 0, 'nothing was wrong yet');
  await picture(page, 'token-asked');
  assert.deepEqual(await violations(page), []);

  await answer(page, WRONG);
  assert.match(await page.getByTestId('token-wrong').innerText(), /không nhận mã vừa gõ/);
  await picture(page, 'token-wrong');
  assert.deepEqual(await violations(page), []);
  assert.equal(await lastRun(), before, 'nothing was checked');

  await answer(page, TOKEN);
  await dialog(page).waitFor({ state: 'detached' });
  await page.waitForFunction((run) => window.__ranh.state.data.check.run !== run && !window.__ranh.state.findings.running, before, { timeout: 60_000 });
  assert.equal(await page.evaluate(() => window.__ranh.state.data.check.run), await lastRun());

  // It is known now, and kept nowhere but in the page.
  await page.locator('[data-rule="LUP-01"]').first().click();
  await page.getByTestId('decide').click();
  await page.getByTestId('decision-state').selectOption('reviewing');
  await page.getByTestId('decision-save').click();
  await page.getByTestId('standing-state').filter({ hasText: 'Đang xem xét' }).waitFor();
  assert.equal(await dialog(page).count(), 0);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  assert.ok(!kept.includes(TOKEN));
  assert.deepEqual([others(errors, 401), strangers], [[], []]);
});

test('whoever loads the page again is asked again, and the file that was dropped goes on its way', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await drop(page, [{ name: 'khu thử.geojson', content: FILE }]);
  await dialog(page).waitFor();
  await page.keyboard.type(TOKEN);
  await page.keyboard.press('Enter');
  await page.getByTestId('import-choice').waitFor();
  await page.getByTestId('import-role').selectOption('zone');
  await page.getByTestId('import-run').click();
  await page.getByTestId('import-result').waitFor({ timeout: 30_000 });
  assert.equal(await dialog(page).count(), 0);
  assert.deepEqual(others(errors, 401), []);
});

test('without a token nothing is done, and it is said why', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const before = await lastRun();
  await page.getByTestId('run-check').focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/Không chạy được: máy chủ cần mã truy cập/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'run-check', 'back where it was');
  await drop(page, [{ name: 'khu thử.geojson', content: FILE }]);
  await page.getByTestId('token-without').click();
  await page.getByTestId('import-failed').getByText(/mã truy cập/).first().waitFor();
  await picture(page, 'token-without');
  assert.deepEqual(await violations(page), []);
  assert.equal(await lastRun(), before);
});

test('where changes are taken from nobody, that is said and no token is asked for', async (t) => {
  const { port } = proxy.address();
  const { page, context, errors } = await openMap(browser, `http://127.0.0.1:${port}`);
  t.after(() => context.close());
  const before = await lastRun();
  await page.getByTestId('run-check').click();
  await page.getByText(/Không chạy được: từ đây chỉ xem được/).waitFor();
  await picture(page, 'token-forbidden');
  await drop(page, [{ name: 'khu thử.geojson', content: FILE }]);
  await page.getByTestId('import-failed').getByText(/chỉ xem được/).first().waitFor();
  assert.equal(await dialog(page).count(), 0);
  assert.deepEqual(await violations(page), []);
  assert.equal(await lastRun(), before);
  assert.deepEqual(others(errors, 403), []);
});
