// A plan of many parcels that share their borders, and zones over it, on the plane of VN-2000 105°45' (EPSG:9210).
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** The plane, and where the terrain's south-west corner lies on it, m. */
export const CRS = 'EPSG:9210';
const [WEST, SOUTH] = [600_000, 1_180_000];
const SIDE = 100;
/** Codes in turn; clusters may lie on one of them and on the road. */
const CODES = ['LUC', 'CLN', 'HNK', 'RSX', 'ONT', 'DGT', 'SKN', 'NTS'];
/** Points between two corners of a parcel. */
const BETWEEN = 4;

/** A number from -0.5 to 0.5 that is the same for the same place: neighbours have the same border. */
function jitter(...key) {
  let hash = 2166136261;
  for (const part of key) hash = Math.imul(hash ^ (part + 0x9e3779b9), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}

const corner = (x, y) => [WEST + (x + 0.5 * jitter(x, y, 1)) * SIDE, SOUTH + (y + 0.5 * jitter(x, y, 2)) * SIDE];

/** The points between two neighbouring corners, moved aside, always counted from the lower one. */
function side(from, to) {
  const turned = from[0] > to[0] || from[1] > to[1];
  const [low, high] = turned ? [to, from] : [from, to];
  const [a, b] = [corner(...low), corner(...high)];
  const points = [];
  for (let k = 1; k <= BETWEEN; k += 1) {
    const part = k / (BETWEEN + 1);
    const aside = 0.12 * jitter(...low, ...high, k);
    points.push([a[0] + (b[0] - a[0]) * part - (b[1] - a[1]) * aside, a[1] + (b[1] - a[1]) * part + (b[0] - a[0]) * aside]);
  }
  return turned ? points.reverse() : points;
}

function parcel(x, y) {
  const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
  const ring = corners.flatMap((from, at) => [corner(...from), ...side(from, corners[(at + 1) % 4])]);
  return [...ring, ring[0]].map((point) => point.map((metre) => Math.round(metre * 1000) / 1000));
}

const feature = (properties, ring) => JSON.stringify({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } });

async function write(file, lines) {
  const out = createWriteStream(file);
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

/** Writes `count` parcels, and zones over them, as GeoJSONSeq; a zone covers some five parcels that clusters may not. */
export async function writeTerrain(plan, zones, { parcels: count, zones: zoneCount }) {
  const width = Math.ceil(Math.sqrt(count * 1.25));
  const height = Math.ceil(count / width);
  await write(plan, function* () {
    for (let k = 0; k < count; k += 1) {
      const [x, y] = [k % width, Math.floor(k / width)];
      yield feature({ id: `P${k}`, code: CODES[Math.abs(Math.floor(jitter(x, y, 3) * 1e6)) % CODES.length] }, parcel(x, y));
    }
  }());
  const across = Math.ceil(Math.sqrt(zoneCount * 1.25));
  const [stepX, stepY] = [width / across, height / Math.ceil(zoneCount / across)];
  await write(zones, function* () {
    for (let k = 0; k < zoneCount; k += 1) {
      const [west, south] = [WEST + ((k % across) + 0.3) * stepX * SIDE, SOUTH + (Math.floor(k / across) + 0.3) * stepY * SIDE];
      const [east, north] = [west + 180, south + 160];
      yield feature({ id: `Z${k}`, name: `CCN ${k}`, kind: 'CCN', state: 'operating' }, [[west, south], [east, south], [east, north], [west, north], [west, south]]);
    }
  }());
}
