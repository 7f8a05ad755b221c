// The drawing over the map: a canvas of its own, so that a dragged vertex does not wait for the map to be drawn again.
import type { Map as MapLibre } from 'maplibre-gl'
import type { Geometry, Position } from '../api/types'
import { places, samePlace, type Place, type Shape, type Vertex } from './shape'
import type { Space } from './space'

export interface Picture {
  shape: Shape
  /** As it was, drawn beneath with dashes. */
  before: Shape
  /** Other outlines: of zones that a split has made, or of somebody else. */
  others: readonly Shape[]
  /** Land in conflict, longitude and latitude. */
  conflicts: readonly Geometry[]
  trail: readonly Vertex[]
  closesTrail: boolean
  selected: Place | null
  hover: Place | null
  handles: boolean
  snap: { vertex: Vertex; text: string } | null
}

const [zone, blue, red, white] = ['#6425cf', '#1d4ed8', '#d0131a', '#ffffff']
/** Further apart than this, handles can be told apart, px. */
const apart_px = 7

export class Drawing {
  readonly canvas = document.createElement('canvas')
  private hatch: CanvasPattern | null = null
  private latest: Picture | null = null

  constructor(
    private readonly map: MapLibre,
    private readonly space: Space,
  ) {
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.dataset['testid'] = 'edit-canvas'
    this.canvas.style.cssText = 'position:absolute;inset:0;pointer-events:none'
    map.getCanvasContainer().append(this.canvas)
    map.on('move', this.again)
    map.on('resize', this.again)
  }

  private readonly again = () => {
    if (this.latest) this.draw(this.latest)
  }

  remove(): void {
    this.map.off('move', this.again)
    this.map.off('resize', this.again)
    this.canvas.remove()
  }

