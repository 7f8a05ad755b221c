// From the CRS that a collection is stored in to the map and to the table of vertices, and back.
import type { Position } from '../api/types'
import { crsCode } from '../app/crs'
import { fromPlane, nearestZone, planeOf, toPlane, type Metres, type Plane } from '../geodesy/planes'
import { toVn2000, toWgs84 } from '../geodesy/datum'
import type { Ring, Shape, Vertex } from './shape'

/** Metres of a degree of latitude, near enough for what is a pixel wide. */
const degree_m = 111_320
/** Decimals of degrees that are drawn: 0.1 mm. */
const finest = 1e9

export class Space {
  /** `EPSG:n` or `CRS84`. */
  readonly code: string
  /** Whether the API has latitude before longitude. */
  readonly yFirst: boolean
  /** The storage plane; null where it is degrees. */
  private readonly own: Plane | null
  private readonly vn2000: boolean
  private table: Plane
  private readonly places = new WeakMap<Vertex, Position>()

  private constructor(readonly uri: string, own: Plane | null, near: Position) {
    this.code = crsCode(uri)
    this.yFirst = this.code === 'EPSG:4326' || this.code === 'EPSG:4756'
    this.vn2000 = this.code === 'EPSG:4756'
    this.own = own
    this.table = own ?? nearestZone(near[0])
  }

  /** The space of a storage CRS; null for one that this screen cannot compute with. */
  static of(uri: string, near: Position): Space | null {
    const code = crsCode(uri)
    const own = planeOf(code) ?? null
    return own || ['CRS84', 'EPSG:4326', 'EPSG:4756'].includes(code) ? new Space(uri, own, near) : null
  }

  /** The plane of the table: that of the collection, else the one on which the zone is judged. */
  get plane(): Plane {
    return this.table
  }

  /** What the server judges on; of no account where the collection has a plane of its own. */
  judgeOn(crs: string): void {
    const plane = this.own ? null : planeOf(crsCode(crs))
    if (plane) this.table = plane
  }

  /** Longitude and latitude of WGS 84, for the map. A vertex that was not touched is the same one, and computed once. */
  toMap(vertex: Vertex): Position {
    let place = this.places.get(vertex)
    if (!place) this.places.set(vertex, (place = this.computed(vertex)))
    return place
  }

  private computed([x, y]: Vertex): Position {
    if (this.own) return fromPlane({ east: x, north: y }, this.own)
    return this.vn2000 ? toWgs84([x, y]) : [x, y]
  }

  /** A place of the map, rounded to the millimetre. */
  fromMap(place: Position): Vertex {
    if (this.own) return this.fromTable(toPlane(place, this.own))
    const [lon, lat] = this.vn2000 ? toVn2000(place) : place
    return [Math.round(lon * finest) / finest, Math.round(lat * finest) / finest]
  }

  toTable(vertex: Vertex): Metres {
    return this.own ? { east: vertex[0], north: vertex[1] } : toPlane(this.toMap(vertex), this.table)
  }

  /** What was typed or drawn, to the millimetre. */
  fromTable({ east, north }: Metres): Vertex {
    const metre = (value: number) => Math.round(value * 1000) / 1000
    return this.own ? [metre(east), metre(north)] : this.fromMap(fromPlane({ east, north }, this.table))
  }

  /** The shape on the plane of the table, for lengths and areas. */
  onPlane(shape: Shape): Shape {
    if (this.own) return shape
    const vertex = (each: Vertex): Vertex => {
      const { east, north } = this.toTable(each)
      return [east, north]
    }
    return shape.map((polygon) => polygon.map((ring): Ring => ring.map(vertex)))
  }

  /** How many metres a step east and a step north of the storage CRS are around a vertex. */
  metresPerStep([, y]: Vertex): [number, number] {
    return this.own ? [1, 1] : [degree_m * Math.cos((y * Math.PI) / 180), degree_m]
  }
}
