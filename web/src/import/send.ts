import { address } from '../api/client'
import { here, language } from '../api/here'
import { Problem } from '../api/problem'
import type { Upload } from '../api/types'
import type { Parcel } from './files'

/** Sends a file and tells how much has left; `fetch` could not tell. */
export function send(parcel: Parcel, told: (sent: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', here(address('/uploads', { name: parcel.name })))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', language())
    request.upload.onprogress = (event) => told(event.loaded)
    request.onerror = () => reject(Problem.unreachable('network'))
    request.onabort = () => reject(new DOMException('given up', 'AbortError'))
    request.onload = () => {
      const answer = new Response(request.responseText, { status: request.status, statusText: request.statusText })
      if (request.status === 201) answer.json().then((upload) => resolve(upload as Upload), reject)
      else Problem.fromResponse(answer).then(reject, reject)
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(parcel.body)
  })
}