  draw(picture: Picture): void {
    this.latest = picture
    const { clientWidth: width, clientHeight: height } = this.map.getContainer()
    const ratio = window.devicePixelRatio
    if (this.canvas.width !== width * ratio || this.canvas.height !== height * ratio) {
      Object.assign(this.canvas, { width: width * ratio, height: height * ratio })
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` })
      this.hatch = null
    }
    // Drawn by the processor: to have so little drawn elsewhere costs more, most of all where there is no graphics card.
    const pen = this.canvas.getContext('2d', { willReadFrequently: true })
    if (!pen) return
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    pen.clearRect(0, 0, width, height)
    Object.assign(pen, { lineJoin: 'round', lineCap: 'round', font: '600 11px "Be Vietnam Pro", sans-serif' })
    this.conflicts(pen, picture.conflicts)
    this.outline(pen, picture.before, 1.5, [4, 4], blue)
    for (const other of picture.others) this.outline(pen, other, 2, [], blue)
    this.outline(pen, picture.shape, 2.5, [], zone)
    this.trail(pen, picture)
    if (picture.handles) this.handles(pen, picture)
    if (picture.snap) this.snap(pen, picture.snap)
  }

  private readonly at = (vertex: Vertex): [number, number] => this.onMap(this.space.toMap(vertex))

  private onMap(place: Position): [number, number] {
    const { x, y } = this.map.project(place)
    return [x, y]
  }

  private path(pen: CanvasRenderingContext2D, points: readonly [number, number][], closed: boolean): void {
    for (const [at, [x, y]] of points.entries()) {
      if (at === 0) pen.moveTo(x, y)
      else pen.lineTo(x, y)
    }
    if (closed) pen.closePath()
  }

  private outline(pen: CanvasRenderingContext2D, shape: Shape, width: number, dash: number[], colour: string): void {
    pen.beginPath()
    for (const ring of shape.flat()) this.path(pen, ring.map(this.at), true)
    stroke(pen, white, width + 3, [])
    stroke(pen, colour, width, dash)
  }

  private conflicts(pen: CanvasRenderingContext2D, geometries: readonly Geometry[]): void {
    this.hatch ??= hatched(pen)
    pen.beginPath()
    for (const ring of geometries.flatMap(ringsOf)) this.path(pen, ring.map((place) => this.onMap(place)), true)
    // Shells run one way and holes the other, so that land that several rules meet is filled once.
    pen.fillStyle = 'rgb(208 19 26 / .12)'
    pen.fill('nonzero')
    if (this.hatch) {
      pen.fillStyle = this.hatch
      pen.fill('nonzero')
    }
    stroke(pen, white, 3, [])
    stroke(pen, red, 1.6, [])
  }

  private trail(pen: CanvasRenderingContext2D, { trail, closesTrail }: Picture): void {
    if (trail.length === 0) return
    const points = trail.map(this.at)
    pen.beginPath()
    this.path(pen, points, closesTrail && points.length > 2)
    stroke(pen, white, 5.5, [])
    stroke(pen, blue, 2.5, [])
    for (const [x, y] of points) square(pen, x, y, 4, white, blue)
  }

  private handles(pen: CanvasRenderingContext2D, { shape, selected, hover }: Picture): void {
    let last: [number, number] = [Infinity, Infinity]
    for (const [place, vertex, ring] of places(shape)) {
      const point = this.at(vertex)
      const next = this.at(ring[(place.at + 1) % ring.length]!)
      if (Math.hypot(next[0] - point[0], next[1] - point[1]) > 4 * apart_px) dot(pen, (point[0] + next[0]) / 2, (point[1] + next[1]) / 2)
      const chosen = samePlace(place, selected) || samePlace(place, hover)
      if (!chosen && Math.hypot(point[0] - last[0], point[1] - last[1]) < apart_px) continue
      last = point
      square(pen, ...point, chosen ? 5.5 : 4, samePlace(place, selected) ? blue : white, samePlace(place, selected) ? white : zone)
      if (chosen) label(pen, String(place.at + 1), point[0] - 12, point[1] - 8, zone)
    }
  }

  private snap(pen: CanvasRenderingContext2D, { vertex, text }: NonNullable<Picture['snap']>): void {
    const [x, y] = this.at(vertex)
    pen.beginPath()
    pen.arc(x, y, 9, 0, 2 * Math.PI)
    stroke(pen, white, 4, [])
    stroke(pen, blue, 2, [])
    label(pen, text, x + 14, y - 10, blue)
  }
}

const ringsOf = (geometry: Geometry): Position[][] => {
  if (geometry.type === 'Polygon') return geometry.coordinates as Position[][]
  if (geometry.type === 'MultiPolygon') return (geometry.coordinates as Position[][][]).flat()
  return []
}

function stroke(pen: CanvasRenderingContext2D, colour: string, width: number, dash: number[]): void {
  pen.setLineDash(dash)
  Object.assign(pen, { strokeStyle: colour, lineWidth: width })
  pen.stroke()
  pen.setLineDash([])
}

function square(pen: CanvasRenderingContext2D, x: number, y: number, half: number, fill: string, line: string): void {
  pen.beginPath()
  pen.rect(x - half, y - half, half * 2, half * 2)
  pen.fillStyle = fill
  pen.fill()
  stroke(pen, line, 2, [])
}

function dot(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.beginPath()
  pen.arc(x, y, 3, 0, 2 * Math.PI)
  pen.fillStyle = white
  pen.fill()
  stroke(pen, zone, 1.2, [])
}

function label(pen: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  Object.assign(pen, { strokeStyle: white, lineWidth: 3.5, fillStyle: colour })
  pen.strokeText(text, x, y)
  pen.fillText(text, x, y)
}

/** 45° lines every 6 px, as conflicts are hatched everywhere. */
function hatched(pen: CanvasRenderingContext2D): CanvasPattern | null {
  const tile = document.createElement('canvas')
  Object.assign(tile, { width: 12, height: 12 })
  const ink = tile.getContext('2d')
  if (!ink) return null
  Object.assign(ink, { strokeStyle: red, lineWidth: 1.3 })
  for (const shift of [-12, -6, 0, 6, 12]) {
    ink.beginPath()
    ink.moveTo(shift, 12)
    ink.lineTo(shift + 12, 0)
    ink.stroke()
  }
  return pen.createPattern(tile, 'repeat')
}

