/** Something that is asked of the server, and what came of it. */
export class Asked<T> {
  value = $state.raw<T | null>(null)
  problem = $state.raw<unknown>(null)
  private turn = 0

  /** Asks; of several questions only the last one's answer counts. */
  async ask(question: () => Promise<T>): Promise<void> {
    const turn = (this.turn += 1)
    this.problem = null
    try {
      const value = await question()
      if (turn === this.turn) this.value = value
    } catch (error) {
      if (turn === this.turn) this.problem = error
    }
  }
}
