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

const longestLife = 30 * 60_000
const longestInterval = 60_000

/** Failures that say nothing about the code: asking goes on, more slowly (section 3.5). */
const passing: ReadonlySet<FailureCode> = new Set([
  'unreachable',
  'host-not-found',
  'timed-out',
  'rate-limited',
  'server-error',
])

/**
 * Asks for a code to type (RFC 8628 section 3.1).
 * @throws Failure `device-flow-disabled`, `client-rejected`, and those of `ask`
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
  if (!/^[\x20-\x7e]{1,40}$/.test(user_code)) throw new Failure('bad-answer', { host: new URL(call.host).host })
  const page = toPage(verification_uri, call.host)
  return {
    deviceCode: new Secret(device_code),
    userCode: user_code,
    verificationUri: page.href,
    page: (verification_uri_complete && completeOf(verification_uri_complete, page)) || page.href,
    expiresAt: askedAt + Math.min(expires_in * 1000, longestLife),
    interval: Math.min((interval ?? 5) * 1000, longestInterval),
  }
}

/** A page that a server sends people to: nothing but https, or http on this computer. */
const toPage = (address: string, host: string): URL => {
  let page: URL | null
  try {
    page = new URL(address)
  } catch {
    page = null
  }
  if (!page || !isSecureAddress(page) || page.username !== '' || page.password !== '') {
    throw new Failure('bad-answer', { host: new URL(host).host })
  }
  return page
}

const completeOf = (address: string, page: URL): string | null =>
  address.startsWith(`${page.origin}/`) && /^[\x21-\x7e]+$/.test(address) ? address : null

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
  while (true) {
    await wait(interval, call.signal)
    const askedAt = call.now()
    if (askedAt >= code.expiresAt) throw new Failure('sign-in-expired', { host: new URL(host).host })
    const answered = await ask(call, secrets, async () =>
      oauth.processDeviceCodeResponse(
        server,
        client,
        await oauth.deviceCodeGrantRequest(server, client, authentication, code.deviceCode.reveal(), options),
      ),
    ).catch((error: unknown) => {
      if (error instanceof Failure && passing.has(error.code)) return null
      throw error
    })
    if (answered === null) interval = Math.min(interval * 2, longestInterval)
    else if (answered.ok) {
      const { clientId } = call.client
      return toCredential(answered.value, { host, clientId, redirectUri: null, askedAt, previous: null })
    } else if (answered.refusal.error === 'slow_down') {
      interval = Math.max(interval + 5000, (answered.refusal.interval ?? 0) * 1000)
    } else if (answered.refusal.error !== 'authorization_pending') throw explainRefusal(answered.refusal, host)
  }
}
