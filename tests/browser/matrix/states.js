// The states of the screen that somebody reaches by using it. Each begins from the map as it opens; `parts` are what of the
// screen is loaded only then, by the file in web/src; `own` marks those whose matter are the long lists.
import { drop } from '../journeys/dossier.js';
import { onPage } from '../map.js';
import { json } from '../register.js';

const seen = (page, testid) => page.getByTestId(testid).first().waitFor({ timeout: 60_000 });

/** Brings the screen into a state as its parts do, and waits until what belongs to it is there. */
const show = (change, given, ready) => async (page) => {
  await page.evaluate(change, given);
  await seen(page, ready);
};

const open = (side, ready) => show((name) => window.__ranh.state.view.open(name), side, ready);

const select = (id, ready) => show((zone) => {
  const { view } = window.__ranh.state;
  view.tab = 'info';
  view.select({ type: 'feature', collection: 'zones', id: zone });
}, id, ready);

const register = (state, ready) => show((shown) => {
  const { view } = window.__ranh.state;
  view.turnTo('register');
  for (const [name, value] of Object.entries(shown)) view.pageState.set(name, value);
}, state, ready);

const filtered = (filter, ready) => show((zones) => {
  const { view } = window.__ranh.state;
  view.more.set('zones', zones);
  view.open('found');
}, filter, ready);

/** A press that neither moves the pointer nor closes what is open beside it. */
const press = (page, testid) => page.getByTestId(testid).first().evaluate((button) => button.click());

const menu = (opener, ready) => async (page) => {
  await press(page, opener);
  await seen(page, ready);
};

const finding = show(() => {
  const { findings, view } = window.__ranh.state;
  view.tab = 'info';
  view.select({ type: 'finding', id: findings.walk[0].id });
}, null, 'panel-standing');

/** Everything that lies at a place of a zone, north of where the sheet of a phone ends. */
async function pick(page) {
  const [west, south, east, north] = (await json('/zones/KCN01/summary')).bbox;
  await page.mouse.click(...(await onPage(page, [(west + east) / 2, (south + 3 * north) / 4])));
  await seen(page, 'pick-list');
}

async function editing(page) {
  await select('CCN01', 'zone-edit')(page);
  await open('edit', 'edit-heading')(page);
  await page.locator('[data-testid="edit-judged"][data-busy="false"]').waitFor({ timeout: 60_000 });
}

const square = [[[107.2, 21], [107.204, 21], [107.204, 21.004], [107.2, 21.004], [107.2, 21]]];
const file = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: 'Khu thử' }, geometry: { type: 'Polygon', coordinates: square } }] });
const dropped = (name, content, ready) => async (page) => {
  await drop(page, [{ name, content }]);
  await seen(page, ready);
};

async function search(page) {
  await page.getByTestId('search').focus();
  await page.keyboard.type('suoi vang');
  await seen(page, 'search-result');
}

/** At every size. */
const everywhere = {
  map: { reach: () => {}, own: true },
  'a zone': { reach: select('KCN01', 'by-code') },
  'a finding': { reach: finding, parts: ['panel/Standing'] },
  'a decision on a finding': { reach: async (page) => {
    await finding(page);
    await press(page, 'decide');
    await page.getByTestId('decision-state').selectOption('waived');
  } },
  'everything at a place': { reach: pick },
  'search results': { reach: search, leave: (page) => page.getByTestId('search').fill('') },
  measure: { reach: open('measure', 'measure-panel'), parts: ['measure/MeasurePanel'] },
  print: { reach: open('print', 'print-panel'), parts: ['print/PrintPanel'] },
  compare: { reach: open('compare', 'matrix'), parts: ['compare/ComparePanel'] },
  'choices of a check': { reach: open('run', 'run-panel'), parts: ['run/RunPanel'] },
  'versions of the units': { reach: open('units', 'units-panel'), parts: ['units/UnitsPanel'] },
  import: { reach: open('import', 'import-choose'), parts: ['import/ImportPanel'] },
  'import: a layer to describe': { reach: async (page) => {
    await dropped('khu thử.geojson', file, 'import-choice')(page);
    await page.getByTestId('import-role').selectOption('zone');
    await seen(page, 'import-kind');
  }, leave: (page) => press(page, 'import-close') },
  'import: refused': { reach: dropped('hỏng.geojson', '{"type":', 'import-failed'), leave: (page) => press(page, 'import-close') },
  edit: { reach: editing, parts: ['edit/EditPanel'], leave: (page) => press(page, 'edit-close') },
  'zones by filter': { reach: filtered('min_free_ha=5', 'found-KCN01'), parts: ['found/FoundPanel', 'found/Chip'] },
  'zones by filter: none': { reach: filtered('min_free_ha=5000', 'found-none') },
  'register: zones': { reach: register({}, 'zone-table'), parts: ['register/RegisterPage', 'app/PagePart'] },
  'register: nothing passes': { reach: register({ q: 'khongco' }, 'register-none') },
  'register: summary': { reach: register({ view: 'summary' }, 'half-years') },
  'register: halfyear': { reach: register({ view: 'halfyear' }, 'report-about') },
  'register: land': { reach: register({ view: 'land' }, 'land-table'), parts: ['land/LandView'] },
  'register: reports': { reach: register({ view: 'reports' }, 'report') },
  'register: a zone': { reach: register({ zone: 'KCN01' }, 'zone-boundary-history') },
  'register: a zone without boundary': { reach: register({ zone: 'tinh-mau-ccn-chua-ve' }, 'zone-areas') },
  'register: no such zone': { reach: register({ zone: 'nobody' }, 'zone-missing') },
};

export const desk = {
  ...everywhere,
  'layers arranged': { reach: menu('layers-arrange', 'draw-order'), parts: ['layers/Arrange'] },
  export: { reach: menu('export-menu', 'addresses'), parts: ['app/ExportList', 'share/Addresses'] },
  help: { reach: (page) => page.keyboard.press('?').then(() => page.locator('kbd').first().waitFor()), parts: ['app/HelpList'] },
};

const tab = (name) => show((wanted) => (window.__ranh.state.view.tab = wanted), name, `tab-${name}`);

export const phone = {
  ...everywhere,
  layers: { reach: tab('layers'), own: true, parts: ['app/Sheet'] },
  check: { reach: tab('check'), own: true },
  info: { reach: tab('info') },
  more: { reach: tab('more') },
};

/** Back to the map as it opens. */
export async function begin(page) {
  await page.evaluate(() => {
    const { view } = window.__ranh.state;
    view.close();
    view.select(null);
    view.turnTo(null);
    view.pageState.clear();
    view.more.clear();
    view.help = false;
    view.tab = 'check';
    document.activeElement?.blur();
    // Whatever is open is closed by a press beside it.
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  });
}
