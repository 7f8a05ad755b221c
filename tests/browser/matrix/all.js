// Every state of the screen, in Vietnamese and English, light and dark: nothing for axe to find in any of them. A state is
// reached once; language and theme are changed where it stands, and of the second theme the colours alone are looked at.
// Where the same parts stand in another size or weather, two of the four ways will do; long lists are looked at once.
//
//   RANH_BIN=target/debug/ranh npm run matrix    takes a quarter of an hour and more, and is no part of `npm test`
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { COLOURS, violations } from '../axe.js';
import { openPage } from '../browser.js';
import { openMap } from '../map.js';
import { laterParts, registerViews } from './parts.js';
import { begin, desk, phone } from './states.js';
import { weather } from './weather.js';
import { json, withRegister } from '../register.js';
import { browser, picture, service } from '../stage.js';

/** Once for all: hooks run side by side. */
const registered = withRegister();
before(() => registered);

/** What is the same in every state and costs the most to look at. */
const LISTS = ['#findings', '.tree'];

const turned = (page, lang, theme) => page.evaluate(async ([l, t]) => {
  const { view, words } = window.__ranh.state;
  await words.set(l);
  view.setTheme(t);
}, [lang, theme]);

/** What axe finds in a state, beginning with the language and the theme that it is in. */
async function wrongs(page, name, { every = false, without = LISTS } = {}) {
  const [lang, theme] = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
  const [otherLang, otherTheme] = [lang === 'vi' ? 'en' : 'vi', theme === 'light' ? 'dark' : 'light'];
  const wrong = [];
  const ways = [[lang, theme], [lang, otherTheme, COLOURS], [otherLang, otherTheme], [otherLang, theme, COLOURS]];
  for (const [l, t, rules] of every ? ways : ways.filter(([, , some]) => !some)) {
    await turned(page, l, t);
    await picture(page, `matrix-${name}-${t}-${l}`.replaceAll(/[^\w-]+/g, '_'));
    for (const one of await violations(page, { rules, without })) wrong.push(`${l}, ${t}: ${one}`);
  }
  return wrong;
}

/** A place with little to draw, where a park lies. */
async function park() {
  const [west, south, east, north] = (await json('/zones/KCN01/summary')).bbox;
  return `#map=15/${((south + north) / 2).toFixed(5)}/${((west + east) / 2).toFixed(5)}`;
}

test('every part that is loaded later has a state here, and every view of the register', () => {
  const all = [desk, phone, weather];
  const named = all.flatMap((states) => Object.values(states).flatMap(({ parts = [] }) => parts));
  assert.deepEqual([...new Set(named)].toSorted(), laterParts());
  for (const view of registerViews()) assert.ok(desk[`register: ${view}`], `the register's ${view}`);
});

for (const [size, states, window] of [['1366 × 768', desk, { width: 1366, height: 768 }], ['390 × 844', phone, { width: 390, height: 844 }]]) {
  describe(`axe finds nothing at ${size}`, () => {
    let view;
    before(async () => {
      await registered;
      view = await openMap(browser, service.origin, { ...window, hash: await park() });
    });
    after(() => view?.context.close());

    for (const [name, { reach, leave, own }] of Object.entries(states)) {
      test(name, async () => {
        const { page } = view;
        await begin(page);
        await reach(page);
        assert.deepEqual(await wrongs(page, `${window.width}-${name}`, { every: states === desk, without: own ? [] : LISTS }), []);
        await leave?.(page);
      });
    }

    // A file that cannot be read is refused (422): that is what the state shows.
    test('without a complaint of the browser or a request to another', () => {
      assert.deepEqual([view.errors.filter((each) => !/422/.test(each)), view.strangers], [[], []]);
    });
  });
}

describe('axe finds nothing in bad weather', () => {
  let context;
  let place;
  before(async () => {
    await registered;
    place = await park();
    ({ context } = await openPage(browser, service.origin, { viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', locale: 'vi-VN' }));
  });
  after(() => context?.close());

  for (const [name, { prepare, hash = '', reach }] of Object.entries(weather)) {
    test(name, async (t) => {
      const page = await context.newPage();
      t.after(() => page.close());
      await prepare(page);
      await page.goto(`${service.origin}/${place}&lang=vi&theme=light${hash}`);
      await reach(page);
      assert.deepEqual(await wrongs(page, `weather-${name}`), []);
    });
  }

  test('offline', async () => {
    const page = await context.newPage();
    await page.goto(`${service.origin}/${place}&lang=vi&theme=light`);
    await page.getByTestId('check-summary').waitFor({ timeout: 60_000 });
    // The words of the other language come over the network: they are there before it goes.
    await page.evaluate(() => window.__ranh.state.words.set('en'));
    await context.setOffline(true);
    await page.evaluate(() => window.__ranh.state.view.select({ type: 'feature', collection: 'zones', id: 'KCN01' }));
    await page.locator('[data-panel="info"] [role="alert"]').waitFor({ timeout: 30_000 });
    assert.deepEqual(await wrongs(page, 'weather-offline'), []);
  });
});
