import type { Collection, Finding } from '../api/types'
import { data } from '../app/data.svelte'
import { pick } from '../i18n/index.svelte'
import { shortName } from '../layers/short'

/** The other zone or commune, or the kind of land, that a finding is about. */
function thing(finding: Finding): string {
  const role = data.byId(finding.other?.collection)?.ranh.role
  if (finding.other?.name && role !== 'land_use_plan' && role !== 'land_use') return finding.other.name
  const code = finding.other?.code ?? finding.codes[0]
  const land = code ? shortName(pick(data.codes.get(code)?.name)) : ''
  return land || (finding.other?.name ?? '')
}

/** What a finding is about, for a line of a list; a thing of its own, else what it says. */
export function subjectOf(finding: Finding): string {
  return thing(finding) || withoutZone(pick(finding.message), finding.zone?.name) || pick(finding.title)
}

/** The same as a heading. */
export function headingOf(finding: Finding): string {
  return thing(finding) || pick(finding.title)
}

/** A message without the zone's name in front, which stands in a column of its own. */
export function withoutZone(message: string, zone: string | undefined): string {
  if (!zone || !message.startsWith(zone)) return message
  const rest = message.slice(zone.length).replace(/^[\s:,–-]+/u, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** The layer that the zone was compared with: the finding's own word, else its rule's. */
export function comparedWith(finding: Finding): Collection | undefined {
  const named = data.byId(finding.other?.collection)
  if (named) return named
  const ofRole = (role: string) => data.layers.find((each) => each.ranh.role === role)
  if (finding.rule.startsWith('ADM-')) return ofRole('admin')
  if (finding.rule === 'LUP-01') return data.byId(data.check?.plan)
  return finding.rule.startsWith('LUP-') ? ofRole('land_use') : undefined
}
