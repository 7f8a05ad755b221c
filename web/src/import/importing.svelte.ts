import { api } from '../api/client'
import { isAborted, Problem } from '../api/problem'
import type { ImportResult, StatusInfo, Upload } from '../api/types'
import { data } from '../app/data.svelte'
import { pick } from '../i18n/index.svelte'
import { runCheck } from '../app/actions'
import { view } from '../app/view.svelte'
import { dataBounds } from '../map/fly'
import { notices } from '../app/notices.svelte'
import { say } from './dictionary'
import { choices, inputs, missing, type Choice } from './entry'
import { parcel } from './files'
import { send } from './send'
import type { Entry } from './zip'

const pause = 400

type Phase = 'choose' | 'packing' | 'sending' | 'looking' | 'found' | 'failed'

/** What is being brought into the store, from the choice of a file to what became of it. */
class Importing {
  phase = $state<Phase>('choose')
  name = $state('')
  size = $state(0)
  sent = $state(0)
  problem = $state.raw<unknown>(null)
  upload = $state.raw<Upload | null>(null)
  choices = $state<Choice[]>([])
  /** Whether layers are being taken in, one after the other. */
  running = $state(false)
  private leaving: AbortController | null = null
  private job: string | null = null

  wanted = $derived(this.choices.filter((choice) => choice.wanted && choice.state !== 'done'))
  ready = $derived(this.wanted.length > 0 && this.wanted.every((choice) => missing(choice).length === 0))
  done = $derived(this.choices.filter((choice) => choice.state === 'done'))
  percent = $derived(this.size > 0 ? Math.min(100, Math.round((this.sent / this.size) * 100)) : 0)

  /** Sends files, in the place of what was there before. */
  async take(entries: Entry[]): Promise<void> {
    if (this.running) {
      notices.say(say('busy'), 'bad')
      return
    }
    this.forget()
    this.phase = 'packing'
    const leaving = new AbortController()
    this.leaving = leaving
    try {
      const made = await parcel(entries)
      if (!made || leaving.signal.aborted) return this.forget()
      await this.sending(made.name, made.body, leaving.signal)
    } catch (error) {
      if (isAborted(error)) return
      this.problem = error instanceof Problem ? error : new Problem('unreadable', 0, 'unreadable', String(error), null)
      this.phase = 'failed'
    }
  }

  private async sending(name: string, body: Blob, signal: AbortSignal): Promise<void> {
    this.name = name
    this.size = body.size
    const most = data.intake?.upload_bytes
    if (most && body.size > most) {
      throw new Problem('refused', 413, 'too large', '', null)
    }
    this.phase = 'sending'
    const upload = await send(
      { name, body },
      (sent) => {
        this.sent = sent
        if (sent >= this.size) this.phase = 'looking'
      },
      signal,
    )
    this.upload = upload
    this.choices = choices(upload.sources, (layer) => pick(layer.title) || name)
    this.phase = 'found'
  }

  /** Stops what is under way: the sending, or the import of a layer. */
  stop(): void {
    this.leaving?.abort()
    if (this.phase !== 'found') this.forget()
    if (this.job) void api.dismiss(this.job).catch(() => undefined)
  }

  /** Takes the wanted layers in, one after the other. */
  async run(): Promise<void> {
    const upload = this.upload
    if (!upload || this.running || !this.ready) return
    this.running = true
    const first = data.empty
    const leaving = new AbortController()
    this.leaving = leaving
    for (const choice of this.wanted) choice.state = 'waiting'
    for (const choice of this.choices.filter((each) => each.state === 'waiting')) {
      if (leaving.signal.aborted) choice.state = 'open'
      else await this.one(upload, choice, leaving.signal)
    }
    this.running = false
    await data.refresh().catch(() => undefined)
    // The first data of an empty store: go and see them.
    if (first && !data.empty) view.target = dataBounds()
    void data.countZones()
  }

  private async one(upload: Upload, choice: Choice, signal: AbortSignal): Promise<void> {
    choice.state = 'running'
    choice.percent = 0
    choice.problem = null
    try {
      const job = await api.start('import', inputs(upload.id, choice))
      this.job = job.jobID
      const ended = await this.watch(job, choice)
      if (ended.status === 'dismissed') choice.state = 'open'
      else {
        choice.result = await api.result<ImportResult>(ended.jobID)
        choice.state = 'done'
      }
    } catch (error) {
      choice.problem = error
      choice.state = signal.aborted ? 'open' : 'failed'
    } finally {
      this.job = null
    }
  }

  private async watch(job: StatusInfo, choice: Choice): Promise<StatusInfo> {
    let status = job
    while (status.status === 'accepted' || status.status === 'running') {
      await new Promise((resolve) => window.setTimeout(resolve, pause))
      status = await api.job(job.jobID)
      choice.percent = status.progress
    }
    return status
  }

  /** Closes the panel; what was sent and not imported is given up. */
  close(): void {
    if (this.running) return
    this.forget()
    view.side = null
  }

  /** Closes the panel and checks everything with what has come; a zone that came alone is then shown. */
  async check(): Promise<void> {
    const zones = this.done.flatMap(({ result }) => (result?.role === 'zone' ? [result] : []))
    this.close()
    view.tab = 'check'
    const said = await runCheck()
    const [only] = zones
    if (!said || !only || zones.length > 1 || only.features !== 1) return
    const alone = await api.items(only.collection, { limit: 1 }).catch(() => null)
    const zone = alone?.features[0]
    if (!zone) return
    view.tab = 'info'
    view.select({ type: 'feature', collection: only.collection, id: String(zone.id) })
  }

  private forget(): void {
    this.leaving?.abort()
    // What was imported whole is gone already.
    if (this.upload && this.choices.some((choice) => choice.state !== 'done')) void api.giveUp(this.upload.id).catch(() => undefined)
    this.upload = null
    this.choices = []
    this.problem = null
    this.sent = 0
    this.size = 0
    this.name = ''
    this.phase = 'choose'
  }
}

export const importing = new Importing()
