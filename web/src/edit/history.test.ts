import { expect, test } from 'vitest'
import type { Scene } from './draft'
import { History } from './history'

const scene = (active: number): Scene => ({ drafts: [], active, gone: [] })
const step = (active: number) => ({ what: 'moved', values: {}, scene: scene(active), at: [active, 0] as const })

test('what was done is undone and done again, each where it was', () => {
  const history = new History(scene(0))
  history.add(step(1))
  history.add(step(2))
  expect(history.undo()?.at).toEqual([2, 0])
  expect(history.scene.active).toBe(1)
  expect(history.redo()?.at).toEqual([2, 0])
  expect([history.scene.active, history.canRedo]).toEqual([2, false])
  history.undo()
  history.undo()
  expect([history.scene.active, history.undo()]).toEqual([0, null])
})

test('a new step ends what could be done again', () => {
  const history = new History(scene(0))
  history.add(step(1))
  history.undo()
  history.add(step(3))
  expect([history.canRedo, history.done.map(({ scene: { active } }) => active)]).toEqual([false, [3]])
  history.begin(scene(9))
  history.undo()
  expect([history.scene.active, history.first.active]).toEqual([9, 9])
})
