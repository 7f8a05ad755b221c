// VN-2000 and WGS 84: the same ellipsoid, moved and turned by the seven parameters of EPSG:6960, which EPSG gives as a
// coordinate frame rotation.
import type { Position } from '../api/types'
import { eccentricity2, semiMajor_m } from './transverse'

const second = Math.PI / 648_000
const shift_m = [-191.904_414_29, -39.303_182_79, -111.450_328_35] as const
const turn = [-0.009_288_36 * second, 0.019_754_79 * second, -0.004_273_72 * second] as const
const scale = 1 + 0.252_906_278e-6

type Vector = [number, number, number]

function geocentric([lon, lat]: Position): Vector {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180]
  const radius = semiMajor_m / Math.sqrt(1 - eccentricity2 * Math.sin(phi) ** 2)
  const across = radius * Math.cos(phi)
  return [across * Math.cos(lambda), across * Math.sin(lambda), radius * (1 - eccentricity2) * Math.sin(phi)]
}

/** Longitude and latitude, by fixed-point iteration: near the ellipsoid each round adds five digits. */
function geographic([x, y, z]: Vector): Position {
  const across = Math.hypot(x, y)
  let phi = Math.atan2(z, across * (1 - eccentricity2))
  for (let round = 0; round < 6; round += 1) {
    const sine = Math.sin(phi)
    const radius = semiMajor_m / Math.sqrt(1 - eccentricity2 * sine ** 2)
    phi = Math.atan2(z + eccentricity2 * radius * sine, across)
  }
  return [(Math.atan2(y, x) * 180) / Math.PI, (phi * 180) / Math.PI]
}

/** A place of VN-2000 as WGS 84 has it; degrees. */
export function toWgs84(place: Position): Position {
  const [x, y, z] = geocentric(place)
  const [rx, ry, rz] = turn
  return geographic([
    shift_m[0] + scale * (x + rz * y - ry * z),
    shift_m[1] + scale * (y - rz * x + rx * z),
    shift_m[2] + scale * (z + ry * x - rx * y),
  ])
}

/** The other way. The frame is turned by a few millionths of a degree, so the transpose is its inverse to below a micrometre. */
export function toVn2000(place: Position): Position {
  const [x, y, z] = geocentric(place)
  const [u, v, w] = [(x - shift_m[0]) / scale, (y - shift_m[1]) / scale, (z - shift_m[2]) / scale]
  const [rx, ry, rz] = turn
  return geographic([u - rz * v + ry * w, v + rz * u - rx * w, w - ry * u + rx * v])
}
