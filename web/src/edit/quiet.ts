import type { Map as MapLibre } from 'maplibre-gl'
import { mapState } from '../map/state.svelte'

/** Takes the findings of the last check off the map while what is drawn is checked again: calling what comes back shows them again. */
export function hideFindings(map: MapLibre): () => void {
  const hide = () => set('none')
  const set = (visibility: 'none' | 'visible') => {
    const layers = map.getStyle()?.layers ?? []
    for (const layer of layers) {
      if (layer.type !== 'background' && layer.source === 'findings' && !layer.id.startsWith('hover')) map.setLayoutProperty(layer.id, 'visibility', visibility)
    }
    if (map.getLayer('selection-line')) for (const id of ['selection-line', 'selection-case']) map.setLayoutProperty(id, 'visibility', visibility)
  }
  hide()
  map.on('style.load', hide)
  return () => {
    map.off('style.load', hide)
    set('visible')
    // Layers that the person has put out of sight stay there.
    mapState.styleRound += 1
  }
}
