import * as oauth from 'oauth4webapi'
import { Failure, type FailureCode } from '../../src-preload/contract/outcome'
import type { OAuthCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'
import type { SignInOffer } from '../providers/provider'
import { explainRefusal } from './explain'
import { isSecureAddress } from './secure-address'
import { toCredential } from './to-credential'
import { ask, prepare, type TokenCall } from './token-call'

/** What a person needs to let this device in (RFC 8628 section 3.2). */
export interface DeviceCode {
  readonly deviceCode: Secret
  readonly userCode: string
  readonly verificationUri: string
  /** The same page with the code filled in, or the plain one where the server has none. */
  readonly page: string
  /** Unix ms. */
  readonly expiresAt: number
  /** Least time between two questions, in ms. */
  readonly interval: number
}

/** Resolves after so many ms, or rejects with `Failure('cancelled')` when the signal says so. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

type DeviceOffer = NonNullable<SignInOffer['device']>

/** Letters and digits in groups (RFC 8628 section 6.1): a code and no sentence, which is shown in large letters. */
const userCodes = /^(?=.{1,40}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/

const longestLife = 30 * 60_000

/** Least time between two questions where the server says nothing (RFC 8628 section 3.2), in ms. */
const usualInterval = 5000

/** An answer that did not come doubles the time between two questions (section 3.5), up to this, in ms. */
const longestBackoff = 60_000

/** Failures that say nothing about the code: asking goes on, more slowly (section 3.5). */
const passing: ReadonlySet<FailureCode> = new Set([
  'unreachable',
  'host-not-found',
  'timed-out',
  'rate-limited',
  'server-error',
  'intermediary-answered',
])

/**
 * Asks for a code to type (RFC 8628 section 3.1).
 * @throws Failure `device-flow-disabled`, `client-rejected`, `bad-answer`, `sign-in-mismatch`, and those of `ask`
 */
export const requestDeviceCode = async (call: TokenCall, device: DeviceOffer): Promise<DeviceCode> => {
  const { server, client, authentication, options } = prepare(
    call,
    'device_authorization_endpoint',
    device.deviceAuthorizationEndpoint,
  )
  const parameters = new URLSearchParams(device.scopes.length > 0 ? { scope: device.scopes.join(' ') } : {})
  const askedAt = call.now()
  const answered = await ask(call, call.client.clientSecret ? [call.client.clientSecret] : [], async () =>
    oauth.processDeviceAuthorizationResponse(
      server,
      client,
      await oauth.deviceAuthorizationRequest(server, client, authentication, parameters, options),
    ),
  ).catch((error: unknown) => {
    // Servers from before the device flow have no such page.
    if (error instanceof Failure && error.code === 'not-found') throw new Failure('device-flow-disabled', error.facts)
    throw error
  })
  if (!answered.ok) throw explainRefusal(answered.refusal, call.host)
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval } = answered.value
  if (!userCodes.test(user_code)) throw new Failure('bad-answer', { host: new URL(call.host).host })
  const page = toPage(verification_uri, call.host)
  return {
    deviceCode: new Secret(device_code),
    userCode: user_code,
    verificationUri: page.href,
    page: (verification_uri_complete && completeOf(verification_uri_complete, call.host)) || page.href,
    expiresAt: askedAt + Math.min(expires_in * 1000, longestLife),
    interval: interval === undefined ? usualInterval : interval * 1000,
  }
}

/**
 * The page that a server sends people to: nothing but https, or http on this computer, and below the address that is
 * signed in at. A page elsewhere would let in whoever asked *there* for the code that is shown, e.g. the server itself
 * (RFC 8628 section 5.4).
 * @throws Failure `bad-answer`; `sign-in-mismatch` for a page of another host
 */
const toPage = (address: string, host: string): URL => {
  const facts = { host: new URL(host).host }
  const page = parsed(address)
  if (!page || !isSecureAddress(page) || page.username !== '' || page.password !== '') {
    throw new Failure('bad-answer', facts)
  }
  if (!isBelow(page, host)) throw new Failure('sign-in-mismatch', { ...facts, reason: 'verification-page' })
  return page
}

const isBelow = ({ href }: URL, host: string): boolean => href.startsWith(`${host}/`)

const completeOf = (address: string, host: string): string | null => {
  const page = parsed(address)
  return page !== null && isBelow(page, host) ? page.href : null
}

const parsed = (address: string): URL | null => {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/**
 * Asks until the person has decided (RFC 8628 sections 3.4 and 3.5), never more often than the server allows.
 * @throws Failure `access-denied`, `sign-in-expired`, `device-flow-disabled`, `client-rejected`, `cancelled`, `bad-answer`
 */
export const pollForToken = async (
  call: TokenCall,
  device: DeviceOffer,
  code: DeviceCode,
  wait: Wait,
): Promise<OAuthCredential> => {
  const { server, client, authentication, options } = prepare(call, 'token_endpoint', device.tokenEndpoint)
  const secrets = [code.deviceCode, ...(call.client.clientSecret ? [call.client.clientSecret] : [])]
  const { host } = call
  let interval = code.interval
  let limitedUntil = 0
  while (true) {
    const left = code.expiresAt - call.now()
    // A code that ends before it may be asked for again is over at its end, not later.
    await wait(Math.max(0, Math.min(Math.max(interval, limitedUntil - call.now()), left)), call.signal)
    const askedAt = call.now()
    if (askedAt >= code.expiresAt) throw new Failure('sign-in-expired', { host: new URL(host).host })
    const answered = await ask(call, secrets, async () =>
      oauth.processDeviceCodeResponse(
        server,
        client,
        await oauth.deviceCodeGrantRequest(server, client, authentication, code.deviceCode.reveal(), options),
      ),
    ).catch((error: unknown) => {
      if (!(error instanceof Failure && passing.has(error.code))) throw error
      limitedUntil = Number(error.facts.until ?? 0)
      return null
    })
    if (answered === null) interval = Math.max(interval, Math.min(interval * 2, longestBackoff))
    else if (answered.ok) {
      const { clientId } = call.client
      const requested = device.scopes
      return toCredential(answered.value, { host, clientId, redirectUri: null, requested, askedAt, previous: null })
    } else if (answered.refusal.error === 'slow_down') {
      interval = Math.max(interval + 5000, (answered.refusal.interval ?? 0) * 1000)
    } else if (answered.refusal.error !== 'authorization_pending') throw explainRefusal(answered.refusal, host)
  }
}
