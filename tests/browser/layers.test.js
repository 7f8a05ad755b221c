// How layers are drawn: order by buttons, the second palette, codes by themselves; all of it in the address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { violations } from './axe.js';
import { inEnglish, openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const { classes } = JSON.parse(readFileSync(new URL('../../data/codes/second_palette.json', import.meta.url), 'utf8'));
const place = '#map=12.2/21.09/107.44';

/** The places of style layers among all, from the bottom. */
const places = (page, ids) => page.evaluate((wanted) => {
  const drawn = window.__ranh.map.getStyle().layers.map((layer) => layer.id);
  return wanted.map((id) => drawn.indexOf(id));
}, ids);

test('a layer goes up and down by buttons, on the map too, and a link has the order', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, { hash: place });
  t.after(() => context.close());
  const ids = ['landuse-fill:plan-2021-2030', 'admin-line:communes', 'zone-line-kcn:zones', 'landuse-label:plan-2021-2030', 'selection-line'];
  const usual = await places(page, ids);
  assert.ok(usual[0] < usual[1] && usual[1] < usual[2] && usual[2] < usual[3], `${usual}`);
  await page.getByTestId('layers-arrange').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('up-communes').waitFor();
  for (let step = 0; step < 2; step += 1) {
    await page.getByTestId('up-communes').focus();
    await page.keyboard.press('Enter');
  }
  assert.equal((await page.getByTestId('draw-order').locator('li').first().innerText()).trim(), 'Địa giới xã, phường');
  await page.waitForFunction(() => {
    const drawn = window.__ranh.map.getStyle().layers.map((layer) => layer.id);
    return drawn.indexOf('admin-line:communes') > drawn.indexOf('zone-line-kcn:zones');
    // The whole style asked for in every frame keeps a slow machine from drawing.
  }, undefined, { polling: 200 });
  const moved = await places(page, ids);
  assert.ok(moved[0] < moved[2] && moved[1] < moved[4], 'land use is below, the selection above');
  await page.waitForFunction(() => location.hash.includes('order=communes'));
  // The address again, as a link would open it.
  await page.reload();
  await page.waitForFunction(() => {
    const drawn = window.__ranh.map?.getStyle()?.layers.map((layer) => layer.id) ?? [];
    return drawn.indexOf('admin-line:communes') > drawn.indexOf('zone-line-kcn:zones');
  }, null, { timeout: 60_000 });
  await page.getByTestId('layers-arrange').click();
  await page.getByTestId('order-reset').click();
  await page.waitForFunction(() => {
    const drawn = window.__ranh.map.getStyle().layers.map((layer) => layer.id);
    return drawn.indexOf('admin-line:communes') < drawn.indexOf('zone-line-kcn:zones');
  });
  assert.deepEqual(errors, []);
});

test('the second palette is on the map and in the legend, and the prescribed one comes back', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { hash: place });
  t.after(() => context.close());
  const colour = (code) => page.evaluate((wanted) => {
    const fill = window.__ranh.map.getPaintProperty('landuse-fill:plan-2021-2030', 'fill-color');
    return fill[fill.indexOf(wanted) + 1];
  }, code);
  const prescribed = await colour('LUC');
  assert.equal(prescribed.toLowerCase(), '#fffc8c', 'Circular 08/2024: 255, 252, 140');
  await page.getByTestId('layers-arrange').click();
  await page.getByTestId('colours-safe').check();
  const wanted = (code) => classes.find((each) => each.codes.includes(code)).rgb;
  await page.waitForFunction((rgb) => {
    const fill = window.__ranh.map.getPaintProperty('landuse-fill:plan-2021-2030', 'fill-color');
    return fill[fill.indexOf('LUC') + 1] === rgb;
  }, wanted('LUC'));
  for (const code of ['RPH', 'SKK', 'CQP']) assert.equal(await colour(code), wanted(code));
  const swatch = await page.getByTestId('legend-RSX').locator('[style]').first().getAttribute('style');
  assert.ok(swatch.toLowerCase().includes(wanted('RSX').toLowerCase()), swatch);
  await settled(page);
  await picture(page, 'second-palette');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('colours-usual').check();
  await page.waitForFunction(() => {
    const fill = window.__ranh.map.getPaintProperty('landuse-fill:plan-2021-2030', 'fill-color');
    return fill[fill.indexOf('LUC') + 1].toLowerCase() === '#fffc8c';
  });
});

test('chosen codes are drawn alone; in English and in the dark', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, { hash: place });
  t.after(() => context.close());
  await inEnglish(page);
  await page.getByTestId('toggle-theme').click();
  await page.getByTestId('layers-arrange').click();
  await page.getByTestId('only-LUC').click();
  await page.getByTestId('only-RPH').click();
  await settled(page);
  await page.waitForFunction(() => {
    const drawn = window.__ranh.map.queryRenderedFeatures({ layers: ['landuse-fill:plan-2021-2030'] });
    const codes = [...new Set(drawn.map((feature) => feature.properties.main ?? feature.properties.code))].sort();
    return codes.join() === 'LUC,RPH';
  });
  await picture(page, 'only-codes-dark');
  assert.deepEqual(await violations(page), []);
  await page.getByTestId('only-all').click();
  await page.waitForFunction(() => window.__ranh.map.queryRenderedFeatures({ layers: ['landuse-fill:plan-2021-2030'] }).some((feature) => feature.properties.code === 'CLN'));
  assert.deepEqual(errors, []);
});

test('on a phone', async (t) => {
  const { page, context } = await openMap(browser, service.origin, { width: 390, height: 844 });
  t.after(() => context.close());
  await page.getByTestId('tab-layers').click();
  await page.getByTestId('layers-arrange').click();
  await page.getByTestId('draw-order').waitFor();
  await picture(page, 'arrange-phone');
  assert.deepEqual(await violations(page), []);
});

test('the map stays while its words or its findings change, and what was put out of sight stays there', async (t) => {
  const { page, context, errors } = await openMap(browser, service.origin, { hash: place });
  t.after(() => context.close());
  await page.evaluate(() => window.__ranh.state.view.hidden.add('communes'));
  await settled(page);
  await page.evaluate(() => {
    const { map } = window.__ranh;
    const drawn = (...layers) => (layers.every((id) => map.getLayer(id)) ? map.queryRenderedFeatures({ layers }).length : 0);
    window.__least = Infinity;
    window.__styles = 0;
    map.on('style.load', () => (window.__styles += 1));
    map.on('render', () => (window.__least = Math.min(window.__least, drawn('landuse-fill:plan-2021-2030'))));
    window.__drawn = drawn;
  });
  const styles = (count) => page.waitForFunction((least) => window.__styles >= least, count);
  await inEnglish(page);
  await styles(1);
  await settled(page);
  // Somebody else checks by one rule: all findings but its own go, which the page hears of.
  const answer = await fetch(`${service.origin}/check`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"rules":["LUP-01"]}' });
  assert.equal(answer.status, 200);
  await styles(2);
  await settled(page);
  const [least, findings, communes] = await page.evaluate(() => [window.__least, window.__drawn('finding-fill'), window.__drawn('admin-line:communes')]);
  assert.ok(least > 0, 'land use was drawn in every frame');
  assert.ok(findings > 0, 'the findings of the new check are drawn');
  assert.equal(communes, 0);
  assert.deepEqual(errors, []);
});
