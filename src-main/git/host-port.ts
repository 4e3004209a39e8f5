import { isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import type { AddressReason } from './address'

type HostPort =
  | { readonly host: string; readonly port: number | null }
  | { readonly reason: AddressReason; readonly host?: string }

/** Reads `host`, `host:port` or `[address]:port`; `host` beside a reason is what was probably meant. */
export const readHostPort = (place: string): HostPort => {
  if (place.startsWith('-')) return { reason: 'option' }
  if (place.includes('%')) return { reason: 'percent' }
  const [, name = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(place) ?? []
  const host = readHost(name)
  if ('reason' in host) return host
  if (digits === undefined || digits === '') return { host: host.host, port: null }
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
  return port < 1 || port > 65535 ? { reason: 'port-invalid' } : { host: host.host, port }
}

const readHost = (
  name: string,
): { readonly host: string } | { readonly reason: AddressReason; readonly host?: string } => {
  if (name.startsWith('[')) {
    const inner = name.slice(1, -1)
    return isIPv6(inner) ? { host: new URL(`http://[${inner}]`).hostname } : { reason: 'host-invalid' }
  }
  // A name in other letters can look like one that it is not, so its real name is shown first (RFC 3492).
  if (/[^\x21-\x7e]/.test(name)) {
    const real = domainToASCII(name)
    return real === '' ? { reason: 'host-invalid' } : { reason: 'lookalike-host', host: real }
  }
  const host = name.toLowerCase()
  const labels = host.split('.')
  const sound = host.length <= 253 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))
  if (!sound) return { reason: 'host-invalid' }
  // Numbers in other notations (0x7f.1, 2130706433) are addresses in disguise (WHATWG URL, "ends in a number").
  const numeric = /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')
  const plain = labels.length === 4 && labels.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  return numeric && !plain ? { reason: 'host-invalid' } : { host }
}
