import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from './clock'
import type { OAuthApp } from './credentials'
import type { Person } from './entities'

/** An authorization code that waits for its exchange (RFC 6749 section 4.1.2). */
export interface PendingCode {
  readonly code: string
  readonly app: OAuthApp
  readonly person: Person
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly challenge: Challenge | null
  readonly sso: ReadonlySet<number>
  readonly expiresAt: number
  used: boolean
}

/** The challenge of PKCE (RFC 7636 section 4.2). */
export interface Challenge {
  readonly value: string
  readonly method: 'S256' | 'plain'
}

/** A device that waits for somebody to type its code (RFC 8628). */
export interface PendingDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly app: OAuthApp
  readonly scopes: readonly string[]
  readonly expiresAt: number
  /** Seconds that must pass between two questions. */
  interval: number
  askedAt: number
  answer:
    | { readonly kind: 'pending' }
    | { readonly kind: 'denied' }
    | { readonly kind: 'used' }
    | { readonly kind: 'granted'; readonly person: Person }
}

/** Sign-ins that are under way. */
export interface SignIns {
  addCode(code: Omit<PendingCode, 'code' | 'used' | 'expiresAt'>, lifetime: number): PendingCode
  code(value: string): PendingCode | null
  /** `lifetime` in milliseconds, `interval` in seconds. */
  addDevice(app: OAuthApp, scopes: readonly string[], lifetime: number, interval: number): PendingDevice
  deviceByCode(deviceCode: string): PendingDevice | null
  deviceByUserCode(typed: string): PendingDevice | null
}

/** Letters that cannot be taken for one another, as user codes are typed by hand. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

const userCode = (): string => {
  const letters = [...randomBytes(8)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z]/g, '')

/** No sign-in is under way. */
export function noSignIns(clock: Clock): SignIns {
  const codes = new Map<string, PendingCode>()
  const devices = new Map<string, PendingDevice>()
  return {
    addCode: ({ app, person, redirectUri, scopes, challenge, sso }, lifetime) => {
      const pending = {
        app,
        person,
        redirectUri,
        scopes,
        challenge,
        sso,
        code: randomBytes(10).toString('hex'),
        used: false,
        expiresAt: clock.now() + lifetime,
      }
      codes.set(pending.code, pending)
      return pending
    },
    code: (value) => codes.get(value) ?? null,
    addDevice: (app, scopes, lifetime, interval) => {
      const device: PendingDevice = {
        deviceCode: randomBytes(20).toString('hex'),
        userCode: userCode(),
        app,
        scopes,
        expiresAt: clock.now() + lifetime,
        interval,
        askedAt: 0,
        answer: { kind: 'pending' },
      }
      devices.set(device.deviceCode, device)
      return device
    },
    deviceByCode: (deviceCode) => devices.get(deviceCode) ?? null,
    deviceByUserCode: (typed) =>
      [...devices.values()].find((device) => plainCode(device.userCode) === plainCode(typed)) ?? null,
  }
}

/** What has become of a device code that is asked for. */
export type DevicePoll = 'expired' | 'denied' | 'used' | 'slow-down' | 'pending' | Person

/**
 * One question of a device, counted: asking before the interval is over adds 5 seconds to it (RFC 8628 section 3.5).
 * A granted code is used up by the answer.
 */
export function pollDevice(device: PendingDevice, clock: Clock): DevicePoll {
  const now = clock.now()
  const early = now - device.askedAt < device.interval * 1000
  device.askedAt = now
  if (device.answer.kind === 'denied') return 'denied'
  if (device.answer.kind === 'used') return 'used'
  if (now >= device.expiresAt) return 'expired'
  if (early) {
    device.interval += 5
    return 'slow-down'
  }
  if (device.answer.kind === 'pending') return 'pending'
  const { person } = device.answer
  device.answer = { kind: 'used' }
  return person
}

/** Whether a verifier answers a challenge (RFC 7636 section 4.6). */
export function answersChallenge(challenge: Challenge, verifier: string | null): boolean {
  if (verifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const derived = challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  return derived === challenge.value
}

/** Whether an address is http on this machine; by IP address only, unless `named` lets `localhost` count. */
export function isLoopback(uri: URL, named = false): boolean {
  const literal = /^(127(\.\d{1,3}){3}|\[::1\])$/.test(uri.hostname)
  return uri.protocol === 'http:' && (literal || (named && uri.hostname === 'localhost'))
}

/**
 * An http address on a loopback IP literal without its port (RFC 8252 section 7.3), null for any other. The text is kept
 * as it is: a parser of URLs would take dots out of its path.
 */
export function withoutLoopbackPort(address: string): string | null {
  const uri = parseUrl(address)
  return uri && isLoopback(uri) ? address.replace(/^(http:\/\/[^/?#:[\]]+|http:\/\/\[::1\]):\d+/i, '$1') : null
}

/** Parses an address, answering null instead of throwing. */
export function parseUrl(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/** The address with more query parameters; also right for schemes of apps' own. */
export function withQuery(address: string, parameters: Readonly<Record<string, string | null>>): string {
  const added = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
  )
  return `${address}${address.includes('?') ? '&' : '?'}${added}`
}
