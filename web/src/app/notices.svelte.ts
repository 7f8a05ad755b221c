/** Short messages over the map, which are also read out. */
class Notices {
  list = $state<{ id: number; text: string; tone: 'plain' | 'bad' }[]>([])
  private next = 1

  say(text: string, tone: 'plain' | 'bad' = 'plain'): void {
    const id = this.next
    this.next += 1
    this.list = [...this.list.filter((each) => each.text !== text), { id, text, tone }].slice(-3)
    if (tone === 'plain') window.setTimeout(() => this.dismiss(id), 5000)
  }

  /** Takes back what is no longer so. */
  withdraw(text: string): void {
    this.list = this.list.filter((each) => each.text !== text)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((each) => each.id !== id)
  }
}

export const notices = new Notices()
