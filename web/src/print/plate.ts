// The map of a sheet, drawn apart from the one on the screen, as fine as paper wants it.
import { Map as MapLibre, type StyleSpecification } from 'maplibre-gl'
import { here } from '../api/here'
import type { Bbox, Position } from '../api/types'
import type { Plane } from '../geodesy/planes'
import { drawGrid } from '../grid/draw'
import type { GridKind } from '../grid/lines'
import { collectionOf } from '../map/apply'
import { hatch } from '../map/hatch'
import { dotsPerPixel, pixelsPerMm, zoomOf } from './paper'

export interface Wanted {
  centre: Position
  scale: number
  size_mm: [number, number]
  grid: GridKind | null
  plane: Plane
}

export interface Plate {
  picture: Blob
  bounds: Bbox
  /** Row keys of the layers that are drawn in the frame, a kind of zones by itself. */
  seen: Set<string>
  /** Metres on the ground of a millimetre of paper. */
  metresPerMm: number
}

const patience_ms = 60_000
/** What belongs to the screen alone. */
const onScreen = /^(hover-line:|grid-)/

/** Draws the map of a sheet. Stops, and takes everything away, when `signal` says so. */
export async function drawPlate(style: StyleSpecification, wanted: Wanted, signal: AbortSignal): Promise<Plate> {
  const container = document.createElement('div')
  const [width, height] = wanted.size_mm.map((mm) => Math.round(mm * pixelsPerMm))
  container.style.cssText = `position:fixed;left:-20000px;top:0;width:${width}px;height:${height}px`
  container.setAttribute('aria-hidden', 'true')
  document.body.append(container)
  const map = new MapLibre({
    container,
    style: { ...style, layers: style.layers.filter((layer) => !onScreen.test(layer.id)) },
    center: wanted.centre,
    zoom: zoomOf(wanted.scale, wanted.centre[1]),
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio: dotsPerPixel,
    maxCanvasSize: [8192, 8192],
    canvasContextAttributes: { preserveDrawingBuffer: true },
    transformRequest: (url) => ({ url: new URL(here(url), location.href).href }),
  })
  try {
    await once(map, 'style.load', signal)
    map.addImage('hatch-conflict', hatch(2), { pixelRatio: 2 })
    drawGrid(map, wanted.grid, wanted.plane, 0)
    await once(map, 'idle', signal)
    const picture = await new Promise<Blob | null>((resolve) => map.getCanvas().toBlob(resolve, 'image/png'))
    if (!picture) throw new Error('no picture')
    const box = map.getBounds()
    return {
      picture,
      seen: drawnIn(map),
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
      metresPerMm: wanted.scale / 1000,
    }
  } finally {
    map.remove()
    container.remove()
  }
}

/** What is drawn within the frame, by the keys of the layer list. */
function drawnIn(map: MapLibre): Set<string> {
  const ids = map.getStyle().layers.filter((layer) => layer.type !== 'symbol' && layer.type !== 'background' && collectionOf(layer) !== null)
  const found = map.queryRenderedFeatures({ layers: ids.map((layer) => layer.id) })
  return new Set(found.flatMap(({ source, properties }) => [source, `${source}.${String(properties['kind'])}`]))
}

function once(map: MapLibre, event: 'style.load' | 'idle', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(() => reject(new Error(event)), patience_ms)
    signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    map.once(event, () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
