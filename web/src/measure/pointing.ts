import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import type { Position } from '../api/types'
import { mapState } from '../map/state.svelte'

/**
 * Gives clicks on the map to a part, and Enter and Backspace while the map has the keyboard: then a cross stands in its
 * middle. Answers with what gives them back.
 */
export function takeClicks(map: MapLibre, add: (place: Position) => void, back: () => void): () => void {
  const canvas = map.getCanvas()
  const cross = document.createElement('i')
  cross.className = 'map-cross'
  map.getContainer().append(cross)
  const click = (event: MapMouseEvent) => add([event.lngLat.lng, event.lngLat.lat])
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      const at = map.getCenter()
      add([at.lng, at.lat])
    } else if (event.key === 'Backspace') back()
    else return
    event.preventDefault()
  }
  mapState.clicksTaken = true
  canvas.style.cursor = 'crosshair'
  map.doubleClickZoom.disable()
  map.on('click', click)
  canvas.addEventListener('keydown', key)
  return () => {
    mapState.clicksTaken = false
    canvas.style.cursor = ''
    map.doubleClickZoom.enable()
    map.off('click', click)
    canvas.removeEventListener('keydown', key)
    cross.remove()
  }
}
