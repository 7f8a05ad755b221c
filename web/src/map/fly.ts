import type { Map as MapLibre } from 'maplibre-gl'
import type { Bbox } from '../api/types'
import { data } from '../app/data.svelte'
import { mapState } from './state.svelte'

const longest = 400
const closest = 17

/** The box around every layer with features; null for an empty store. */
export function dataBounds(): Bbox | null {
  const boxes = data.layers.flatMap((each) => each.extent?.spatial?.bbox.slice(0, 1) ?? [])
  const sound = boxes.filter((box) => box.length === 4 && box.every(Number.isFinite))
  const [first, ...rest] = sound
  return first
    ? rest.reduce<Bbox>(
        (all, box) => [
          Math.min(all[0], box[0]),
          Math.min(all[1], box[1]),
          Math.max(all[2], box[2]),
          Math.max(all[3], box[3]),
        ],
        first,
      )
    : null
}

/** Brings a box into view with room around it, at once where motion is unwanted. */
export function goTo(map: MapLibre, box: Bbox, calm: boolean): void {
  const { clientWidth, clientHeight } = map.getContainer()
  const { top, bottom } = mapState.cover
  const room = Math.round(Math.min(clientWidth, Math.max(0, clientHeight - top - bottom)) * 0.22)
  const padding = { top: room + top, bottom: room + bottom, left: room, right: room }
  const camera = map.cameraForBounds(box, { padding, maxZoom: closest })
  if (!camera) return
  if (calm) map.jumpTo(camera)
  else map.easeTo({ ...camera, duration: longest })
}
