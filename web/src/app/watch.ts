import { findings } from '../check/findings.svelte'
import { t } from '../i18n/index.svelte'
import { data } from './data.svelte'
import { detail } from './detail.svelte'
import { dataBounds } from '../map/fly'
import { retryTiles } from '../map/follow'
import { mapState } from '../map/state.svelte'
import { notices } from './notices.svelte'
import { view } from './view.svelte'

const pause = 15_000

/**
 * Looks now and then whether the store has changed, by an import or a check on
 * the command line, and says so once when the server has gone. When it answers
 * again, that is taken back and what had failed is asked for again.
 */
export function watchStore(): void {
  let gone = false
  window.setInterval(() => {
    if (document.visibilityState !== 'visible' || data.status !== 'ready' || findings.running) return
    look().then(
      () => {
        gone = false
        notices.withdraw(t('error.unreachable.why'))
        if (mapState.failed.size > 0) retryTiles()
      },
      () => {
        if (!gone) notices.say(t('error.unreachable.why'), 'bad')
        gone = true
      },
    )
  }, pause)
}

async function look(): Promise<void> {
  const before = { revision: data.revision, run: data.check?.run, empty: data.empty }
  await data.refresh()
  if (data.revision !== before.revision) await data.countZones()
  if (data.check?.run !== before.run) {
    await findings.load()
    void detail.reload(view.selection)
  }
  // The first data of an empty store: go and see them.
  if (before.empty && !data.empty) view.target = dataBounds()
}
