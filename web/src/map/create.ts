import { Map as MapLibre, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import { here } from '../api/here'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Bbox } from '../api/types'
import type { Place } from '../permalink/hash'
import { mapState } from './state.svelte'

setWorkerUrl(new URL(workerUrl, location.href).href)

/** The country, for a store without data. */
export const country: Bbox = [101.5, 7.8, 117.5, 23.6]

export const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function hasWebgl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

export function createMap(
  container: HTMLElement,
  style: StyleSpecification,
  start: { place: Place | null; bounds: Bbox },
  label: string,
): MapLibre {
  const position = start.place
    ? { center: [start.place.lon, start.place.lat] as [number, number], zoom: start.place.zoom }
    : { bounds: start.bounds, fitBoundsOptions: { padding: { left: 24, right: 24, top: 24 + mapState.cover.top, bottom: 24 + mapState.cover.bottom } } }
  const map = new MapLibre({
    container,
    style,
    ...position,
    maxZoom: 21,
    attributionControl: false,
    fadeDuration: 0,
    pitchWithRotate: false,
    maxPitch: 0,
    locale: { 'Map.Title': label },
    // Addresses in the style are paths on this server; the worker needs whole ones.
    transformRequest: (url) => ({ url: new URL(here(url), location.href).href }),
  })
  map.touchZoomRotate.disableRotation()
  return map
}
