import { expect, test } from 'vitest'
import { token } from './token.svelte'

/** A server that takes one token. */
const server = (good: string) => {
  const asked: (string | undefined)[] = []
  const send = (headers: Record<string, string>) => {
    asked.push(headers['authorization'])
    return Promise.resolve(new Response(null, { status: headers['authorization'] === `Bearer ${good}` ? 200 : 401 }))
  }
  return { asked, send }
}
const wait = () => new Promise((resolve) => setTimeout(resolve))

test('a token is asked for once for all who wait, asked for again where it is wrong, and then kept', async () => {
  const { asked, send } = server('good')
  const both = Promise.all([token.permitted(send), token.permitted(send)])
  await wait()
  expect(token.asked).toEqual({ wrong: false })
  token.answer('bad')
  await wait()
  expect(token.asked).toEqual({ wrong: true })
  token.answer('good')
  expect((await both).map(({ status }) => status)).toEqual([200, 200])
  expect(token.asked).toBeNull()
  expect((await token.permitted(send)).status).toBe(200)
  expect(asked.at(-1)).toBe('Bearer good')
})

test('who has none is answered as the server has answered', async () => {
  const { send } = server('another')
  const refused = token.permitted(send)
  await wait()
  token.answer(null)
  expect((await refused).status).toBe(401)
})
