import type { ProblemDetails } from './types'

/** What went wrong with a request, in terms a screen can explain. */
export class Problem extends Error {
  override name = 'Problem'

  constructor(
    readonly kind: 'unreachable' | 'refused' | 'unreadable',
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
  ) {
    super(detail || title)
  }

  static unreachable(cause: unknown): Problem {
    return new Problem('unreachable', 0, 'unreachable', String(cause), null)
  }

  static async fromResponse(response: Response): Promise<Problem> {
    const requestId = response.headers.get('x-request-id')
    try {
      const body = (await response.json()) as ProblemDetails
      const detail = body.detail ?? ''
      return new Problem('refused', response.status, body.title, detail, body.request_id ?? requestId)
    } catch {
      return new Problem('refused', response.status, response.statusText, '', requestId)
    }
  }
}

/** True for a request that was given up on purpose. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
