import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { api } from '../api/client'
import { notices } from '../app/notices.svelte'
import { num, t, why } from '../i18n/index.svelte'
import { mapState } from './state.svelte'

// The most that the server gives in one answer.
const most = 10_000

/** Draws the slivers of the last check; they are few and small, so not tiled. */
export async function loadSlivers(map: MapLibre): Promise<void> {
  try {
    const answer = await api.items('slivers', { limit: most })
    const source = map.getSource('slivers') as GeoJSONSource | undefined
    source?.setData(answer as Parameters<GeoJSONSource['setData']>[0])
    const total = answer.numberMatched ?? answer.features.length
    if (total > most) notices.say(t('layer.truncated', { n: num(most), total: num(total) }))
  } catch (error) {
    mapState.failed = new Set(mapState.failed).add('slivers')
    notices.say(t('panel.failed', { why: why(error) }), 'bad')
  }
}
