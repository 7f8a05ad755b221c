// Tiles as @mapbox/vector-tile reads them, and judged by the rules of the vector tile specification 2.1.
//
//   node tiles.js FOLDER    reads FOLDER/*.mvt, writes one JSON object to standard output
//
// The judge is itself judged first: of every fixture of @mapbox/mvt-fixtures it must say what the fixture says of
// itself. `UNTOLD` names those of which no reader of the bytes alone can say it. Polygons are filled as MapLibre fills them,
// by its own earcut.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { each } from '@mapbox/mvt-fixtures'
import { VectorTile } from '@mapbox/vector-tile'
import earcut, { deviation } from 'earcut'
import { PbfReader } from 'pbf'

const [MOVE, LINE, CLOSE] = [1, 2, 7]
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]
/** The wire type of each kind of value. */
const VALUE_TYPES = { 1: BYTES, 2: FIXED32, 3: FIXED64, 4: VARINT, 5: VARINT, 6: VARINT, 7: VARINT }
/** 016 writes type UNKNOWN by writing none, as 003 does, which is wrong; 057 has a MoveTo of more points than follow. */
const UNTOLD = new Set(['016', '057'])
/** The zone of the sample whose border crosses itself in its source. */
const CROSSING = new Set(['CCN06'])
/** Areas of a polygon and of its triangles, which are sums in another order, differ by less of it. */
const SAME = 1e-9
/** How many polygons were filled. */
let filled = 0

/** The fields of a message as [number, wire type, value]; bytes stay bytes. */
function fields(bytes) {
  const pbf = new PbfReader(bytes)
  const found = []
  while (pbf.pos < bytes.length) {
    const tag = pbf.readVarint()
    const [number, type] = [tag >>> 3, tag & 7]
    if (type === VARINT) found.push([number, type, pbf.readVarint(true)])
    else if (type === BYTES) found.push([number, type, take(pbf, pbf.readVarint())])
    else if (type === FIXED64) found.push([number, type, take(pbf, 8)])
    else if (type === FIXED32) found.push([number, type, take(pbf, 4)])
    else throw new Error(`wire type ${type}`)
    if (pbf.pos > bytes.length) throw new Error('a message ends before its last field does')
  }
  return found
}

function take(pbf, length) {
  const start = pbf.pos
  pbf.pos += length
  if (pbf.pos > pbf.buf.length) throw new Error('a message ends before its last field does')
  return pbf.buf.subarray(start, pbf.pos)
}

/** Values of a field that may come `most` times and must come `least` times, with its wire type. */
function values(all, number, type, least, most) {
  const own = all.filter((field) => field[0] === number)
  if (own.some((field) => field[1] !== type)) throw new Error(`field ${number} is not of wire type ${type}`)
  if (own.length < least || own.length > most) throw new Error(`field ${number} comes ${own.length} times`)
  return own.map((field) => field[2])
}

function packed(bytes) {
  const pbf = new PbfReader(bytes)
  const numbers = []
  while (pbf.pos < bytes.length) numbers.push(pbf.readVarint())
  if (pbf.pos > bytes.length) throw new Error('a list of numbers ends within one')
  return numbers
}

/** Throws at the first rule that a tile breaks. */
export function judge(bytes) {
  const names = new Set()
  const tile = fields(bytes)
  if (tile.some((field) => field[0] !== 3)) throw new Error('a tile has layers and nothing else')
  for (const layer of values(tile, 3, BYTES, 0, Infinity)) {
    const name = judgeLayer(fields(layer))
    if (names.has(name)) throw new Error(`two layers are called ${name}`)
    names.add(name)
  }
}

function judgeLayer(layer) {
  const [version] = values(layer, 15, VARINT, 1, 1)
  if (version !== 1 && version !== 2) throw new Error(`version ${version}`)
  const [name] = values(layer, 1, BYTES, 1, 1)
  values(layer, 5, VARINT, 0, 1)
  const keys = values(layer, 3, BYTES, 0, Infinity).length
  const all = values(layer, 4, BYTES, 0, Infinity)
  all.forEach((value) => judgeValue(fields(value)))
  for (const feature of values(layer, 2, BYTES, 0, Infinity)) judgeFeature(fields(feature), keys, all.length)
  return new TextDecoder('utf-8', { fatal: true }).decode(name)
}

function judgeValue(value) {
  if (value.length !== 1) throw new Error('a value has one field')
  const [number, type] = value[0]
  if (VALUE_TYPES[number] !== type) throw new Error(`a value has field ${number} of wire type ${type}`)
}

function judgeFeature(feature, keys, values_) {
  values(feature, 1, VARINT, 0, 1)
  const tags = values(feature, 2, BYTES, 0, 1).flatMap(packed)
  if (tags.length % 2 !== 0) throw new Error('tags come in pairs')
  tags.forEach((tag, i) => {
    if (tag >= (i % 2 === 0 ? keys : values_)) throw new Error('a tag points to nothing')
  })
  const [kind] = values(feature, 3, VARINT, 1, 1)
  if (kind > 3) throw new Error(`geometry type ${kind}`)
  const [geometry] = values(feature, 4, BYTES, 1, 1)
  if (kind > 0) judgeGeometry(kind, paths(packed(geometry)))
}

