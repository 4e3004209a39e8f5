import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { array, object, parse, string } from 'valibot'
import { TrustedCertificate } from '../../src-preload/contract/certificates'
import { Settings } from '../../src-preload/contract/entities/settings'
import { Failure } from '../../src-preload/contract/outcome'
import { systemClock } from '../clock'
import { createVault } from '../credentials/envelope-vault'
import { deriveHere } from '../credentials/key-holders/derive-key'
import { createKeychainHolder } from '../credentials/key-holders/keychain'
import { createKeychain } from '../credentials/key-holders/keychain-client'
import { createPassphraseHolder } from '../credentials/key-holders/passphrase'
import { createSafeStorageHolder } from '../credentials/key-holders/safe-storage'
import { createSessionHolder } from '../credentials/key-holders/session'
import type { Vault } from '../credentials/vault'
import { createVaultFile } from '../credentials/vault-file'
import { createAccounts } from '../features/accounts/accounts'
import { AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import { createRepositories } from '../features/repositories/repositories'
import { createOAuthApps, OAuthAppRecords } from '../features/settings/oauth-apps'
import type { Log } from '../log/log'
import { createFetch } from '../network/create-fetch'
import { createProxyFor } from '../network/proxy/proxy-for'
import { readProxyLogin } from '../network/proxy/proxy-login'
import { refreshCredential } from '../oauth/refresh'
import { createHttp } from '../providers/http'
import { findProvider } from '../providers/registry'
import { unreadableFile } from '../storage/profile-folder'
import { createIndexFolder } from '../storage/repository-index/index-folder'
import { type Answer, createAnswer } from './answer'
import { anyRow } from './any-row'
import { openFileStore } from './file-store'
import { keyringHere } from './keyring-here'

/** What runs in the app's place for one command needs to know. */
export interface AloneParts {
  /** The app's own folder. */
  readonly profile: string
  readonly resources: string
  readonly version: string
  /** What the environment said about OAuth apps. */
  readonly oauthVariables: Record<string, string>
}

/** Nothing is logged here: who asked is told at once. */
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What is said of a vault that is not there. */
const noVault = 'none yet'

const Certificates = array(object({ ...TrustedCertificate.entries, pem: string() }))

/**
 * Answers one command from the files of an app that is not running, by the same parts: only the window, the dialogs and
 * Electron's own encryption are missing. The caller holds the app's lock meanwhile, so nobody else writes.
 * @throws Failure `storage-failed`
 */
export const openAlone = async ({ profile, resources, version, oauthVariables }: AloneParts): Promise<Answer> => {
  const unreadable = unreadableFile(profile)
  if (unreadable !== null) throw new Failure('storage-failed', { path: unreadable.path, reason: unreadable.code })
  const clock = systemClock
  const announce = () => undefined
  const openPage = async () => {
    throw new Failure('cancelled')
  }
  const settings = openFileStore(profile, 'settings', Settings, parse(Settings, {})).read()
  const sealed = createVault({
    file: createVaultFile({ folder: profile, clock, log }),
    holders: {
      keychain: createKeychainHolder(createKeychain(keyringHere, clock), 'CloudAIPilot'),
      safeStorage: createSafeStorageHolder({
        isEncryptionAvailable: () => false,
        encryptString: () => Buffer.alloc(0),
        decryptString: () => '',
      }),
      passphrase: (passphrase) => createPassphraseHolder(passphrase, deriveHere),
      session: createSessionHolder,
    },
    clock,
    log,
  })
  let opening: Promise<string> | null = null
  /** Opened when something in it is asked for: a question about a host of no account is no reason for a keychain's dialog. */
  const open = (): Promise<string> => {
    // A vault that is not there yet is for the app to make, where a person can say how.
    opening ??= existsSync(join(profile, 'vault.json'))
      ? sealed.open().then(
          ({ state }) => state,
          () => sealed.status().state,
        )
      : Promise.resolve(noVault)
    return opening
  }
  const opened = async <T>(call: () => Promise<T>): Promise<T> => {
    if ((await open()) === noVault) throw new Failure('vault-locked')
    return call()
  }
  const vault: Vault = {
    get: (name) => opened(() => sealed.get(name)),
    set: (name, value) => opened(() => sealed.set(name, value)),
    delete: (name) => opened(() => sealed.delete(name)),
    writeAhead: (name) => opened(() => sealed.writeAhead(name)),
    names: () => opened(() => sealed.names()),
  }
  const trusted = openFileStore(profile, 'certificates', Certificates, []).read()
  const fetch = createFetch({
    userAgent: `CloudAIPilot/${version}`,
    proxyFor: createProxyFor({
      settings: () => settings.proxy,
      env: () => process.env,
      // Without a display the system can't be asked.
      system: async () => null,
    }),
    proxyLogin: (proxy) => readProxyLogin(vault, proxy),
    trustedCertificate: (host) => trusted.find((certificate) => certificate.host === host)?.pem ?? null,
  })
  const oauthApps = createOAuthApps({
    bundled: JSON.parse(readFileSync(join(resources, 'providers.json'), 'utf8')) as unknown,
    env: oauthVariables,
    publicHost: (provider) => findProvider(provider)?.publicHost ?? null,
    store: openFileStore<OAuthAppRecords>(profile, 'oauth-apps', OAuthAppRecords, []),
    vault,
  })
  const accounts = createAccounts({
    store: openFileStore<AccountsDocument>(profile, 'accounts', AccountsDocument, noAccounts),
    vault,
    providers: { get: findProvider },
    createHttp,
    fetch,
    refreshToken: async (credential, place) =>
      refreshCredential(
        { ...place, fetch, now: clock.now },
        credential,
        await oauthApps.find(place.provider, place.host),
      ),
    oauthApps,
    // Keys are the app's to try: it has the agent and the known hosts.
    checkSsh: async () => {
      throw new Failure('cancelled')
    },
    dependentsOf: () => ({ apps: [], webhooks: 0, deployKeys: 0 }),
    madeBy: () => [],
    openPage,
    clock,
    announce,
    log,
  })
  const repositories = createRepositories({
    access: accounts.access,
    folder: createIndexFolder(join(profile, 'repositories')),
    listed: () => undefined,
    openPage,
    clock,
    announce,
    log,
  })
  let loaded: Promise<unknown> | null = null
  return createAnswer({
    accounts: {
      list: accounts.list,
      checkAll: async () => {
        await accounts.handlers.refreshAll(undefined)
        return accounts.list()
      },
      check: accounts.check,
    },
    access: accounts.access,
    // The keychain is asked on this thread, whose time the first one watches.
    unlocked: async () => undefined,
    repositories: async (text) => {
      loaded ??= repositories.load()
      await loaded
      return (await repositories.handlers.query({ ...anyRow, text })).rows
    },
    deploy: null,
    facts: async () => ({
      version,
      app: 'not running',
      vault: await open(),
      accounts: String(accounts.list().length),
    }),
  })
}
