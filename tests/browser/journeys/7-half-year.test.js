// Journey 7: the half-yearly report: leased land and projects are entered, what does not add up is told, and the period's tables are a workbook.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { violations } from '../axe.js';
import { openMap } from '../map.js';
import { withRegister } from '../register.js';
import { browser, picture, service } from '../stage.js';
import { download, json, press, reach, sheet, type } from './pages.js';

before(withRegister);

async function open(t, options = {}) {
  const view = await openMap(browser, service.origin, { hash: '#page=register&p.view=halfyear', ...options });
  t.after(() => view.context.close());
  await view.page.getByTestId('figures-form').waitFor();
  await view.page.getByTestId('report-about').waitFor();
  return view;
}

const text = (page, name) => page.getByTestId(name).innerText();

test('figures and projects are entered; 51.6 % beside 55.5 % is told; the tables of the period follow', async (t) => {
  const { page, errors, strangers } = await open(t);
  await page.getByTestId('entry-as-of').fill('2026-11-14');
  await page.getByTestId('entry-document').fill('31/BC-SCT');
  await page.getByTestId('entry-reason').fill('Báo cáo cả năm; Nguyễn Thị A');
  // The figures of the report on Tuyên Quang: 108.7 of 196 ha are 55.46 %, not 51.6 %.
  await page.getByTestId('industrial-CCN01').fill('196');
  await page.getByTestId('leased-CCN01').fill('108,7');
  await page.getByTestId('stated-CCN01').fill('51,6');
  assert.equal(await text(page, 'computed-CCN01'), '55,5');
  assert.match(await text(page, 'off-CCN01'), /^\+3,9\s*lệch hơn 0,5 điểm/);
  // 36.1 of 38 ha are 95 % as stated: nothing to tell.
  await page.getByTestId('leased-CCN02').fill('36,1');
  await page.getByTestId('stated-CCN02').fill('95');
  assert.equal(await text(page, 'off-CCN02'), '0,0');
  await page.getByTestId('project-add').click();
  await page.getByTestId('project-name-1').fill('Xưởng chè Bản Mây (bịa đặt)');
  await page.getByTestId('project-zone-1').selectOption('CCN01');
  await page.getByTestId('project-status-1').selectOption('under_construction');
  await page.getByTestId('project-land-1').fill('3,25');
  await page.getByTestId('project-capital-1').fill('120,5');
  assert.equal(await text(page, 'entry-save'), 'Ghi 2 khu, 1 dự án');
  await picture(page, 'journey-7-entry');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('entry-save').click();
  await page.getByTestId('entry-check').waitFor();
  // What was stated stays; what is new is beside it.
  const { zone } = await json('/registers/tinh-mau');
  const kept = zone.find((one) => one.id === 'CCN01').area.map((one) => [one.as_of, one.leased_ha.value]);
  assert.deepEqual(kept, [['2026-06-14', 40.6], ['2026-11-14', 108.7]]);
  // By hand: 108.7 + 36.1 leased of 196 + 38 ha of clusters.
  const group = (await json('/zones')).by_kind.find((one) => one.code === 'CCN').sums;
  assert.ok(Math.abs(group.leased.ha - 144.8) < 1e-9 && Math.abs(group.industrial.ha - 234) < 1e-9);
  // The check says so as well.
  await page.getByTestId('entry-check').click();
  await page.getByTestId('entry-check').waitFor({ state: 'detached', timeout: 120_000 });
  const found = (await json('/findings?zone=CCN01&limit=1000')).findings.filter((one) => one.rule === 'ZON-08');
  assert.equal(found.length, 1);

  const book = await download(page, async () => {
    await page.getByTestId('report-period').selectOption('2026-12-14').catch(() => null);
    await page.getByTestId('report-xlsx').click();
  });
  assert.match(book.name, /^tinh-mau-2026-\d\d-\d\d\.xlsx$/);
  const about = (await sheet(book.path, 'Thông tin')).map((row) => row.join(' '));
  for (const part of ['14/2024/TT-BCT', '38/2025/TT-BCT', 'Chưa đối chiếu phụ lục', '15/12/2025']) assert.ok(about.some((row) => row.includes(part)), `${part} is missing: ${about.join('\n')}`);
  const [head, ...clusters] = await sheet(book.path, 'Cụm công nghiệp');
  const row = (name) => Object.fromEntries(head.map((column, at) => [column, clusters.find((one) => one.includes(name))[at]]));
  const tea = row('CCN Bản Mây');
  assert.deepEqual([tea['Đất công nghiệp (ha)'], tea['Đã cho thuê (ha)'], tea['Lấp đầy công bố (%)'], tea['Số dự án'], tea['Vốn đăng ký (tỷ đồng)']].map(Number), [196, 108.7, 51.6, 1, 120.5]);
  assert.ok(Math.abs(Number(tea['Lấp đầy tính lại (%)']) - 55.459_183_67) < 1e-6);
  assert.ok(Math.abs(Number(tea['Chênh (điểm %)']) - 3.859_183_67) < 1e-6);
  // Parks are no clusters: the circular does not ask for them.
  assert.ok(!clusters.some((one) => one.includes('KCN Suối Vàng')) && clusters.length === 3, JSON.stringify(clusters));
  const sums = await sheet(book.path, 'Theo tỉnh');
  assert.deepEqual(sums.at(-1).slice(0, 2), ['Tổng', '3']);
  assert.deepEqual(sums.at(-1).slice(2, 5).map(Number), [40, 234, 144.8]);
  const projects = await sheet(book.path, 'Dự án đầu tư');
  assert.ok(projects[1].includes('Xưởng chè Bản Mây (bịa đặt)') && projects[1].includes('3.25') && projects[1].includes('đang xây dựng'), JSON.stringify(projects));
  assert.deepEqual([errors, strangers], [[], []]);
});

test('what somebody else has changed meanwhile is not overwritten', async (t) => {
  const [first, second] = [await open(t), await open(t)];
  for (const [{ page }, leased] of [[first, '60'], [second, '61']]) {
    await page.getByTestId('entry-as-of').fill('2026-11-20');
    await page.getByTestId('entry-document').fill('40/BC-BQL');
    await page.getByTestId('entry-reason').fill('Đính chính');
    await page.getByTestId('leased-KCN02').fill(leased);
  }
  await first.page.getByTestId('entry-save').click();
  await first.page.getByTestId('entry-check').waitFor();
  await second.page.getByTestId('entry-save').click();
  await second.page.getByTestId('entry-problem').waitFor();
  assert.match(await text(second.page, 'entry-problem'), /Người khác vừa sửa/);
  assert.deepEqual(await violations(second.page), []);
  const { zone } = await json('/registers/tinh-mau');
  assert.equal(zone.find((one) => one.id === 'KCN02').area.at(-1).leased_ha.value, 60);
});

test('by keyboard alone, and on a phone', async (t) => {
  const { page } = await open(t, { width: 390, height: 844 });
  await picture(page, 'journey-7-390');
  assert.deepEqual(await violations(page), []);
  await reach(page, 'entry-as-of');
  await type(page, 'entry-document', '50/BC-BQL');
  await type(page, 'entry-reason', 'Bổ sung');
  await type(page, 'leased-KCN08', '25');
  assert.equal(await text(page, 'computed-KCN08'), '50,0');
  // The form is sent by Enter in any of its fields.
  await page.keyboard.press('Enter');
  await page.getByTestId('entry-check').waitFor();
  await press(page, 'project-add');
});
