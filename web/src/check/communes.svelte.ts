import { api } from '../api/client'
import type { Finding } from '../api/types'
import { communeOf } from './group'

/** More findings than this are not asked about one by one. */
export const mostAsked = 500
const atOnce = 6

/** The commune of each finding: as the finding says, else by its point on the map. */
class Communes {
  private names = $state.raw(new Map<string, string | null>())
  private asked = new Set<string>()

  nameOf = (finding: Finding): string | null => communeOf(finding) ?? this.names.get(finding.id) ?? null

  /** Asks for those that are not known yet; one that fails stays unknown. */
  async learn(findings: readonly Finding[]): Promise<void> {
    const wanted = findings.filter((each) => each.point && !communeOf(each) && !this.asked.has(each.id))
    if (wanted.length === 0) return
    for (const finding of wanted) this.asked.add(finding.id)
    const found = new Map<string, string | null>()
    const queue = [...wanted]
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) found.set(next.id, await this.ask(next))
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    this.names = new Map([...this.names, ...found])
  }

  private async ask({ point }: Finding): Promise<string | null> {
    if (!point) return null
    try {
      const { features } = await api.pick(point[0], point[1], 0)
      const properties = features.find((each) => each.role === 'admin')?.properties
      // "Xã Suối Vàng" where the data have it, as the tables of the check do.
      const name = properties?.['fullName'] ?? properties?.['name']
      return typeof name === 'string' ? name : null
    } catch {
      return null
    }
  }
}

export const communes = new Communes()
