import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'

/**
 * The style that follows, as little different from the one on the map as can be: what is the same need not be drawn anew, so
 * that a map stays where only its words or its findings change. Layers that the server still draws alike stay as the reader
 * has them, and what parts of the screen have drawn over them stays on top. `served` are the layers of the style before.
 */
export function renewed(previous: StyleSpecification, next: StyleSpecification, served: readonly LayerSpecification[]): StyleSpecification {
  const before = new Map(served.map((layer) => [layer.id, JSON.stringify(layer)]))
  const onMap = new Map(previous.layers.map((layer) => [layer.id, layer]))
  const own = Object.entries(previous.sources).filter((entry) => isOwn(...entry))
  const ids = new Set(next.layers.map((layer) => layer.id))
  const over = previous.layers.filter((layer) => !ids.has(layer.id) && 'source' in layer && own.some(([id]) => id === layer.source))
  const layers = next.layers.map((layer) => (before.get(layer.id) === JSON.stringify(layer) ? (onMap.get(layer.id) ?? layer) : layer))
  return { ...next, sources: { ...next.sources, ...Object.fromEntries(own) }, layers: [...layers, ...over] }
}

/** Whether a source is the screen's, with data of its own; the names of the archipelagos go with the language. */
const isOwn = (id: string, source: SourceSpecification): boolean => source.type === 'geojson' && id !== 'archipelagos'
