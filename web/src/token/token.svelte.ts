// The token of somebody who may write. This page alone keeps it, and only as long as it is open; it is asked for when the
// server wants one, and whatever was under way goes on with it.

class Token {
  /** Set while a person is asked for it; true where the one that was sent is not known there. */
  asked = $state.raw<{ wrong: boolean } | null>(null)
  private value: string | null = null
  private waiting: Promise<boolean> | null = null
  private settle: (given: boolean) => void = () => undefined

  /** The header that says who asks. */
  get headers(): Record<string, string> {
    return this.value === null ? {} : { authorization: `Bearer ${this.value}` }
  }

  /** What a person has typed; null where there is none. */
  answer(value: string | null): void {
    if (value !== null) this.value = value
    this.asked = null
    this.waiting = null
    this.settle(value !== null)
  }

  /** Asks for a token, once for all who wait for it; false where nobody has one. */
  private ask(): Promise<boolean> {
    const wrong = this.value !== null
    this.value = null
    this.waiting ??= new Promise((resolve) => {
      this.settle = resolve
      this.asked = { wrong }
    })
    return this.waiting
  }

  /** Sends what `send` sends, and again with a token where the server wants one. */
  async permitted(send: (headers: Record<string, string>) => Promise<Response>): Promise<Response> {
    for (;;) {
      const sent = this.value
      const response = await send(this.headers)
      if (response.status !== 401) return response
      // Another answer may have brought one meanwhile.
      if (this.value === sent && !(await this.ask())) return response
    }
  }
}

export const token = new Token()
