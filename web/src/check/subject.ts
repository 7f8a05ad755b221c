import type { Finding } from '../api/types'
import { data } from '../app/data.svelte'
import { pick } from '../i18n/index.svelte'
import { shortName } from '../layers/short'

/** What a finding is about: the other zone or commune, the land, or the rule. */
export function subjectOf(finding: Finding): string {
  const role = data.byId(finding.other?.collection)?.ranh.role
  if (finding.other?.name && role !== 'land_use_plan' && role !== 'land_use') return finding.other.name
  const code = finding.other?.code ?? finding.codes[0]
  const land = code ? shortName(pick(data.codes.get(code)?.name)) : ''
  return land || finding.other?.name || pick(finding.title)
}
