import { api } from '../api/client'
import { isAborted } from '../api/problem'
import type { Bbox, Legend } from '../api/types'

const pause = 220

/** Hectares per code inside the map's frame, asked for when the map rests. */
class LegendInView {
  legend = $state.raw<Legend | null>(null)
  problem = $state.raw<unknown>(null)
  private timer = 0
  private running: AbortController | null = null

  ask(collection: string | null, box: Bbox | null): void {
    clearTimeout(this.timer)
    this.running?.abort()
    if (!collection || !box) {
      this.legend = null
      return
    }
    this.timer = window.setTimeout(() => void this.load(collection, box), pause)
  }

  private async load(collection: string, box: Bbox): Promise<void> {
    const running = new AbortController()
    this.running = running
    try {
      this.legend = await api.legend(inWorld(box), collection, running.signal)
      this.problem = null
    } catch (error) {
      if (!isAborted(error) && !running.signal.aborted) this.problem = error
    }
  }
}

/** The frame of a map zoomed far out may reach beyond the world. */
export function inWorld([west, south, east, north]: Bbox): Bbox {
  const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value))
  return [clamp(west, 180), clamp(south, 90), clamp(east, 180), clamp(north, 90)]
}

export const legendInView = new LegendInView()
