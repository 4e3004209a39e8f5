import type { Repository } from '../../../src-preload/contract/entities/repository'
import type { RemoteRepository } from '../../providers/provider'

/** An address as what stands before and after the path; `after: null` means that `before` is all of it. */
export interface AddressForm {
  readonly before: string
  readonly after: string | null
}

/** Bits of `Row.flags`. */
export const flag = { private: 1, archived: 2, fork: 4 } as const

/**
 * A repository as it is kept in memory, at about 250 bytes: what repeats from row to row (owners, languages, branches,
 * forms of addresses) is held once. Replaced, never changed, but for its three marks.
 */
export interface Row {
  readonly accountId: string
  readonly id: string
  readonly path: string
  /** The path as it is searched. */
  readonly folded: string
  readonly owner: string
  /** Null: the last part of the path. */
  readonly name: string | null
  readonly flags: number
  readonly pushedAt: number | null
  readonly language: string | null
  readonly defaultBranch: string | null
  readonly https: AddressForm
  readonly ssh: AddressForm | null
  readonly web: AddressForm
  /** Number of the listing that saw it last. */
  seen: number
  /** An account of higher rank shows the same repository. */
  twin: boolean
  /** It was deleted or replaced; sorted lists drop it when they are next put in order. */
  gone: boolean
}

/** Holds each distinct text and form of address once. */
export interface Pool {
  text(value: string): string
  form(before: string, after: string | null): AddressForm
}

export const createPool = (): Pool => {
  const texts = new Map<string, string>()
  const forms = new Map<string, AddressForm>()
  return {
    text: (value) => {
      const known = texts.get(value)
      if (known !== undefined) return known
      texts.set(value, value)
      return value
    },
    form: (before, after) => {
      if (after === null) return { before, after }
      const key = `${before}\n${after}`
      const known = forms.get(key)
      if (known !== undefined) return known
      const form = { before, after }
      forms.set(key, form)
      return form
    },
  }
}

/** How paths and searches are compared: composed, in lower case, whatever the language of the system. */
export const fold = (text: string): string => {
  const folded = text.normalize('NFC').toLowerCase()
  return folded === text ? text : folded
}

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const formOf = (address: string, path: string, pool: Pool): AddressForm => {
  const at = address.lastIndexOf(path)
  return at < 0 ? pool.form(address, null) : pool.form(address.slice(0, at), address.slice(at + path.length))
}

const addressOf = ({ before, after }: AddressForm, path: string): string =>
  after === null ? before : before + path + after

/** A row of what the provider says. */
export const toRow = (remote: RemoteRepository, accountId: string, pool: Pool): Row => ({
  accountId,
  id: remote.id,
  path: remote.path,
  folded: fold(remote.path),
  owner: pool.text(remote.owner),
  name: remote.name === baseOf(remote.path) ? null : remote.name,
  flags: (remote.private ? flag.private : 0) | (remote.archived ? flag.archived : 0) | (remote.fork ? flag.fork : 0),
  pushedAt: remote.pushedAt,
  language: remote.language === null ? null : pool.text(remote.language),
  defaultBranch: remote.defaultBranch === null ? null : pool.text(remote.defaultBranch),
  https: formOf(remote.httpsUrl, remote.path, pool),
  ssh: remote.sshUrl === null ? null : formOf(remote.sshUrl, remote.path, pool),
  web: formOf(remote.webUrl, remote.path, pool),
  seen: 0,
  twin: false,
  gone: false,
})

/** The repository as the window gets it. */
export const toRepository = (row: Row): Repository => ({
  key: `${row.accountId}/${row.id}`,
  accountId: row.accountId,
  id: row.id,
  path: row.path,
  owner: row.owner,
  name: row.name ?? baseOf(row.path),
  private: (row.flags & flag.private) !== 0,
  archived: (row.flags & flag.archived) !== 0,
  fork: (row.flags & flag.fork) !== 0,
  language: row.language,
  pushedAt: row.pushedAt,
  defaultBranch: row.defaultBranch,
  httpsUrl: addressOf(row.https, row.path),
  sshUrl: row.ssh === null ? null : addressOf(row.ssh, row.path),
  webUrl: addressOf(row.web, row.path),
})

const sameForm = (one: AddressForm | null, other: AddressForm | null): boolean =>
  one === other || (one !== null && other !== null && one.before === other.before && one.after === other.after)

/** Whether two rows say the same. */
export const sameRow = (one: Row, other: Row): boolean =>
  one.path === other.path &&
  one.flags === other.flags &&
  one.pushedAt === other.pushedAt &&
  one.defaultBranch === other.defaultBranch &&
  one.language === other.language &&
  one.owner === other.owner &&
  one.name === other.name &&
  sameForm(one.https, other.https) &&
  sameForm(one.ssh, other.ssh) &&
  sameForm(one.web, other.web)
