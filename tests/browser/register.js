// The sample served with a register of it, for the tests of the register's pages.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ranh } from './service.js';
import { service, started } from './stage.js';

const run = promisify(execFile);
const register = fileURLToPath(new URL('register.toml', import.meta.url));

/** What an address of the server answers. */
export const json = async (path) => (await fetch(`${service.origin}${path}`)).json();

/** Takes the register in and checks again, as a person would beside the running server; done when the server has it. */
export async function withRegister() {
  await started;
  await run(ranh, ['register', 'import', register, '--store', service.store]);
  await run(ranh, ['check', '--store', service.store], { maxBuffer: 1 << 28 }).catch((failure) => {
    // Exit code 1 means findings.
    if (failure.code !== 1) throw failure;
  });
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { ranh: { check } } = await json('/collections');
    const { numberMatched } = await json('/register/zones');
    if (numberMatched > 0 && check && !check.stale) return;
    if (Date.now() > deadline) throw new Error('the server does not see the register');
    await wait(100);
  }
}

/** The zones as their file has them. */
export const zones = JSON.parse(
  readFileSync(new URL('../../data/sample/zones.geojson', import.meta.url), 'utf8'),
).features;

/** The area of a zone on the plane of its file (VN-2000, metres), by its corners, ha. */
export function areaOf({ id, geometry }) {
  // Its border crosses itself at (531,658, 2,348,372): two triangles of 10.3488 ha, which go round the other way each.
  if (id === 'CCN06') return 20.6976;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const ring = (points) => points.slice(1).reduce((sum, [x, y], at) => {
    // From the first corner, which keeps the products small.
    const [x0, y0] = points[0];
    const [xa, ya] = points[at];
    return sum + (xa - x0) * (y - y0) - (x - x0) * (ya - y0);
  }, 0) / 2;
  const areas = polygons.map(([outer, ...holes]) => Math.abs(ring(outer)) - holes.reduce((sum, hole) => sum + Math.abs(ring(hole)), 0));
  return areas.reduce((sum, area) => sum + area, 0) / 1e4;
}

/** The sum of a figure over zones, where one in another that has the figure too is not added again. */
export function sumOf(list, figure) {
  const byId = new Map(list.map((zone) => [zone.id, zone]));
  const isHeld = (zone) => {
    for (let holder = byId.get(zone.properties.parent); holder; holder = byId.get(holder.properties.parent)) {
      if (figure(holder) !== undefined) return true;
    }
    return false;
  };
  return list.filter((zone) => figure(zone) !== undefined && !isHeld(zone)).reduce((sum, zone) => sum + figure(zone), 0);
}

/** A number as the Vietnamese screen writes it. */
export const vi = (value, decimals = 2) =>
  new Intl.NumberFormat('vi-VN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
