import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Bbox, Position } from '../api/types'
import type { Place } from '../permalink/hash'

/** What the rest of the screen may know of the map. */
class MapState {
  status = $state<'opening' | 'ready' | 'noWebgl' | 'failed'>('opening')
  why = $state('')
  place = $state.raw<Place | null>(null)
  bounds = $state.raw<Bbox | null>(null)
  pointer = $state.raw<Position | null>(null)
  /** Metres on the ground for one CSS pixel, at the middle of the map. */
  metresPerPixel = $state(0)
  bearing = $state(0)
  /** Grows with every frame that moved, for what is drawn over the map. */
  frame = $state(0)
  /** Collections whose tiles are on the way, and those whose tiles failed. */
  loading = $state.raw(new Set<string>())
  failed = $state.raw(new Set<string>())
  /** Counts the times that failed tiles were asked for again. */
  retries = $state(0)
  /** Counts the styles that were loaded: layers are set up anew after each. */
  styleRound = $state(0)

  /** Pixels at the edges that a sheet or a bar covers: fits keep clear of them. */
  cover = { top: 0, bottom: 0 }

  /** The layers of the style as it came, before anything was moved or repainted. */
  served = $state.raw<LayerSpecification[]>([])

  /** Set while clicks on the map belong to a part, which draws with them. */
  clicksTaken = false

  /** Set while a boundary is edited: the findings of the last check and the selection would be in the way of what is drawn. */
  editing = $state(false)

  /** The only zones that are drawn, by id; null for all. */
  zonesShown = $state.raw<string[] | null>(null)

  map: MapLibre | null = null
  jump: ((place: Place) => void) | null = null
}

export const mapState = new MapState()
