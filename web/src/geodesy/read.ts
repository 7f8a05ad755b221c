// Coordinates as people write them: metres of VN-2000 with the northing first or last, degrees with decimals or with
// minutes and seconds, UTM with its zone. What may be meant is listed, the likeliest first.
import type { Position } from '../api/types'
import { toWgs84 } from './datum'
import { angles } from './dms'
import { fromPlane, utmPlanes, zones, type Plane } from './planes'

export interface Reading {
  /** `CRS84` (degrees of WGS 84), `EPSG:4756` (degrees of VN-2000) or a plane. */
  crs: string
  /** Where it is on WGS 84. */
  place: Position
  /** What was read: latitude and longitude in degrees, or northing and easting in metres. */
  north: number
  east: number
  northFirst: boolean
}

/** Around all of the country with its islands, degrees. */
const country = { south: 6, north: 24.5, west: 101, east: 118 }
// Every northing of the country lies above, every easting below: there is no doubt which is which.
const between_m = 800_000
const farthestNorth_m = 2_720_000
const leastEast_m = 90_000

const inCountry = ([lon, lat]: Position): boolean =>
  lat >= country.south && lat <= country.north && lon >= country.west && lon <= country.east

/** Everything that a text may mean, the given plane first among planes; none where it is no place in or near Viet Nam. */
export function readCoordinates(text: string, likely: Plane): Reading[] {
  const written = text.normalize('NFC').replace(/[\u2212\u2013]/g, '-').trim()
  const utm = inZone(written)
  if (utm) return utm
  const degrees = angles(written)
  if (degrees) return inDegrees(degrees.lat, degrees.lon, degrees.latFirst)
  const pairs = numberPairs(written)
  const found = pairs.flatMap(([first, second]) => (isDegrees(first, second) ? fromDegrees(first, second) : fromMetres(first, second, likely)))
  return found.filter((each, at) => found.findIndex((other) => same(each, other)) === at)
}

const same = (a: Reading, b: Reading): boolean => a.crs === b.crs && a.north === b.north && a.east === b.east

/** "48Q 600000 2300000": the zone says the plane; the letter is the band. */
function inZone(text: string): Reading[] | null {
  const match = /^\s*(48|49)\s*([C-HJ-NP-X])\b[\s,;:]*(.+)$/i.exec(text)
  if (!match) return null
  const planes = utmPlanes.filter((plane) => (plane.meridian === 105) === (match[1] === '48')).toReversed()
  return numberPairs(match[3] ?? '').flatMap(([first, second]) => planes.flatMap((plane) => onPlane(first, second, plane)))
}

function fromDegrees(first: number, second: number): Reading[] {
  const latFirst = first < second
  return inDegrees(latFirst ? first : second, latFirst ? second : first, latFirst)
}

const isDegrees = (first: number, second: number): boolean => Math.abs(first) <= 180 && Math.abs(second) <= 180

function inDegrees(lat: number, lon: number, northFirst: boolean): Reading[] {
  const readings: Reading[] = [
    { crs: 'CRS84', place: [lon, lat], north: lat, east: lon, northFirst },
    { crs: 'EPSG:4756', place: toWgs84([lon, lat]), north: lat, east: lon, northFirst },
  ]
  return readings.filter((each) => inCountry(each.place))
}

function fromMetres(first: number, second: number, likely: Plane): Reading[] {
  const rest = [...zones, ...utmPlanes].filter((plane) => plane.crs !== likely.crs)
  return [likely, ...rest].flatMap((plane) => onPlane(first, second, plane))
}

function onPlane(first: number, second: number, plane: Plane): Reading[] {
  const northFirst = first > second
  const [north, east] = northFirst ? [first, second] : [second, first]
  if (east < leastEast_m || east >= between_m + 200_000 || north < 600_000 || north > farthestNorth_m) return []
  const place = fromPlane({ north, east }, plane)
  return inCountry(place) ? [{ crs: plane.crs, place, north, east, northFirst }] : []
}

/** Pairs of numbers that two words may be: "519.624" is 519,624 metres or 519 and a bit, as it makes a coordinate. */
function numberPairs(text: string): [number, number][] {
  const words = text
    .replace(/\b[XYNE]\s*[=:]?\s*(?=[-\d])/gi, ' ')
    .replace(/\bm(?![\p{L}])/giu, ' ')
    .trim()
  const apart = words.split(/\s*[;/|\t\n]\s*|,?\s+/).filter(Boolean)
  const parts = apart.length === 2 ? apart : words.includes(',') && apart.length === 1 ? words.split(',') : []
  const [first, second] = parts
  if (parts.length !== 2 || first === undefined || second === undefined) return []
  return numbers(first).flatMap((a) => numbers(second).map((b): [number, number] => [a, b])).filter(([a, b]) => plausible(a, b))
}

function plausible(a: number, b: number): boolean {
  const [low, high] = a < b ? [a, b] : [b, a]
  if (high <= 180) return low >= country.south && low <= country.north && high >= country.west && high <= country.east
  return low >= leastEast_m && high >= 600_000
}

/** What a word with dots and commas may be as a number. */
function numbers(word: string): number[] {
  const bare = word.replace(/,$/, '')
  if (!/^-?\d[\d.,]*$/.test(bare)) return []
  const marks = [...bare.matchAll(/[.,]/g)]
  const readings = new Set<string>()
  if (marks.length === 0) readings.add(bare)
  else {
    const last = marks.at(-1)
    const at = last?.index ?? 0
    const others = marks.slice(0, -1)
    // A decimal mark stands once, behind marks of thousands of the other kind only.
    if (others.every((mark) => mark[0] !== last?.[0])) readings.add(`${bare.slice(0, at).replace(/[.,]/g, '')}.${bare.slice(at + 1)}`)
    if (/^-?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(bare)) readings.add(bare.replace(/[.,]/g, ''))
  }
  return [...readings].map(Number).filter(Number.isFinite)
}

