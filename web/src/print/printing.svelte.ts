import { api } from '../api/client'
import { isAborted } from '../api/problem'
import type { Finding, Legend, Position } from '../api/types'
import { data } from '../app/data.svelte'
import { detail } from '../app/detail.svelte'
import { view } from '../app/view.svelte'
import { findings } from '../check/findings.svelte'
import { working } from '../geodesy/working.svelte'
import type { GridKind } from '../grid/lines'
import { pick } from '../i18n/index.svelte'
import { inWorld } from '../layers/legend.svelte'
import { withoutRemark } from '../layers/names'
import { shown } from '../layers/shown.svelte'
import { mapState } from '../map/state.svelte'
import { legendLines } from './legend'
import { fittingScale, layout, linesOf, scales, type Orientation, type Paper } from './paper'
import { drawPlate, type Plate } from './plate'

/** A sheet of paper with the map: what is asked of it, and what was drawn. Choices stand in the address. */
class Printing {
  paper = $state<Paper>('A4')
  orientation = $state<Orientation>('landscape')
  /** The denominator; 0 fits what is in view. */
  scale = $state(0)
  grid = $state<GridKind | null>('metres')
  withTable = $state(true)
  /** What the person wrote; empty for the usual one. */
  written = $state('')
  status = $state<'none' | 'drawing' | 'ready' | 'failed'>('none')
  problem = $state.raw<unknown>(null)
  plate = $state.raw<Plate | null>(null)
  picture = $state('')
  legend = $state.raw<Legend | null>(null)
  private running: AbortController | null = null

  layout = $derived(layout(this.paper, this.orientation))
  lines = $derived(legendLines(this.legend, this.plate?.seen ?? new Set(), linesOf(this.layout, this.orientation)))
  /** The zone that is selected, or that the selected finding is of. */
  zone = $derived.by<{ id: string; name: string } | null>(() => {
    const { loaded } = detail
    if (loaded?.type === 'zone') return loaded.summary.zone
    return loaded?.type === 'finding' ? loaded.finding.zone : null
  })
  rows = $derived<Finding[]>(this.zone && this.withTable ? findings.all.filter((each) => each.zone?.id === this.zone?.id) : [])
  usual = $derived.by(() => {
    const plan = data.byId(shown.landUse)
    return [this.zone?.name, plan ? withoutRemark(pick(plan.ranh.title)) : ''].filter(Boolean).join(' · ')
  })
  title = $derived(this.written || this.usual)
  fitting = $derived(fittingScale(this.inView(), this.layout.map))
  denominator = $derived(this.scale || this.fitting)
  /** The scale that the sheet states: that at which its map was drawn, whatever is wanted by now. */
  stated = $derived(this.plate ? Math.round(this.plate.metresPerMm * 1000) : this.denominator)
  /** Pixels of the map when it was last on the screen: on paper, and while it is printed, it has none. */
  private size: [number, number] = [0, 0]

  /** Metres that the screen shows. */
  private inView(): [number, number] {
    const on = mapState.map?.getContainer()
    if (mapState.bounds && on && on.clientWidth > 0) this.size = [on.clientWidth, on.clientHeight]
    return this.size.map((pixels) => pixels * mapState.metresPerPixel) as [number, number]
  }

  begin(): void {
    const [paper, orientation, scale, grid] = (view.more.get('print') ?? '').split(',')
    if (paper === 'A3') this.paper = 'A3'
    if (orientation === 'portrait') this.orientation = 'portrait'
    if (scales.some((each) => String(each) === scale)) this.scale = Number(scale)
    if (grid === 'none' || grid === 'degrees') this.grid = grid === 'none' ? null : grid
  }

  note(): void {
    view.more.set('print', [this.paper, this.orientation, this.scale, this.grid ?? 'none'].join(','))
  }

  /** Draws the map anew, with what the legend says of its frame. */
  async draw(): Promise<void> {
    const { map } = mapState
    const place = mapState.place
    this.running?.abort()
    if (!map || !place) return
    const running = new AbortController()
    this.running = running
    this.status = 'drawing'
    try {
      const centre: Position = [place.lon, place.lat]
      const wanted = { centre, scale: this.denominator, size_mm: this.layout.map, grid: this.grid, plane: working.plane }
      const plate = await drawPlate(map.getStyle(), wanted, running.signal)
      const landUse = shown.landUse
      const legend = landUse ? await api.legend(inWorld(plate.bounds), landUse, running.signal) : null
      if (running.signal.aborted) return
      if (this.picture) URL.revokeObjectURL(this.picture)
      this.plate = plate
      this.picture = URL.createObjectURL(plate.picture)
      this.legend = legend
      this.status = 'ready'
    } catch (error) {
      if (isAborted(error) || running.signal.aborted) return
      this.problem = error
      this.status = 'failed'
    }
  }

  end(): void {
    this.running?.abort()
    if (this.picture) URL.revokeObjectURL(this.picture)
    this.picture = ''
    this.plate = null
    this.status = 'none'
    view.more.delete('print')
  }
}

export const printing = new Printing()
