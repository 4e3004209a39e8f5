import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Language, languageFor } from '../../src-preload/contract/language'
import { Failure } from '../../src-preload/contract/outcome'
import {
  type CallbackAnswer,
  longestAddress,
  longestAnswer,
  type MalformedReason,
  parseCallbackQuery,
  queryOf,
} from './callback-answer'
import { loopbackPage, pageHeaders, type Verdict } from './loopback-page'

/** A listener for one answer (RFC 8252 section 7.3). */
export interface Loopback {
  /** What to register as the redirect URI of this one request. */
  readonly redirectUri: string
  /** Stops listening and cuts every connection. Also done by itself once an answer was accepted. */
  close(): void
}

/** Where to listen and what for. */
export interface LoopbackOptions {
  /** A number where only that port is registered at the provider. */
  readonly port: 'any-port' | number
  /** The host name in the redirect URI. Listening is on 127.0.0.1 whatever it says. */
  readonly hostName: '127.0.0.1' | 'localhost'
  /** Exact path, e.g. `/oauth-name/callback`; one slash after it makes no difference. */
  readonly path: string
  /**
   * Judges an answer at once. `foreign` leaves the listener open: otherwise any page that guesses the port could end
   * somebody's sign-in.
   */
  readonly onAnswer: (answer: CallbackAnswer | MalformedReason) => Verdict
}

/**
 * Listens on this computer alone for the browser to come back.
 * @throws Failure `callback-unreachable` when the port is taken
 */
export const listenForAnswer = async (options: LoopbackOptions): Promise<Loopback> => {
  const { port, hostName, path, onAnswer } = options
  let expectedHost = ''
  let showing = 0
  const close = () => {
    server.close()
    if (showing === 0) server.closeAllConnections()
  }
  const server = createServer((request, response) => {
    const { url = '' } = request
    const answer = parseCallbackQuery(queryOf(url))
    const endless = typeof answer === 'string' && url.length > longestAnswer
    const refusal = refuse(request, expectedHost, path) ?? (endless ? 414 : null)
    if (refusal !== null) return void response.writeHead(refusal, pageHeaders).end()
    showing += 1
    const verdict = onAnswer(answer)
    // No new connection from here on; those that are open end with this page.
    if (verdict !== 'foreign') server.close()
    response.on('close', () => {
      showing -= 1
      if (!server.listening) close()
    })
    response.writeHead(verdict === 'foreign' ? 400 : 200, pageHeaders).end(loopbackPage(verdict, languageOf(request)))
  })
  server.headersTimeout = 5000
  server.requestTimeout = 5000
  server.maxConnections = 64
  await new Promise<void>((resolve, reject) => {
    server.on('error', (cause) => reject(new Failure('callback-unreachable', { port: String(port) }, { cause })))
    server.listen(port === 'any-port' ? 0 : port, '127.0.0.1', resolve)
  })
  expectedHost = `${hostName}:${(server.address() as AddressInfo).port}`
  return { redirectUri: `http://${expectedHost}${path}`, close }
}

/** The page is the browser's, and so is its language. Browsers name the one they prefer first. */
const languageOf = ({ headers }: IncomingMessage): Language =>
  languageFor(
    'system',
    (headers['accept-language'] ?? '').split(',').map((tag) => tag.trim()),
  )

/**
 * The status to refuse with, or null. A Host header of another name means that a web page reaches us through a name of
 * its own (DNS rebinding).
 */
const refuse = ({ method, headers, url = '' }: IncomingMessage, host: string, path: string): number | null => {
  if (headers.host !== host) return 421
  const [asked] = url.split('?', 1)
  if (asked !== path && asked !== `${path}/`) return 404
  if (method !== 'GET') return 405
  return url.length > longestAddress ? 414 : null
}
