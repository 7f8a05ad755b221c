// Undo and redo: scenes one after the other, each with what was done and where, so that going back can show it.
import type { Scene } from './draft'
import type { Vertex } from './shape'

export interface Step {
  /** Key of the words for what was done. */
  what: string
  values: Record<string, string | number>
  scene: Scene
  /** Where it was done; null for what has no place. */
  at: Vertex | null
}

export class History {
  private steps: Step[]
  private now = 0

  constructor(first: Scene) {
    this.steps = [{ what: 'start', values: {}, scene: first, at: null }]
  }

  get first(): Scene {
    return this.steps[0]!.scene
  }

  /** Puts another scene in the place of the first: what there is to begin with has changed. */
  begin(first: Scene): void {
    this.steps = this.steps.with(0, { ...this.steps[0]!, scene: first })
  }

  get scene(): Scene {
    return this.steps[this.now]!.scene
  }

  get canUndo(): boolean {
    return this.now > 0
  }

  get canRedo(): boolean {
    return this.now + 1 < this.steps.length
  }

  /** Steps that were done, the newest first. */
  get done(): Step[] {
    return this.steps.slice(1, this.now + 1).reverse()
  }

  add(step: Step): void {
    this.steps = [...this.steps.slice(0, this.now + 1), step]
    this.now += 1
  }

  /** Goes back one step; answers with the step that was undone. */
  undo(): Step | null {
    if (!this.canUndo) return null
    const step = this.steps[this.now]!
    this.now -= 1
    return step
  }

  redo(): Step | null {
    if (!this.canRedo) return null
    this.now += 1
    return this.steps[this.now]!
  }
}
