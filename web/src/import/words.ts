import { Problem } from '../api/problem'
import { data } from '../app/data.svelte'
import { num, why } from '../i18n/index.svelte'
import { say } from './dictionary'

const steps = ['B', 'kB', 'MB', 'GB'] as const

/** Bytes as people say them. */
export function size(bytes: number): string {
  let [value, step] = [bytes, 0]
  while (value >= 1000 && step < steps.length - 1) [value, step] = [value / 1000, step + 1]
  return `${num(value, step === 0 || value >= 100 ? 0 : 1)} ${steps[step] ?? ''}`
}

/** Why a file was not taken, what the server says of it, and what to do. */
export function advice(problem: unknown): string[] {
  if (!(problem instanceof Problem)) return [String(problem), say('error.do')]
  const most = data.intake?.upload_bytes
  const said = say.or(`error.${problem.kind === 'refused' ? problem.status : problem.kind}`, '')
  const known = said.replace('{size}', most ? size(most) : '')
  // Who may write is told in our own words alone.
  const who = problem.status === 401 || problem.status === 403
  const detail = problem.kind === 'refused' && problem.detail && !who ? [why(problem)] : []
  return [...(known ? [known] : []), ...detail, ...(known ? [] : [say('error.do')])]
}
