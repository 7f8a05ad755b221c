// All 134 letters of Vietnamese beyond the Latin alphabet, drawn by the map: each as the browser draws it with the same font,
// and composed as decomposed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMap, settled } from './map.js';
import { browser, picture, service } from './stage.js';

const VOWELS = [...'aăâeêioôơuưy'];
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const lower = [...VOWELS.flatMap((vowel) => TONES.map((tone) => (vowel + tone).normalize('NFC'))), 'đ'].filter((letter) => !/^[aeiouy]$/.test(letter));
const ALL = [...lower, ...lower.map((letter) => letter.toUpperCase())];
const SIZE = 30;
const CELL = { width: 68, height: 60 };
const COLUMNS = 11;

/** Puts letters on the map in a grid over white; answers with the ink of each cell: its box, and its bitmap. */
function drawn(page, letters, name) {
  return page.evaluate(async ([all, size, cell, columns, layer]) => {
    const { map } = window.__ranh;
    const middle = (at) => [36 + (at % columns) * cell.width, 34 + Math.floor(at / columns) * cell.height];
    const features = all.map((letter, at) => ({
      type: 'Feature', properties: { letter }, geometry: { type: 'Point', coordinates: map.unproject(middle(at)).toArray() },
    }));
    map.addLayer({ id: `${layer}-paper`, type: 'background', paint: { 'background-color': '#ffffff' } });
    map.addSource(layer, { type: 'geojson', data: { type: 'FeatureCollection', features } });
    map.addLayer({
      id: layer, type: 'symbol', source: layer,
      layout: { 'text-field': ['get', 'letter'], 'text-font': ['Be Vietnam Pro SemiBold'], 'text-size': size, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': '#000000' },
    });
    await new Promise((resolve) => map.once('idle', resolve));
    const pixels = await new Promise((resolve) => {
      map.once('render', () => {
        const { gl } = map.painter.context;
        const { width, height } = gl.canvas;
        const data = new Uint8Array(width * height * 4);
        gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, data);
        resolve({ width, height, data });
      });
      map.triggerRepaint();
    });
    const dark = (x, y) => 255 - (pixels.data[((pixels.height - 1 - y) * pixels.width + x) * 4] ?? 255);
    return all.map((_, at) => {
      const [x0, y0] = middle(at).map((value, axis) => Math.round(value - (axis === 0 ? cell.width : cell.height) / 2));
      return window.__ink((x, y) => dark(x0 + x, y0 + y), cell.width, cell.height);
    });
  }, [letters, SIZE, CELL, COLUMNS, name]);
}

/** The same letters by the browser itself. */
function expected(page, letters) {
  return page.evaluate(async ([all, size, cell]) => {
    const font = `600 ${size}px "Be Vietnam Pro"`;
    await document.fonts.load(font, all.join(''));
    const canvas = new OffscreenCanvas(cell.width, cell.height);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    return all.map((letter) => {
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, cell.width, cell.height);
      pen.fillStyle = '#000';
      pen.font = font;
      pen.textAlign = 'center';
      pen.fillText(letter, cell.width / 2, cell.height * 0.65);
      const { data } = pen.getImageData(0, 0, cell.width, cell.height);
      return window.__ink((x, y) => 255 - data[(y * cell.width + x) * 4], cell.width, cell.height);
    });
  }, [letters, SIZE, CELL]);
}

/** In the page: the box of what is darker than half, with its bitmap. */
function ink() {
  window.__ink = (dark, width, height) => {
    const box = { left: width, top: height, right: -1, bottom: -1 };
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (dark(x, y) <= 127) continue;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      }
    }
    const [wide, high] = [box.right - box.left + 1, box.bottom - box.top + 1];
    const bits = Array.from({ length: Math.max(0, high) }, (_, y) => Array.from({ length: Math.max(0, wide) }, (__, x) => (dark(box.left + x, box.top + y) > 127 ? 1 : 0)));
    return { wide, high, bits };
  };
}

/** How much two bitmaps share of what either has, at the best of a few places over each other. */
function likeness(a, b) {
  let best = 0;
  for (const dy of [-2, -1, 0, 1, 2]) {
    for (const dx of [-2, -1, 0, 1, 2]) {
      let [both, either] = [0, 0];
      for (let y = -2; y < Math.max(a.high, b.high) + 2; y += 1) {
        for (let x = -2; x < Math.max(a.wide, b.wide) + 2; x += 1) {
          const [one, other] = [a.bits[y]?.[x] ?? 0, b.bits[y + dy]?.[x + dx] ?? 0];
          both += one & other;
          either += one | other;
        }
      }
      best = Math.max(best, both / either);
    }
  }
  return best;
}

test('there are 134 letters', () => assert.equal(new Set(ALL).size, 134));

test('the map draws every letter as the browser does, composed and decomposed', async (t) => {
  const { page, context } = await openMap(browser, service.origin);
  t.after(() => context.close());
  await page.evaluate(ink);
  await settled(page);
  for (const [at, half] of [ALL.slice(0, 67), ALL.slice(67)].entries()) {
    const wanted = await expected(page, half);
    const composed = await drawn(page, half, `composed-${at}`);
    await picture(page, `letters-${at}`);
    const decomposed = await drawn(page, half.map((letter) => letter.normalize('NFD')), `decomposed-${at}`);
    await picture(page, `letters-decomposed-${at}`);
    for (const [k, letter] of half.entries()) {
      for (const [form, found] of [['composed', composed[k]], ['decomposed', decomposed[k]]]) {
        assert.ok(Math.abs(found.high - wanted[k].high) <= 2 && Math.abs(found.wide - wanted[k].wide) <= 2,
          `${letter} ${form}: ${found.wide} × ${found.high} instead of ${wanted[k].wide} × ${wanted[k].high} pixels`);
        const share = likeness(found, wanted[k]);
        assert.ok(share > 0.8, `${letter} ${form}: ${share.toFixed(2)} of the browser's`);
      }
    }
  }
});
