import { data } from '../app/data.svelte'
import { crsCode } from '../app/crs'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import { nearestZone, planeOf, zones, type Plane } from './planes'

/** The plane on which the screen measures and writes coordinates, and how it was come by. */
class Working {
  /** Zones that the last check judged in, or that collections are stored in: those of the provinces. */
  private known = $derived.by<Plane[]>(() => {
    const named = [...(data.check?.crs ?? []), ...data.layers.map((each) => each.storageCrs ?? '')]
    return named.map((crs) => planeOf(crsCode(crs))).filter((plane) => plane !== undefined && zones.includes(plane)) as Plane[]
  })

  private middle = $derived(mapState.place?.lon ?? 106)

  /** `chosen` by the person, `data`: the zone of what is shown, or `guess` by the nearest meridian. */
  by = $derived<'chosen' | 'data' | 'guess'>(planeOf(view.more.get('crs') ?? '') ? 'chosen' : this.known.length > 0 ? 'data' : 'guess')

  plane = $derived.by<Plane>(() => {
    const chosen = planeOf(view.more.get('crs') ?? '')
    if (chosen) return chosen
    const near = (plane: Plane) => Math.abs(plane.meridian - this.middle)
    return this.known.toSorted((a, b) => near(a) - near(b))[0] ?? nearestZone(this.middle)
  })

  choose(crs: string): void {
    if (crs) view.more.set('crs', crs)
    else view.more.delete('crs')
  }
}

export const working = new Working()
