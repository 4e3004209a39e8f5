/**
 * The one way out to the network: like the standard `fetch`, but redirects are never followed (a 3xx is returned),
 * bodies and times are bounded, the proxy and trusted certificates of the person are used.
 * The whole answer is here when the promise resolves. Rejects with `Failure`: `unreachable`, `host-not-found`,
 * `timed-out`, `certificate-untrusted`, `proxy-login`, `bad-answer` (too large, cut off, not HTTP), `cancelled`,
 * `invalid-input` (no http or https address).
 */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>

/** What a request may set. Header names are case-insensitive. */
export interface FetchInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
  /** Largest accepted body after decompression, in bytes. Default 20 MB. */
  readonly maxBytes?: number
  /** Time until the whole answer has to be here, in ms. Default 30,000. */
  readonly timeout?: number
  /** Longest silence of the server, in ms. Default 20,000. */
  readonly idleTimeout?: number
}
