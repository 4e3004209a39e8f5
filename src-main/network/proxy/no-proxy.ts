import { BlockList, isIP } from 'node:net'

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')

/** Whether an address lies in a network such as `10.0.0.0/8` or `fd00::/8` (RFC 4632, RFC 4291 section 2.3). */
const isWithin = (address: string, network: string, bits: number): boolean => {
  const family = isIP(address)
  if (family === 0 || isIP(network) !== family || bits > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6')
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

const sameAddress = (one: string, other: string): boolean =>
  isIP(one) !== 0 && isIP(one) === isIP(other) && isWithin(one, other, isIP(one) === 4 ? 32 : 128)

/** `host`, `host:port`, `[address]:port` or an address alone, whose colons are its own. */
const entryParts = (entry: string): { readonly host: string; readonly port: string | null } => {
  const [, inBrackets, plain, port] = /^(?:(\[[^\]]*\])|([^:]*))(?::(\d+))?$/.exec(entry) ?? []
  return { host: bare(inBrackets ?? plain ?? entry), port: port ?? null }
}

const matches = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true
  const [, network, bits] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/i.exec(entry) ?? []
  if (network !== undefined) return isWithin(host, network, Number(bits))
  const wanted = entryParts(entry.replace(/^\*?\./, ''))
  if (wanted.host === '' || (wanted.port !== null && wanted.port !== port)) return false
  if (isIP(host) !== 0) return sameAddress(host, wanted.host)
  return host === wanted.host || host.endsWith(`.${wanted.host}`)
}

/**
 * Whether `NO_PROXY` excepts an address, as curl reads it (curl(1), `--noproxy`): names with all below them, with or without a
 * dot in front, addresses, networks, `host:port`, and `*` for all; commas or spaces between.
 */
export const isExcepted = (list: string, { hostname, protocol, port }: URL): boolean => {
  const usual = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return list.split(/[\s,]+/).some((entry) => entry !== '' && matches(entry, bare(hostname), usual))
}
