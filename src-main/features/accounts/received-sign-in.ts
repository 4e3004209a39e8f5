import { randomUUID } from 'node:crypto'
import { nullable, object, safeParse, string } from 'valibot'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'
import type { AccountBook } from './account-book'
import type { AccountConnector } from './account-connector'
import type { AccountsParts } from './accounts-parts'
import { type BoundCredential, decodeCredential, encodeCredential } from './credential-codec'
import { vaultName } from './credential-holder'
import { asData, asFailure, familyOf } from './failure-families'

/** The vault's name of tokens that had arrived when the app ended in mid-sign-in. */
export const receivedName = 'sign-in/received'

/** Tokens that a sign-in brought, and the account that signs in again by them, or null for a new one. */
export interface ReceivedSignIn {
  readonly bound: BoundCredential
  readonly reconnects: string | null
}

const Stored = object({ reconnects: nullable(string()), bound: string() })

export const encodeReceived = ({ bound, reconnects }: ReceivedSignIn): Secret =>
  new Secret(JSON.stringify({ reconnects, bound: encodeCredential(bound).reveal() }))

const decodeReceived = (value: Secret): ReceivedSignIn | null => {
  let json: unknown
  try {
    json = JSON.parse(value.reveal())
  } catch {
    return null
  }
  const parsed = safeParse(Stored, json)
  if (!parsed.success) return null
  const bound = decodeCredential(new Secret(parsed.output.bound))
  return bound === null ? null : { bound, reconnects: parsed.output.reconnects }
}

const tokenIn = (credential: HttpCredential): string =>
  (credential.kind === 'oauth' ? credential.accessToken : credential.token).reveal()

/** Whether an account has these tokens already: the app ended after they were kept. */
const isKept = async (vault: AccountsParts['vault'], { credential }: BoundCredential): Promise<boolean> => {
  for (const name of await vault.names()) {
    const value = name.startsWith(vaultName('')) ? await vault.get(name) : null
    const kept = value === null ? null : decodeCredential(value)
    if (kept !== null && tokenIn(kept.credential) === tokenIn(credential)) return true
  }
  return false
}

const readReceived = async (vault: AccountsParts['vault']): Promise<ReceivedSignIn | null> => {
  if (!(await vault.names()).includes(receivedName)) return null
  const value = await vault.get(receivedName)
  const received = value === null ? null : decodeReceived(value)
  if (received !== null && !(await isKept(vault, received.bound))) return received
  await vault.delete(receivedName)
  return null
}

/** Puts the tokens of a new account under an account's name, as if it had got that far. Needs no network. */
export const adoptReceived = async (vault: AccountsParts['vault']): Promise<void> => {
  const received = await readReceived(vault)
  if (received === null || received.reconnects !== null) return
  await vault.set(vaultName(randomUUID()), encodeCredential(received.bound))
  await vault.delete(receivedName)
}

/** Goes on with a reconnection: whose tokens they are has to be asked first. Where nobody answers, the next start asks. */
export const reconnectReceived = async (
  { vault, log }: Pick<AccountsParts, 'vault' | 'log'>,
  book: AccountBook,
  connector: Pick<AccountConnector, 'connect'>,
): Promise<void> => {
  const received = await readReceived(vault)
  if (received === null || received.reconnects === null) return
  const { bound, reconnects } = received
  if (book.find(reconnects) !== null) {
    try {
      const { kind } = await connector.connect({ ...bound, reconnects })
      log.info('A sign-in was brought to its end after a restart', { kind })
    } catch (error) {
      const failure = asFailure(error)
      log.warn('A sign-in could not be brought to its end after a restart', { failure: asData(failure) })
      if (!['ends', 'nothing'].includes(familyOf(failure))) return
    }
  }
  await vault.delete(receivedName)
}
