import { isDeepStrictEqual } from 'node:util'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Fetch } from '../../network/fetch'
import { type Answer, toAnswer } from '../../providers/answer'
import type { Provider, ProviderClient } from '../../providers/provider'
import { namedBase } from '../../providers/typed-address'
import type { AccountRecord } from './account-record'

/** Time for one question to a stranger's address, in ms. */
const timeoutMs = 5000
const maxBytes = 200_000

/** What the program at an address says of itself to strangers, or null when it is no host of this provider. */
const versionAt = async (fetch: Fetch, { recognise: { probe } }: Provider, host: string): Promise<Answer | null> => {
  if (probe === null) return null
  try {
    const url = host + probe.path
    const response = await fetch(url, { headers: { accept: 'application/json' }, timeout: timeoutMs, maxBytes })
    const answer = await toAnswer(response, new URL(url))
    return probe.confirms(answer) ? answer : null
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

/** What proves that a host may be used at the address that was typed. */
export interface TypedAddressParts {
  readonly fetch: Fetch
  readonly provider: Provider
  /** As the host answers, without any change to its links. */
  readonly client: ProviderClient
}

/**
 * The address by which an account's host names itself, once it is proved that this is wrong for this computer and that the
 * host at the typed address is the account's: the same person by the immutable id, and a host of its provider, while at
 * the other address there is none, or another one. The credential goes to the typed address only.
 * @throws Failure `different-person`, `not-a-forge`, `foreign-link-refused` with `works` when the other address works too,
 * those of `namedBase` and of the provider
 */
export const proveTypedAddress = async (
  { host, viewerId }: Pick<AccountRecord, 'host' | 'viewerId'>,
  { fetch, provider, client }: TypedAddressParts,
): Promise<string> => {
  const { id, login } = await client.viewer()
  if (id !== viewerId) throw new Failure('different-person', { host, login })
  const named = await namedBase(client)
  const [here, there] = await Promise.all([versionAt(fetch, provider, host), versionAt(fetch, provider, named)])
  if (here === null) throw new Failure('not-a-forge', { host: new URL(host).host })
  if (named !== host && there !== null && isDeepStrictEqual(here.body, there.body)) {
    throw new Failure('foreign-link-refused', { host, to: named, works: 'true' })
  }
  return named
}
