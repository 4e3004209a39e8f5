import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as keyring from '@napi-rs/keyring'
import { fitsCheck } from '../credentials/envelope'
import { answerKeychain } from '../credentials/key-holders/answer-keychain'
import { Secret } from '../credentials/secret'
import { decodeDocument, type VaultDocument } from '../credentials/vault-document'
import { readRecord } from '../credentials/vault-records'
import { AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import { decodeCredential } from '../features/accounts/credential-codec'
import { vaultName } from '../features/accounts/credential-holder'
import { lastsForGit } from '../features/accounts/renewal-time'
import { credentialAnswer } from '../git/credential-pipe'
import { findProvider } from '../providers/registry'
import { requireReadable } from '../storage/profile-folder'
import { chooseAccount } from './choose-account'
import { readQuestion } from './credential-question'
import { openFileStore } from './file-store'

/** The one account that a question can be about, or null where there is none or a choice. */
const onlyAccount = ({ accounts }: AccountsDocument, input: string) => {
  const question = readQuestion(input)
  if (question === null) return null
  const [one, ...others] = accounts.filter((account) => chooseAccount([account], question, []) !== null)
  return one !== undefined && others.length === 0 ? one : null
}

/** The key of a vault that the system's keychain keeps. Waits for its dialog, as git's own helpers do, and no longer than is watched. */
const keyOf = ({ id, holder, check }: VaultDocument, watch: () => () => void): Secret | null => {
  if (holder.name !== 'keychain') return null
  const stop = watch()
  const answer = answerKeychain(keyring, { id: 1, call: 'get', service: holder.service, account: holder.account })
  stop()
  if (answer.call !== 'get' || answer.password === null) return null
  const key = new Secret(answer.password)
  return fitsCheck(key, id, check) ? key : null
}

/**
 * The answer to git from the files of an app that is not running, where nothing has to be chosen, unlocked or renewed.
 * Nothing is awaited and nothing written, so it takes no thread and no lock: git is answered in half the time. Null for
 * whatever else there may be, which `alone.ts` does or tells the reason of.
 * @param watch called before the keychain is asked, which may block; what it returns is called when it has answered
 * @throws for files that can't be read
 */
export const loginAtHand = (
  profile: string,
  input: string,
  now: number,
  watch: () => () => void = () => () => undefined,
): string | null => {
  const document = openFileStore<AccountsDocument>(profile, 'accounts', AccountsDocument, noAccounts).read()
  const account = onlyAccount(document, input)
  if (account === null || account.state === 'expired' || Object.hasOwn(document.renewals, account.id)) return null
  const path = join(profile, 'vault.json')
  requireReadable(path)
  const vault = decodeDocument(readFileSync(path))
  const key = keyOf(vault, watch)
  const record = key && readRecord(vault, key, vaultName(account.id))
  const bound = record && decodeCredential(record)
  if (bound === null || bound.provider !== account.provider || bound.host !== account.host) return null
  const provider = findProvider(bound.provider)
  if (provider === null || !lastsForGit(bound.credential, now)) return null
  return credentialAnswer({ ...provider.gitCredential(bound.credential), origin: new URL(bound.host).origin })
}
