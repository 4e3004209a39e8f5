import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../clock'
import { noAccounts } from '../features/accounts/accounts-document'
import { decodeCredential, encodeCredential } from '../features/accounts/credential-codec'
import type { Fetch } from '../network/fetch'
import { accountsOnDisk } from './accounts-on-disk'
import { accountRecord } from './fake-access'
import type { TokenForge } from './token-forge'
import { credentialOf } from './token-provider'

/** Id of the account that `expiredAccount` makes. */
export const expiredAccountId = 'account-1'

const noFetch: Fetch = async () => {
  throw new Error('Nobody is to be asked')
}

/** A profile on the disk with one account whose access token has just ended. */
export const expiredAccount = async (
  home: string,
  forge: TokenForge,
  person: string,
): Promise<ReturnType<TokenForge['issue']>> => {
  await mkdir(home)
  const pair = forge.issue(person)
  const record = accountRecord({
    id: expiredAccountId,
    provider: 'forge',
    host: forge.host,
    kind: 'oauth',
    viewerId: person,
    login: person,
    isDefault: true,
  })
  await writeFile(join(home, 'accounts.json'), JSON.stringify({ ...noAccounts, accounts: [record] }))
  const { vault } = await accountsOnDisk(home, noFetch, systemClock)
  const bound = { provider: 'forge', host: forge.host, credential: credentialOf(pair, Date.now() - 1000) }
  await vault.set(`account/${expiredAccountId}`, encodeCredential(bound))
  return pair
}

/** The refresh token that the next start finds. */
export const refreshTokenIn = async (home: string): Promise<string> => {
  const { vault } = await accountsOnDisk(home, noFetch, systemClock)
  const value = await vault.get(`account/${expiredAccountId}`)
  const bound = value === null ? null : decodeCredential(value)
  return (bound?.credential.kind === 'oauth' && bound.credential.refreshToken?.reveal()) || ''
}
