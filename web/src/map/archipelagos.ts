import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'
import type { Lang } from '../api/types'
import { wordsIn } from '../i18n/index.svelte'

// Label points in the middle of each archipelago, for the national base; rounded
// to a tenth of a degree because they place a name, not a feature.
const places = [
  { key: 'place.hoangSa', lon: 112, lat: 16.5 },
  { key: 'place.truongSa', lon: 114.2, lat: 10 },
] as const

export function archipelagoSource(lang: Lang): GeoJSONSourceSpecification {
  return {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: places.map(({ key, lon, lat }) => ({
        type: 'Feature',
        properties: { name: wordsIn(lang, key), country: wordsIn(lang, 'place.country') },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  }
}

export const archipelagoLayers: LayerSpecification[] = [
  {
    id: 'archipelago-point',
    type: 'circle',
    source: 'archipelagos',
    maxzoom: 11,
    paint: {
      'circle-radius': 3.5,
      'circle-color': '#ffffff',
      'circle-stroke-color': '#23262b',
      'circle-stroke-width': 1.5,
    },
  },
  {
    id: 'archipelago-label',
    type: 'symbol',
    source: 'archipelagos',
    maxzoom: 11,
    layout: {
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'country'], { 'font-scale': 0.85 }],
      'text-font': ['Be Vietnam Pro SemiBold'],
      'text-size': 12.5,
      'text-anchor': 'left',
      'text-justify': 'left',
      'text-offset': [0.8, 0],
      'text-line-height': 1.35,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#23262b', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
  },
]
