// A boundary as it was, dashed on the map until something else is selected or a style is loaded.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { boxOf } from '../app/actions'
import type { Bbox, Geometry } from '../api/types'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'

const source = 'old-boundary'
const layers: LayerSpecification[] = [
  { id: 'old-case', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': 5 } },
  { id: 'old-line', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': '#b45309', 'line-width': 2.5, 'line-dasharray': [2, 1.5] } },
]
let end: (() => void) | null = null

export const boxOfShape = (geometry: Geometry): Bbox | null => boxOf(geometry)

/** Draws a shape below the labels. */
export function showOld(geometry: Geometry): void {
  end?.()
  const { map } = mapState
  if (!map) return
  draw(map, geometry)
  const shown = view.selection
  const stop = $effect.root(() => {
    $effect(() => {
      if (view.selection !== shown) end?.()
    })
  })
  end = () => {
    end = null
    stop()
    erase(map)
  }
}

function draw(map: MapLibre, geometry: Geometry): void {
  const data = { type: 'Feature', properties: {}, geometry } as Parameters<GeoJSONSource['setData']>[0]
  if (!map.getSource(source)) {
    map.addSource(source, { type: 'geojson', data })
    const below = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id
    for (const layer of layers) map.addLayer(layer, below)
  } else map.getSource<GeoJSONSource>(source)?.setData(data)
}

function erase(map: MapLibre): void {
  for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource(source)) map.removeSource(source)
}
