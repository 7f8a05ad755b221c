// What a planner decides on a finding: recorded with document and date, kept, told, and never over somebody else's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, openMap } from './map.js';
import { browser, picture, service } from './stage.js';

const json = async (route) => (await fetch(`${service.origin}${route}`)).json();

/** Opens a finding by its row; answers with its id. */
async function openFinding(page, rule, nth = 0) {
  const row = page.locator(`[data-rule="${rule}"]`).nth(nth);
  await row.click();
  await page.getByTestId('panel-standing').waitFor();
  return (await row.getAttribute('data-testid')).replace('finding-', '');
}

test('a waiver needs its document, is kept, and stands in the list and in the history', async (t) => {
  const { page, context, errors, strangers } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const id = await openFinding(page, 'LUP-01');
  assert.equal(await page.getByTestId('standing-state').innerText(), 'Mới');
  await page.getByTestId('decide').click();
  await page.getByTestId('decision-state').selectOption('waived');
  assert.equal(await page.getByTestId('decision-save').isDisabled(), true, 'without a document');
  await picture(page, 'decision-form');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('decision-document').fill('123/QĐ-UBND ngày 05/3/2026');
  await page.getByTestId('decision-person').fill('UBND tỉnh');
  await page.getByTestId('decision-until').fill('2099-12-31');
  await page.getByTestId('decision-reason').fill('Đất lúa đã được HĐND cho chuyển mục đích');
  await page.getByTestId('decision-save').click();
  await page.getByTestId('decision-form').waitFor({ state: 'detached' });
  assert.notEqual(await page.getByTestId('standing-state').innerText(), 'Mới');
  const panel = await page.getByTestId('panel-standing').innerText();
  assert.match(panel, /123\/QĐ-UBND ngày 05\/3\/2026[\s\S]*UBND tỉnh[\s\S]*31\/12\/2099/);
  const { standing } = await json(`/findings/${id}`);
  assert.deepEqual(
    [standing.state, standing.decision.document, standing.decision.until],
    ['waived', '123/QĐ-UBND ngày 05/3/2026', '2099-12-31'],
  );
  await page.getByTestId('standing-history').click();
  await page.locator('[data-testid="panel-standing"] ol li').first().waitFor();
  await picture(page, 'decision-kept');
  assert.deepEqual(await violations(page), []);
  // Those that were decided can be put out of sight, and come back.
  await page.getByTestId('toggle-open').click();
  assert.equal(await page.getByTestId(`finding-${id}`).count(), 0);
  await page.getByTestId('toggle-open').click();
  await page.getByTestId(`finding-${id}`).waitFor();
  // After a reload it is what it was.
  await page.reload();
  await page.waitForSelector('html[data-map-ready="1"]');
  await page.getByTestId('panel-standing').waitFor();
  assert.match(await page.getByTestId('panel-standing').innerText(), /123\/QĐ-UBND/);
  assert.deepEqual(strangers, []);
  assert.deepEqual(errors, []);
});

test('by keyboard alone, in English and in the dark', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await inEnglish(page);
  await page.getByTestId('toggle-theme').click();
  const id = await openFinding(page, 'LUP-01', 1);
  await page.getByTestId('decide').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('decision-state').focus();
  // Resolved is the third choice; a reason, and Enter on the button.
  await page.getByTestId('decision-state').selectOption('resolved');
  await page.getByTestId('decision-reason').focus();
  await page.keyboard.type('Boundary redrawn');
  await page.keyboard.press('Tab');
  await picture(page, 'decision-dark');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await page.getByTestId('decision-form').waitFor({ state: 'detached' });
  assert.equal((await json(`/findings/${id}`)).standing.state, 'resolved');
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  assert.equal(focused, 'decide', 'the focus is where it came from');
});

test('who comes second is told and loses nothing', async (t) => {
  const [first, second] = [await openMap(browser, service.origin), await openMap(browser, service.origin)];
  t.after(() => Promise.all([first.context.close(), second.context.close()]));
  const id = await openFinding(first.page, 'LUP-01', 2);
  assert.equal(await openFinding(second.page, 'LUP-01', 2), id);
  for (const { page } of [first, second]) await page.getByTestId('decide').click();
  await first.page.getByTestId('decision-reason').fill('Tôi đang xem');
  await first.page.getByTestId('decision-save').click();
  await first.page.getByTestId('decision-form').waitFor({ state: 'detached' });
  await second.page.getByTestId('decision-reason').fill('Tôi cũng xem');
  await second.page.getByTestId('decision-save').click();
  const problem = second.page.getByTestId('decision-problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /Người khác vừa xử lý/);
  await second.page.getByText('Tôi đang xem').waitFor();
  assert.equal(await second.page.getByTestId('decision-reason').inputValue(), 'Tôi cũng xem', 'what was typed is there');
  await picture(second.page, 'decision-taken');
  assert.deepEqual(await violations(second.page), []);
  await second.page.getByTestId('decision-save').click();
  await second.page.getByTestId('decision-form').waitFor({ state: 'detached' });
  const { events } = await json(`/findings/${id}/history`);
  assert.deepEqual(events.map((event) => event.decision?.reason).filter(Boolean), ['Tôi đang xem', 'Tôi cũng xem']);
});
