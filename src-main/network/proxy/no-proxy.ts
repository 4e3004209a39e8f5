import { BlockList, isIP } from 'node:net'

const ipOf = (text: string): number => (text.includes('%') ? 0 : isIP(text))

/** Whether an address lies in a network such as `10.0.0.0/8` or `fd00::/8`, or is the one that is named. `/0` is no network for curl. */
const isWithin = (address: string, entry: string): boolean => {
  const [, network = '', digits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
  const version = ipOf(address)
  const most = version === 4 ? 32 : 128
  const bits = Number(digits ?? 0) || most
  if (version === 0 || ipOf(network) !== version || bits > most) return false
  const list = new BlockList()
  list.addSubnet(network, bits, version === 4 ? 'ipv4' : 'ipv6')
  return list.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

/** Whether a name is the one of an entry or below it; one dot in front of that and one behind it mean nothing. */
const isBelow = (host: string, entry: string): boolean => {
  const wanted = entry.toLowerCase().replace(/\.$/, '').replace(/^\./, '')
  return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`))
}

/** `host:port`, `[address]:port`, or an entry that names no port, whose colons are its own. */
const entryParts = (entry: string): { readonly named: string; readonly port: string | null } => {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? []
  return { named: inBrackets ?? plain ?? entry, port: port ?? null }
}

/** What stands between commas. Blanks may stand around an entry; behind a second word curl reads no further. */
const entriesOf = (list: string): readonly string[] => {
  const words = list.split(',').map((entry) => entry.split(/[ \t]+/).filter((word) => word !== ''))
  const last = words.findIndex(({ length }) => length > 1)
  return words.slice(0, last < 0 ? words.length : last + 1).flatMap(([first]) => first ?? [])
}

/**
 * Whether `NO_PROXY` excepts an address, as curl 8 reads it (curl(1), `--noproxy`): names with all below them, addresses and
 * networks, with commas between, or `*` alone for all. Beyond curl, an entry can name one port of a host.
 */
export const isExcepted = (list: string, { hostname, protocol, port }: URL): boolean => {
  if (list === '*') return true
  const host = hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  const usual = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  const isMatch = ipOf(host) === 0 ? isBelow : isWithin
  return entriesOf(list).some((entry) => {
    const { named, port: wanted } = entryParts(entry)
    return (wanted === null || wanted === usual) && isMatch(host, named)
  })
}
