import { afterEach, describe, expect, test, vi } from 'vitest'
import { address, api, bboxText, download } from './client'
import { Problem } from './problem'
import type { CheckSummary, Findings } from './types'

function answer(body: unknown, init: ResponseInit = {}): void {
  vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify(body), init)))
}

afterEach(() => vi.unstubAllGlobals())

describe('addresses', () => {
  test('leave out what is not given', () => {
    expect(address('/findings', { zone: undefined, rule: '', limit: 500, offset: 0 })).toBe('/findings?limit=500&offset=0')
    expect(address('/collections')).toBe('/collections')
  })
  test('encode ids and words', () => {
    expect(address('/search', { q: 'suối vàng & co' })).toBe('/search?q=su%E1%BB%91i+v%C3%A0ng+%26+co')
    expect(download.collection('a/b', 'geojsonseq', 'EPSG:9215', false, 'vi')).toBe('/export/a%2Fb?format=geojsonseq&crs=EPSG%3A9215&lang=vi')
    expect(download.collection('a', 'tab', 'CRS84', true, 'en')).toBe('/export/a?format=tab&crs=CRS84&metadata=true&lang=en')
  })
  test('boxes have seven decimals', () => {
    expect(bboxText([107.1, 21, 107.2, 21.05])).toBe('107.1000000,21.0000000,107.2000000,21.0500000')
  })
})

describe('requests', () => {
  test('give the typed answer', async () => {
    const check = { run: '1', zones_total: 30 } as CheckSummary
    answer({ check, numberMatched: 0, numberReturned: 0, total_area_ha: 0, findings: [] } satisfies Findings)
    expect((await api.findings(0, 10)).check?.zones_total).toBe(30)
  })
  test('turn problem details into a problem', async () => {
    const body = { type: 'about:blank', title: 'Không tìm thấy', status: 404, detail: 'no zone', request_id: 'r-1' }
    answer(body, { status: 404, headers: { 'content-type': 'application/problem+json' } })
    const problem = await api.zoneSummary('Z').catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ kind: 'refused', status: 404, title: 'Không tìm thấy', detail: 'no zone', requestId: 'r-1' })
  })
  test('keep the request id of an answer that is not JSON', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response('<html>', { status: 502, headers: { 'x-request-id': 'r-2' } })))
    await expect(api.codes()).rejects.toMatchObject({ kind: 'refused', status: 502, requestId: 'r-2' })
  })
  test('say when the server cannot be reached, or speaks nonsense', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => Promise.reject(new TypeError('network'))))
    await expect(api.codes()).rejects.toMatchObject({ kind: 'unreachable' })
    vi.stubGlobal('fetch', vi.fn(async () => new Response('{')))
    await expect(api.codes()).rejects.toMatchObject({ kind: 'unreadable' })
  })
  test('a process is begun as a job, with its inputs as JSON', async () => {
    answer({})
    await api.start('check', { plan: 'plan-2016-2020' })
    expect(vi.mocked(fetch).mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: '{"inputs":{"plan":"plan-2016-2020"}}',
    })
  })
})
