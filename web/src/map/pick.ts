import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { api } from '../api/client'
import { isAborted } from '../api/problem'
import type { Picked } from '../api/types'
import { notices } from '../app/notices.svelte'
import type { Selection } from '../app/selection'
import { view } from '../app/view.svelte'
import { why, t } from '../i18n/index.svelte'
import { mapState } from './state.svelte'

// How far from the pointer a thin thing still counts as hit, in CSS pixels.
const reach = 4
// The most that the server takes.
const farthest_m = 5000

/**
 * What a click selects: the smallest finding under it, because large ones cover
 * whole zones; else the first feature, as the server puts zones first.
 */
export function best(picked: Picked, findingsShown: boolean): Selection | null {
  const finding = findingsShown
    ? picked.findings.toSorted((a, b) => a.area_m2 - b.area_m2).find((each) => each.area_m2 > 0)
    : undefined
  if (finding) return { type: 'finding', id: finding.id }
  const feature = picked.features[0]
  return feature ? { type: 'feature', collection: feature.collection, id: feature.id } : null
}

/** Clicks on the map open everything that lies there. */
export function pickOnClick(map: MapLibre): void {
  let running: AbortController | null = null
  map.on('click', (event: MapMouseEvent) => {
    if (mapState.clicksTaken) return
    running?.abort()
    running = new AbortController()
    const { lng, lat } = event.lngLat
    api.pick(lng, lat, Math.min(farthest_m, reach * mapState.metresPerPixel), running.signal).then(
      (picked) => {
        view.select(best(picked, !view.hidden.has('findings')), picked.features.length + picked.findings.length > 0 ? picked : null)
        if (view.selection) view.tab = 'info'
      },
      (error: unknown) => {
        if (!isAborted(error)) notices.say(t('panel.failed', { why: why(error) }), 'bad')
      },
    )
  })
}

/** The zone or finding under the pointer is outlined, and its row with it. */
export function hoverUnderPointer(map: MapLibre, layers: () => string[]): void {
  let frame = 0
  const look = ({ point }: MapMouseEvent) => {
    const present = layers().filter((id) => map.getLayer(id))
    const [hit] = present.length > 0 ? map.queryRenderedFeatures(point, { layers: present }) : []
    map.getCanvas().style.cursor = hit ? 'pointer' : ''
    const id = hit?.properties?.['fid']
    if (!hit || typeof id !== 'string') {
      view.hover = null
      return
    }
    const selection: Selection = hit.source === 'findings' ? { type: 'finding', id } : { type: 'feature', collection: hit.source, id }
    const before = view.hover
    const same = before?.type === selection.type && before.id === id
    if (!same) view.hover = selection
  }
  // What lies there is asked at most once a frame, not while the map is dragged below the pointer, and not while clicks
  // select nothing.
  map.on('mousemove', (event) => {
    cancelAnimationFrame(frame)
    if (mapState.clicksTaken) view.hover = null
    else if (!map.isMoving()) frame = requestAnimationFrame(() => look(event))
  })
  map.on('mouseout', () => {
    cancelAnimationFrame(frame)
    view.hover = null
  })
}
