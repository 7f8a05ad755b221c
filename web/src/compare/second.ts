// The map of version B: the style of the first one with another plan drawn, moved with it and touched by nobody.
import { Map as MapLibre, type StyleSpecification } from 'maplibre-gl'
import { here } from '../api/here'
import { collectionOf } from '../map/apply'
import { hatch } from '../map/hatch'

/** The first map's style as it is now, with plan `b` where it draws plan `a`. */
export function withPlan(style: StyleSpecification, a: string, b: string): StyleSpecification {
  const shown = new Map(style.layers.filter((layer) => collectionOf(layer) === a).map((layer) => [layer.id.split(':')[0], layer]))
  return {
    ...style,
    layers: style.layers.map((layer) => {
      const collection = collectionOf(layer)
      if (collection !== a && collection !== b) return layer
      const like = shown.get(layer.id.split(':')[0])
      const paint = collection === b && like ? { paint: like.paint } : {}
      const visibility = collection === b ? 'visible' : 'none'
      return { ...layer, ...paint, layout: { ...layer.layout, visibility } } as typeof layer
    }),
  }
}

export function createSecond(container: HTMLElement, first: MapLibre, style: StyleSpecification): MapLibre {
  const map = new MapLibre({
    container,
    style,
    center: first.getCenter(),
    zoom: first.getZoom(),
    bearing: first.getBearing(),
    maxZoom: 21,
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    transformRequest: (url) => ({ url: new URL(here(url), location.href).href }),
  })
  map.getCanvas().setAttribute('aria-hidden', 'true')
  map.on('style.load', () => {
    if (!map.hasImage('hatch-conflict')) map.addImage('hatch-conflict', hatch(2), { pixelRatio: 2 })
  })
  return map
}

/** Moves the second map with the first; answers with what parts them. */
export function tie(first: MapLibre, second: MapLibre): () => void {
  const move = () => second.jumpTo({ center: first.getCenter(), zoom: first.getZoom(), bearing: first.getBearing() })
  first.on('move', move)
  return () => first.off('move', move)
}