/** The commands with their points. */
function paths(words) {
  const commands = []
  let [x, y] = [0, 0]
  for (let i = 0; i < words.length; ) {
    const [id, count] = [words[i] & 7, words[i] >>> 3]
    i += 1
    if (id === CLOSE) {
      commands.push({ id, count, points: [] })
      continue
    }
    if (id !== MOVE && id !== LINE) throw new Error(`command ${id}`)
    if (count === 0 || words.length - i < 2 * count) throw new Error('a command of too few points')
    const points = []
    for (let k = 0; k < count; k++, i += 2) {
      const [dx, dy] = [words[i], words[i + 1]].map((word) => (word >>> 1) ^ -(word & 1))
      if (id === LINE && dx === 0 && dy === 0) throw new Error('a line that goes nowhere')
      ;[x, y] = [x + dx, y + dy]
      points.push([x, y])
    }
    commands.push({ id, count, points })
  }
  return commands
}

function judgeGeometry(kind, commands) {
  const wanted = { 1: [MOVE], 2: [MOVE, LINE], 3: [MOVE, LINE, CLOSE] }[kind]
  if (commands.length === 0 || commands.length % wanted.length !== 0) throw new Error('an unfinished geometry')
  if (kind === 1 && commands.length > 1) throw new Error('points share one MoveTo')
  commands.forEach((command, i) => {
    if (command.id !== wanted[i % wanted.length]) throw new Error(`command ${command.id} out of turn`)
    if (kind > 1 && command.id !== LINE && command.count !== 1) throw new Error('a MoveTo or ClosePath of many')
  })
  if (kind !== 3) return
  for (let i = 0; i < commands.length; i += 3) {
    const ring = [...commands[i].points, ...commands[i + 1].points]
    if (ring.length < 3) throw new Error('a ring of two points')
    const area = ring.reduce((sum, [ax, ay], k) => {
      const [bx, by] = ring[(k + 1) % ring.length]
      return sum + (ax * by - bx * ay)
    }, 0)
    if (area === 0) throw new Error('a ring without area')
    if (i === 0 && area < 0) throw new Error('the first ring is a hole')
  }
}

/** How many fixtures the judge judged as they say of themselves; an error at the first that it did not. */
function calibrated() {
  let count = 0
  for (const fixture of fixtures()) {
    let problem = null
    try {
      judge(fixture.buffer)
    } catch (error) {
      problem = error
    }
    const agrees = (problem === null) === fixture.validity.v2
    if (!agrees && !UNTOLD.has(fixture.id)) {
      throw new Error(`fixture ${fixture.id} (${fixture.description}): judged ${problem ?? 'valid'}`)
    }
    count += agrees ? 1 : 0
  }
  return count
}

function fixtures() {
  const all = []
  each((fixture) => all.push(fixture))
  return all
}

const areaOf = (ring) =>
  ring.reduce((sum, { x, y }, k) => {
    const next = ring[(k + 1) % ring.length]
    return sum + (x * next.y - next.x * y)
  }, 0) / 2

/** The outer rings of a feature, each with its holes behind it, as a renderer takes them from their windings. */
function polygons(rings) {
  const all = []
  for (const ring of rings) {
    if (areaOf(ring) > 0) all.push([ring])
    else all.at(-1)?.push(ring)
  }
  return all
}

/** Throws where the triangles that MapLibre fills a polygon with are not the polygon: where its border crosses itself, land
 * is drawn that is not there. */
function judgeFill(feature) {
  if (feature.type !== 3 || CROSSING.has(feature.properties.fid)) return
  // The last point of a ring is its first one again.
  const rings = feature.loadGeometry().map((ring) => ring.slice(0, -1))
  for (const polygon of polygons(rings)) {
    const points = polygon.flat().flatMap(({ x, y }) => [x, y])
    const holes = polygon.slice(1).map((_, k) => polygon.slice(0, k + 1).flat().length)
    filled += 1
    const off = deviation(points, holes, 2, earcut(points, holes))
    if (off > SAME) throw new Error(`${feature.properties.fid ?? feature.id} is filled with another area (${off})`)
  }
}

function read(bytes) {
  const tile = new VectorTile(new PbfReader(bytes))
  const layers = {}
  for (const [name, layer] of Object.entries(tile.layers)) {
    layers[name] = Array.from({ length: layer.length }, (_, i) => {
      const feature = layer.feature(i)
      judgeFill(feature)
      const points = feature.loadGeometry().flat()
      return { id: feature.id, type: feature.type, properties: feature.properties, points: points.length }
    })
  }
  return layers
}

const folder = process.argv[2]
const tiles = {}
const problems = []
for (const name of readdirSync(folder).filter((name) => name.endsWith('.mvt')).sort()) {
  const bytes = readFileSync(join(folder, name))
  try {
    judge(bytes)
    tiles[name] = read(bytes)
  } catch (error) {
    problems.push(`${name}: ${error.message}`)
  }
}
process.stdout.write(JSON.stringify({ fixtures: calibrated(), filled, tiles, problems }))
