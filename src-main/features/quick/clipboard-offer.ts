import type { Account } from '../../../src-preload/contract/entities/account'
import { hostOf, parseAddress } from '../../git/address'

/** A clone address that somebody has copied, and what it leads to. */
export interface ClipboardOffer {
  /** Host and path, for people. */
  readonly name: string
  /** Where in the window it goes on: the repository in the list, or connecting its host. */
  readonly to: string
}

/**
 * What copied text offers, or null when it is no clone address. Any page has an `https` address, so one without `.git` at
 * its end counts only on a host that is known.
 * @param known host names of the providers, e.g. `git.example.com`
 */
export const clipboardOffer = (
  text: string,
  accounts: readonly Account[],
  known: readonly string[],
): ClipboardOffer | null => {
  const parsed = parseAddress(text)
  if (!parsed.ok) return null
  const { address } = parsed
  const host = hostOf(address)
  const path = decodePath(address.path.replace(/^\//, '').replace(/\.git$/, ''))
  const account = accounts.find((one) => {
    const at = new URL(one.host)
    return one.can.list && (address.kind === 'ssh' ? at.hostname === address.host : at.host === host)
  })
  const cloneable = address.kind === 'ssh' || address.path.endsWith('.git')
  if (!cloneable && (!path.includes('/') || (account === undefined && !known.includes(host)))) return null
  const name = `${host}/${path}`
  if (account !== undefined) return { name, to: `/repositories?${new URLSearchParams({ text: path })}` }
  return address.kind === 'ssh'
    ? { name, to: `/accounts/connect/ssh?${new URLSearchParams({ address: address.url })}` }
    : { name, to: `/accounts/connect?${new URLSearchParams({ host: address.url })}` }
}

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
