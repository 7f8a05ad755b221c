// Transverse Mercator by Krüger's series to the sixth order in the third flattening (C. F. F. Karney, 2011): within
// nanometres of the exact projection as far from the meridian as any zone reaches.

/** The ellipsoid of WGS 84, which VN-2000 uses too. */
export const semiMajor_m = 6_378_137
export const flattening = 1 / 298.257_223_563
export const eccentricity2 = flattening * (2 - flattening)

const e = Math.sqrt(eccentricity2)
const n = flattening / (2 - flattening)
const powers = [1, n, n ** 2, n ** 3, n ** 4, n ** 5, n ** 6]
const series = (...terms: number[]): number => terms.reduce((sum, term, at) => sum + term * (powers[at] ?? 0), 0)

const rectifying_m = (semiMajor_m / (1 + n)) * series(1, 0, 1 / 4, 0, 1 / 64, 0, 1 / 256)
const forwards = [
  series(0, 1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37_800),
  series(0, 0, 13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1_983_433 / 1_935_360),
  series(0, 0, 0, 61 / 240, -103 / 140, 15_061 / 26_880, 167_603 / 181_440),
  series(0, 0, 0, 0, 49_561 / 161_280, -179 / 168, 6_601_661 / 7_257_600),
  series(0, 0, 0, 0, 0, 34_729 / 80_640, -3_418_889 / 1_995_840),
  series(0, 0, 0, 0, 0, 0, 212_378_941 / 319_334_400),
]
const backwards = [
  series(0, 1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96_199 / 604_800),
  series(0, 0, 1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1_118_711 / 3_870_720),
  series(0, 0, 0, 17 / 480, -37 / 840, -209 / 4480, 5569 / 90_720),
  series(0, 0, 0, 0, 4397 / 161_280, -11 / 504, -830_251 / 7_257_600),
  series(0, 0, 0, 0, 0, 4583 / 161_280, -108_847 / 3_991_680),
  series(0, 0, 0, 0, 0, 0, 20_648_693 / 638_668_800),
]

/** The tangent of the conformal latitude. */
function conformal(tangent: number): number {
  const sigma = Math.sinh(e * Math.atanh((e * tangent) / Math.hypot(1, tangent)))
  return tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent)
}

/** The tangent of the latitude with this conformal one, by Newton's method. */
function geographic(wanted: number): number {
  let tangent = wanted / (1 - eccentricity2)
  for (let round = 0; round < 5; round += 1) {
    const here = conformal(tangent)
    const slope = (1 + (1 - eccentricity2) * tangent ** 2) / ((1 - eccentricity2) * Math.hypot(1, tangent))
    tangent += ((wanted - here) / Math.hypot(1, here)) * slope
  }
  return tangent
}

/** What a series adds at a place of the other plane. */
function turned(coefficients: readonly number[], xi: number, eta: number): [number, number] {
  return coefficients.reduce<[number, number]>(
    ([north, east], term, at) => {
      const k = 2 * (at + 1)
      return [north + term * Math.sin(k * xi) * Math.cosh(k * eta), east + term * Math.cos(k * xi) * Math.sinh(k * eta)]
    },
    [0, 0],
  )
}

/** Northing and easting from the meridian in metres, without scale and false origin; angles in radians. */
export function project(lat: number, lonFromMeridian: number): [north: number, east: number] {
  const tangent = conformal(Math.tan(lat))
  const xi = Math.atan2(tangent, Math.cos(lonFromMeridian))
  const eta = Math.asinh(Math.sin(lonFromMeridian) / Math.hypot(tangent, Math.cos(lonFromMeridian)))
  const [north, east] = turned(forwards, xi, eta)
  return [rectifying_m * (xi + north), rectifying_m * (eta + east)]
}

/** Latitude and longitude from the meridian in radians of such a place. */
export function unproject(north_m: number, east_m: number): [lat: number, lonFromMeridian: number] {
  const [xi, eta] = [north_m / rectifying_m, east_m / rectifying_m]
  const [north, east] = turned(backwards, xi, eta)
  const [xi0, eta0] = [xi - north, eta - east]
  const tangent = geographic(Math.sin(xi0) / Math.hypot(Math.sinh(eta0), Math.cos(xi0)))
  return [Math.atan(tangent), Math.atan2(Math.sinh(eta0), Math.cos(xi0))]
}
