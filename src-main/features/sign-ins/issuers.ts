import { array, type InferOutput, object, string } from 'valibot'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import { announcesIssuer } from '../../oauth/server-metadata'
import type { SignInOffer } from '../../providers/provider'
import type { Store } from '../../storage/store'

/** Hosts whose answers name their issuer, on disk. */
export const IssuerRecords = array(object({ host: string() }))
export type IssuerRecords = Readonly<InferOutput<typeof IssuerRecords>>

/** Which hosts name themselves in their answers (RFC 9207). One that did so once has to from then on. */
export interface Issuers {
  /** Whether the host has done so before, or announces it. Never rejects. */
  mustName(host: string, redirect: NonNullable<SignInOffer['redirect']>): Promise<boolean>
  /** The host has done so. Never rejects. */
  named(host: string): Promise<void>
}

/** @see Issuers */
export const createIssuers = (store: Store<IssuerRecords>, fetch: Fetch, log: Pick<Log, 'error'>): Issuers => {
  const known = (host: string) => store.read().some((one) => one.host === host)

  const named = async (host: string): Promise<void> => {
    if (known(host)) return
    try {
      await store.update((hosts) => [...hosts.filter((one) => one.host !== host), { host }])
    } catch (error) {
      log.error('A host that names itself could not be remembered', { error })
    }
  }

  return {
    named,
    mustName: async (host, { issuer = host }) => {
      if (known(host)) return true
      if (!(await announcesIssuer(fetch, [issuer, host]))) return false
      await named(host)
      return true
    },
  }
}
