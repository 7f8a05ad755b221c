import type { Map as MapLibre } from 'maplibre-gl'
import type { Bbox } from '../api/types'
import { metresPerPixel } from './scale'
import { mapState } from './state.svelte'

/** Keeps the map's state readable for the rest of the screen. */
export function follow(map: MapLibre): void {
  const moved = () => {
    const centre = map.getCenter()
    mapState.metresPerPixel = metresPerPixel(map.getZoom(), centre.lat)
    mapState.bearing = map.getBearing()
    mapState.frame += 1
  }
  const settled = () => {
    const centre = map.getCenter()
    const box = map.getBounds()
    mapState.place = { zoom: map.getZoom(), lat: centre.lat, lon: centre.lng }
    mapState.bounds = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()] satisfies Bbox
  }
  map.on('move', moved)
  map.on('resize', moved)
  map.on('moveend', settled)
  map.on('resize', settled)
  map.on('mousemove', (event) => (mapState.pointer = [event.lngLat.lng, event.lngLat.lat]))
  map.on('mouseout', () => (mapState.pointer = null))
  followSources(map)
  moved()
  settled()
}

function followSources(map: MapLibre): void {
  map.on('sourcedataloading', (event) => {
    const id = event.sourceId
    if (!id || mapState.loading.has(id) || event.sourceDataType === 'visibility') return
    mapState.loading = new Set(mapState.loading).add(id)
  })
  map.on('error', (event) => {
    const id = (event as { sourceId?: string }).sourceId
    if (id && !mapState.failed.has(id)) mapState.failed = new Set(mapState.failed).add(id)
  })
  map.on('idle', () => {
    if (mapState.loading.size > 0) mapState.loading = new Set()
    document.documentElement.dataset.mapReady = '1'
  })
}

/**
 * Asks again for tiles that failed, by loading the style anew: in MapLibre 6.17 a tile that failed and is asked for
 * again waits for its first request for ever.
 */
export function retryTiles(): void {
  mapState.failed = new Set()
  mapState.retries += 1
}
