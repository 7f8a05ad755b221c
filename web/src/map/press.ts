import type { Map as MapLibre } from 'maplibre-gl'

/**
 * Has a press that moves nothing draw nothing. MapLibre takes each press for the beginning of a drag and draws the whole map
 * anew when it turns out to be none, which without a graphics card takes longer than reading what lies there; it has no
 * setting for that. A press still stops a flight.
 */
export function drawNothingOnPress(map: MapLibre): void {
  const { _handlers } = map as unknown as { _handlers?: { _handlersById?: Record<string, { _activateOnStart?: boolean } | undefined> } }
  const pan = _handlers?._handlersById?.['mousePan']
  if (!pan) return
  pan._activateOnStart = false
  map.on('mousedown', () => map.stop())
}
