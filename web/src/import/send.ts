import { address } from '../api/client'
import { here, language } from '../api/here'
import { Problem } from '../api/problem'
import { token } from '../token/token.svelte'
import type { Upload } from '../api/types'
import type { Parcel } from './files'

/** Sends a file and tells how much has left; `fetch` could not tell. */
export async function send(parcel: Parcel, told: (sent: number) => void, signal: AbortSignal): Promise<Upload> {
  const answer = await token.permitted((headers) => once(parcel, told, signal, headers))
  if (answer.status !== 201) throw await Problem.fromResponse(answer)
  return (await answer.json()) as Upload
}

function once(parcel: Parcel, told: (sent: number) => void, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', here(address('/uploads', { name: parcel.name })))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', language())
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => told(event.loaded)
    request.onerror = () => reject(Problem.unreachable('network'))
    request.onabort = () => reject(new DOMException('given up', 'AbortError'))
    request.onload = () => resolve(new Response(request.responseText, { status: request.status, statusText: request.statusText }))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(parcel.body)
  })
}
