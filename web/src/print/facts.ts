import { crsName } from '../app/crs'
import { data } from '../app/data.svelte'
import { working } from '../geodesy/working.svelte'
import { clock, day, num, pick, words } from '../i18n/index.svelte'
import { date } from '../i18n/format'
import { shown } from '../layers/shown.svelte'
import { say } from './dictionary'
import { printing } from './printing.svelte'

/** What a sheet says of itself: where its data come from, which version they are, and how they were drawn. */
export function facts(): { source: string[]; made: string[] } {
  const plan = data.byId(shown.landUse)
  const check = data.check
  const source = plan
    ? [pick(plan.ranh.title), `${say('sheet.source')}: ${[pick(plan.ranh.source), plan.ranh.as_of ? say('sheet.asOf', { date: day(plan.ranh.as_of) }) : ''].filter(Boolean).join(', ') || '–'}`]
    : []
  const checked = check ? say('sheet.check', { at: clock(check.at), pack: check.pack }) : say('sheet.noCheck')
  const made = [
    `${say('sheet.crs')}: ${crsName(working.plane.crs)} (${working.plane.crs})`,
    say('sheet.scale', { n: num(printing.stated) }),
    [say('sheet.revision', { n: data.revision }), checked, check?.stale ? say('sheet.stale') : ''].filter(Boolean).join(' · '),
    say('sheet.printed', { date: date(new Date().toISOString(), words.lang) }),
  ]
  return { source, made }
}
