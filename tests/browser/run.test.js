// Choosing what a check judges: zones, layers, plan; how far it is, stopping it, and what it changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { answers, inEnglish, openMap } from './map.js';
import { browser, picture, service } from './stage.js';

const json = async (path) => (await fetch(`${service.origin}${path}`, { headers: { accept: 'application/json' } })).json();
const run = async () => (await json('/collections')).ranh.check.run;

/** Opens the choices beside the map. */
async function openChoices(options) {
  const view = await openMap(browser, service.origin, options);
  await view.page.getByTestId('run-open').click();
  await view.page.getByTestId('run-panel').waitFor();
  return view;
}

test('a check of chosen zones by chosen layers says what the answer key has, and is kept nowhere', async (t) => {
  const { page, context, errors, strangers } = await openChoices();
  t.after(() => context.close());
  const before = await run();
  await page.getByTestId('run-some').check();
  assert.equal(await page.getByTestId('run-chosen').isDisabled(), true, 'no zone is chosen yet');
  await page.getByTestId('run-find').fill('suoi vang');
  await page.getByTestId('run-zone-KCN01').check();
  // Without land use: what is left of the zone's findings is of the other layers.
  await page.getByTestId('run-group-LUP').uncheck();
  await picture(page, 'run-choices');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('run-chosen').click();
  const result = page.getByTestId('run-result');
  await result.waitFor({ timeout: 60_000 });
  const rules = (await result.locator('b').allInnerTexts()).sort();
  const expected = answers.findings.filter((each) => each.zone === 'KCN01' && !each.rule.startsWith('LUP-'));
  for (const { rule } of expected) assert.ok(rules.includes(rule), `${rule} is found`);
  assert.ok(rules.length > 0 && rules.every((rule) => !rule.startsWith('LUP-')), rules.join());
  await picture(page, 'run-result');
  assert.deepEqual(await violations(page), []);
  assert.equal(await run(), before, 'the check of everything stays');
  assert.deepEqual([errors, strangers], [[], []]);
});

test('a whole check tells how far it is and what it changed', async (t) => {
  const { page, context } = await openChoices();
  t.after(() => context.close());
  // The first check found everything: all of it is new.
  const { found } = await json('/check/changes');
  await page.getByTestId('run-changes').getByText(`Mới: ${found.length}`).waitFor();
  await page.getByTestId('run-plan').selectOption('plan-2016-2020');
  await page.getByTestId('run-chosen').click();
  await page.waitForFunction((plan) => window.__ranh.state.data.check?.plan === plan && !window.__ranh.state.findings.running, 'plan-2016-2020', { timeout: 60_000 });
  // Judged against another plan, other parcels are in conflict; those of the plan in force are not said to be mended.
  const changes = await json('/check/changes');
  assert.ok(changes.found.length > 0 && changes.closed.length === 0);
  const shown = page.getByTestId('run-changes');
  await shown.getByText(`Mới: ${changes.found.length}`).waitFor();
  await page.getByTestId('toggle-theme').click();
  await picture(page, 'run-changes-dark');
  assert.deepEqual(await violations(page), []);
  await inEnglish(page);
  await shown.getByText(`New: ${changes.found.length}`).waitFor();
  assert.deepEqual(await violations(page), []);
  // Back to the plan in force, so that the next test finds the store as it was.
  await page.getByTestId('run-plan').selectOption('');
  await page.getByTestId('run-chosen').click();
  await page.waitForFunction(() => window.__ranh.state.data.check?.plan === 'plan-2021-2030' && !window.__ranh.state.findings.running, null, { timeout: 60_000 });
  assert.deepEqual((await json('/check/changes')).found, []);
});

test('a check can be stopped, and the result before stays', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const before = await page.getByTestId('check-count').innerText();
  let dismissed = false;
  // A job that does not end by itself as long as the page looks.
  await page.route('**/jobs/*', async (route) => {
    if (route.request().method() === 'DELETE') {
      dismissed = true;
      return route.continue();
    }
    const jobID = route.request().url().split('/').at(-1);
    return route.fulfill({ json: { jobID, status: dismissed ? 'dismissed' : 'running', progress: 40 } });
  });
  await page.getByTestId('run-check').click();
  await page.getByTestId('run-check').filter({ hasText: '40 %' }).waitFor();
  await picture(page, 'run-progress');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('run-cancel').click();
  await page.getByText('Đã hủy lần kiểm').waitFor();
  assert.ok(dismissed, 'the job was dismissed');
  assert.equal(await page.getByTestId('check-count').innerText(), before);
});

test('by keyboard alone, and on a phone', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.getByTestId('run-open').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('run-panel').waitFor();
  await page.getByTestId('run-all').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('KCX01');
  // The zones come over the network, and the keys below go to what is there.
  await page.getByTestId('run-zone-KCX01').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.getByTestId('run-zones-chosen').filter({ hasText: '1' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('run-result').waitFor({ timeout: 60_000 });
  const phone = await openMap(browser, service.origin, { width: 390, height: 844 });
  t.after(() => phone.context.close());
  await phone.page.getByTestId('run-open').click();
  await phone.page.getByTestId('run-panel').waitFor();
  await picture(phone.page, 'run-phone');
  assert.deepEqual(await violations(phone.page), []);
});
