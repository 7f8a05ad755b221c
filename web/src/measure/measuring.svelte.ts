import type { Position } from '../api/types'
import { view } from '../app/view.svelte'
import { working } from '../geodesy/working.svelte'
import { crossesItself, measure, type Measured } from './figures'

/** What is being measured. It stands in the address, so that a link shows it. */
class Measuring {
  places = $state.raw<Position[]>([])
  kind = $state<'length' | 'area'>('area')
  /** The place that somebody went to by its coordinates. */
  goal = $state.raw<Position | null>(null)

  measured = $derived<Measured>(measure(this.places, this.kind === 'area', working.plane))
  crossed = $derived(this.kind === 'area' && crossesItself(this.places))

  constructor() {
    const [kind, ...places] = (view.more.get('measure') ?? '').split(',')
    if (kind === 'length') this.kind = 'length'
    this.places = places.map((text) => text.split(':').map(Number)).filter(isPlace)
  }

  /** Rounded to a tenth of a millimetre, as the address writes it: a link measures the same. */
  add([lon, lat]: Position): void {
    this.set([...this.places, [Number(lon.toFixed(9)), Number(lat.toFixed(9))]])
  }

  remove(at: number): void {
    this.set(this.places.toSpliced(at, 1))
  }

  clear(): void {
    this.set([])
  }

  choose(kind: 'length' | 'area'): void {
    this.kind = kind
    this.set(this.places)
  }

  private set(places: Position[]): void {
    this.places = places
    if (places.length === 0) view.more.delete('measure')
    else view.more.set('measure', [this.kind, ...places.map(([lon, lat]) => `${lon}:${lat}`)].join(','))
  }
}

function isPlace(numbers: number[]): numbers is Position {
  const [lon, lat] = numbers
  return numbers.length === 2 && lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 85
}

export const measuring = new Measuring()
