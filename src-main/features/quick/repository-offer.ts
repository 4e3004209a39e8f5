import type { Account } from '../../../src-preload/contract/entities/account'
import { type CloneAddress, hostOf, parseAddress } from '../../git/address'

/** A clone address that somebody has copied or linked to, and what it leads to. */
export interface RepositoryOffer {
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
): RepositoryOffer | null => {
  const address = read(text)
  if (address === null) return null
  const cloneable = address.kind === 'ssh' || address.path.endsWith('.git')
  const familiar = accountOf(address, accounts) !== undefined || known.includes(hostOf(address))
  if (!cloneable && (!pathOf(address).includes('/') || !familiar)) return null
  return offer(address, accounts)
}

/** What a link that names a clone address offers, or null when it is none. */
export const linkOffer = (text: string, accounts: readonly Account[]): RepositoryOffer | null => {
  const address = read(text)
  return address === null ? null : offer(address, accounts)
}

/** A clone address, or that of the repository whose page it is. */
const read = (text: string): CloneAddress | null => {
  const parsed = parseAddress(text)
  if (parsed.ok) return parsed.address
  const meant = parsed.reason === 'page' && parsed.corrected !== null ? parseAddress(parsed.corrected) : null
  return meant?.ok ? meant.address : null
}

const pathOf = ({ path }: CloneAddress): string => decodePath(path.replace(/^\//, '').replace(/\.git$/, ''))

const accountOf = (address: CloneAddress, accounts: readonly Account[]): Account | undefined =>
  accounts.find((one) => {
    const at = new URL(one.host)
    return one.can.list && (address.kind === 'ssh' ? at.hostname === address.host : at.host === hostOf(address))
  })

const offer = (address: CloneAddress, accounts: readonly Account[]): RepositoryOffer => {
  const path = pathOf(address)
  const name = `${hostOf(address)}/${path}`
  if (accountOf(address, accounts) !== undefined)
    return { name, to: `/repositories?${new URLSearchParams({ text: path })}` }
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
