// Every part beside the map has one frame: it takes the focus to its heading, Escape closes it, and the focus goes back to what opened it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMap } from './map.js';
import { browser, service } from './stage.js';

const focused = (page) => page.evaluate(() => document.activeElement?.dataset?.testid ?? document.activeElement?.tagName);
const parts = { print: 'print-open', compare: 'compare-open', import: 'import-open', run: 'run-open' };

test('parts beside the map are entered, left and closed alike', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin);
  t.after(() => context.close());
  const gone = (name) => page.getByTestId(`${name}-panel`).waitFor({ state: 'detached' });
  for (const [name, opener] of Object.entries(parts)) {
    await page.getByTestId(opener).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => document.activeElement?.dataset?.testid === wanted, `${name}-heading`);
    await page.keyboard.press('Escape');
    await gone(name);
    assert.equal(await focused(page), opener, `${name}: the focus goes back`);
    // Its close button does the same.
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => document.activeElement?.dataset?.testid === wanted, `${name}-heading`);
    await page.getByTestId(`${name}-close`).press('Enter');
    await gone(name);
    assert.equal(await focused(page), opener, `${name}: the focus goes back from its close button`);
  }
  // A part that opens another: the way back leads to what opened the first.
  await page.getByTestId('run-open').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.testid === 'run-heading');
  await page.keyboard.press('m');
  await page.waitForFunction(() => document.activeElement?.dataset?.testid === 'measure-heading');
  await page.keyboard.press('Escape');
  await gone('measure');
  assert.equal(await focused(page), 'run-open');
  assert.deepEqual(errors, []);
});

test('an import that was looked into waits behind Escape, and is given up by its close button', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { ready: false });
  t.after(() => context.close());
  await page.getByTestId('import-open').click();
  const corners = [[107.2, 21], [107.21, 21], [107.21, 21.01], [107.2, 21]];
  const layer = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [corners] } }] };
  await page.getByTestId('import-file').setInputFiles({ name: 'ranh.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(layer)) });
  await page.getByTestId('import-choice').waitFor();
  await page.getByTestId('import-heading').press('Escape');
  await page.getByTestId('import-panel').waitFor({ state: 'detached' });
  await page.getByTestId('import-open').click();
  await page.getByTestId('import-choice').waitFor();
  await page.getByTestId('import-close').click();
  await page.getByTestId('import-panel').waitFor({ state: 'detached' });
  await page.getByTestId('import-open').click();
  await page.getByTestId('import-choose').waitFor();
  assert.equal(await page.getByTestId('import-choice').count(), 0);
});
