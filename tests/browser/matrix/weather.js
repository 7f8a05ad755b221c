// What a server, a network or a machine makes of the screen: each state is a page of its own.
const refused = (status, title, detail) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title, status, detail, request_id: 'a1b2c3' }) });

/** The server's list of collections as `change` makes it. */
const collections = (change) => async (page) => {
  await page.route('**/collections', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: change(answer) });
  });
};
const withCheck = (check) => collections((answer) => ({ ...answer, ranh: { ...answer.ranh, check: check && { ...answer.ranh.check, ...check } } }));
const fails = (...paths) => async (page) => {
  for (const path of paths) await page.route(path, (route) => route.abort());
};
/** An answer that never comes. */
const waits = (path) => (page) => page.route(path, () => {});

const none = { counts: { B: 0, E: 0, W: 0, I: 0 }, area_ha: 0, area_union_ha: 0, slivers: { count: 0, area_ha: 0 } };

async function withoutFindings(page) {
  await withCheck(none)(page);
  await page.route('**/findings?*', (route) => route.fulfill({ json: { numberMatched: 0, numberReturned: 0, findings: [] } }));
}

/** A check that is under way for good. */
async function checking(page) {
  const job = { jobID: 'one', type: 'process', status: 'running', progress: 41 };
  await page.route('**/processes/check/execution', (route) => route.fulfill({ status: 201, json: job }));
  await page.route('**/jobs/one', (route) => route.fulfill({ json: job }));
}

const begin = (page) => page.getByTestId('run-check').click();

/** A server that knows no token. */
const asking = (page) => page.route('**/processes/check/execution', (route) => route.fulfill(refused(401, 'Unauthorized', 'Changes need a token.')));

const seen = (testid) => (page) => page.getByTestId(testid).first().waitFor({ timeout: 60_000 });
const alert = (inside) => (page) => page.locator(`${inside} [role="alert"]`).first().waitFor({ timeout: 60_000 });

const select = (page) => page.evaluate(() => window.__ranh.state.view.select({ type: 'feature', collection: 'zones', id: 'KCN01' }));

export const weather = {
  'an empty store': { prepare: collections((answer) => ({ ...answer, collections: [], ranh: { ...answer.ranh, generated: false, check: null } })), reach: seen('empty'), parts: ['empty/EmptyState'] },
  'not checked yet': { prepare: withCheck(null), reach: seen('run-check') },
  'an old check': { prepare: withCheck({ stale: true }), reach: seen('check-summary') },
  'no findings': { prepare: withoutFindings, reach: seen('check-summary') },
  'a check under way': { prepare: checking, reach: async (page) => {
    await seen('check-summary')(page);
    await begin(page);
    await page.getByTestId('run-check').filter({ hasText: '41' }).waitFor();
  } },
  'tiles on their way': { prepare: waits('**/tiles/**'), reach: seen('check-summary') },
  'everything on its way': { prepare: waits('**/collections'), reach: (page) => page.locator('.wait').waitFor() },
  'a layer that failed': { prepare: fails('**/tiles/plan-2021-2030/**'), reach: (page) => page.getByTestId('layer-plan-2021-2030').getByRole('button', { name: /Thử lại/ }).waitFor({ timeout: 60_000 }) },
  'a map that failed': { prepare: fails('**/style?*'), reach: (page) => page.locator('.message').waitFor({ timeout: 60_000 }) },
  'no WebGL': { prepare: (page) => page.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; }), reach: (page) => page.locator('.message').waitFor({ timeout: 60_000 }) },
  'a server that is gone': { prepare: fails('**/collections'), reach: seen('error'), parts: ['app/ErrorState'] },
  'a server that refuses': { prepare: (page) => page.route('**/collections', (route) => route.fulfill(refused(500, 'Lỗi máy chủ', 'Kho dữ liệu đang bận.'))), reach: seen('error') },
  'findings that do not come': { prepare: fails('**/findings?*'), reach: alert('[data-panel="check"]') },
  'a zone that does not come': { prepare: fails('**/zones/KCN01/summary'), reach: async (page) => {
    await seen('check-summary')(page);
    await select(page);
    await alert('[data-panel="info"]')(page);
  } },
  'a register that does not come': { prepare: fails('**/zones?*'), hash: '&page=register', reach: alert('[data-testid="register-page"]') },
  'a part that does not come': { prepare: fails('**/assets/MeasurePanel*'), hash: '&side=measure', reach: alert('aside') },
  'a token is asked for': { prepare: asking, reach: async (page) => {
    await seen('check-summary')(page);
    await begin(page);
    await seen('ask-token')(page);
  }, parts: ['token/AskToken'] },
  'a token that is refused': { prepare: asking, reach: async (page) => {
    await seen('check-summary')(page);
    await begin(page);
    await page.getByTestId('token-value').fill('sai');
    await page.getByTestId('token-send').click();
    await seen('token-wrong')(page);
  } },
};
