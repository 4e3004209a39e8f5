import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { HttpCredential } from '../credentials/credential'
import { createVault } from '../credentials/envelope-vault'
import { deriveHere } from '../credentials/key-holders/derive-key'
import { createKeychainHolder } from '../credentials/key-holders/keychain'
import { createPassphraseHolder } from '../credentials/key-holders/passphrase'
import { createSafeStorageHolder } from '../credentials/key-holders/safe-storage'
import { createSessionHolder } from '../credentials/key-holders/session'
import { Secret } from '../credentials/secret'
import type { EnvelopeVault } from '../credentials/vault-door'
import { createVaultFile } from '../credentials/vault-file'
import type { AccountRecord } from '../features/accounts/account-record'
import { type AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import { encodeCredential } from '../features/accounts/credential-codec'
import { vaultName } from '../features/accounts/credential-holder'
import { providers } from '../providers/registry'
import { accountRecord } from '../testing/fake-access'
import { fixedClock } from '../testing/fixed-clock'
import { memoryKeychain } from '../testing/memory-keychain'
import { silentLog } from '../testing/silent-log'
import { loginAtHand } from './login-at-hand'

const system = vi.hoisted(() => ({ entries: new Map<string, string>() }))
vi.mock('@napi-rs/keyring', () => ({
  Entry: class {
    constructor(
      _service: string,
      readonly account: string,
    ) {}
    getPassword = () => system.entries.get(this.account) ?? null
  },
  findCredentials: () => [],
}))

const now = Date.UTC(2026, 10, 23)
const [provider] = providers
const host = 'https://forge.test'
const question = 'protocol=https\nhost=forge.test\npath=ada/engine.git\n\n'

let profile: string
let vault: EnvelopeVault
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'at-hand-'))
  const keychain = memoryKeychain()
  const clock = fixedClock(now)
  vault = createVault({
    file: createVaultFile({ folder: profile, clock, log: silentLog() }),
    holders: {
      keychain: createKeychainHolder(keychain, 'CloudAIPilot test', 'linux'),
      safeStorage: createSafeStorageHolder(
        { isEncryptionAvailable: () => false, encryptString: () => Buffer.alloc(0), decryptString: () => '' },
        'linux',
      ),
      passphrase: (passphrase) =>
        createPassphraseHolder(passphrase, deriveHere, { cost: 2 ** 14, blockSize: 8, parallelism: 1 }),
      session: createSessionHolder,
    },
    clock,
    log: silentLog(),
  })
  system.entries = keychain.entries
  await vault.open()
})
afterEach(async () => {
  await vault.close()
  rmSync(profile, { recursive: true })
})

const account = (change: Partial<AccountRecord>): AccountRecord =>
  accountRecord({ id: 'one', provider: provider?.id ?? '', host, kind: 'token', login: 'ada', ...change })

const token: HttpCredential = { kind: 'token', token: new Secret('open sesame'), username: null }
const pair = (expiresAt: number): HttpCredential => ({
  kind: 'oauth',
  accessToken: new Secret('open sesame'),
  refreshToken: new Secret('again'),
  expiresAt,
  refreshExpiresAt: null,
  scopes: null,
  clientId: 'app',
  redirectUri: null,
})

interface Kept {
  readonly accounts?: readonly AccountRecord[]
  readonly renewals?: AccountsDocument['renewals']
  readonly credential?: HttpCredential
}

/** The files as the app leaves them. */
const keep = async ({ accounts = [account({})], renewals = {}, credential = token }: Kept) => {
  const value: AccountsDocument = { ...noAccounts, accounts, renewals }
  writeFileSync(join(profile, 'accounts.json'), JSON.stringify({ version: 1, value }))
  const bound = { provider: provider?.id ?? '', host, credential }
  await vault.set(vaultName('one'), encodeCredential(bound))
}

const answer = `username=${provider?.gitCredential(token).username}\npassword=open sesame\n`

it('answers from the files', async () => {
  await keep({})
  expect(loginAtHand(profile, question, now)).toBe(answer)
  await keep({ credential: pair(now + 3_600_000), accounts: [account({ kind: 'oauth', state: 'unreachable' })] })
  expect(loginAtHand(profile, question, now)).toBe(answer)
})

it.each<[string, Kept]>([
  ['there is a choice between accounts', { accounts: [account({}), account({ id: 'two', login: 'grace' })] }],
  ['the token is about to end', { credential: pair(now + 60_000) }],
  ['a renewal began and did not end', { renewals: { one: { oldRefreshHash: 'a', startedAt: now } } }],
  ['only a person can help', { accounts: [account({ state: 'expired' })] }],
  ['access was taken away', { accounts: [account({ state: 'revoked' })] }],
  ['the host is another', { accounts: [account({ host: 'https://other.test' })] }],
  ['no account is connected', { accounts: [] }],
])('leaves it to others where %s', async (_, kept) => {
  await keep(kept)
  expect(loginAtHand(profile, question, now)).toBeNull()
})

it('gives a token to no host but its own, whatever the file of accounts says', async () => {
  await keep({ accounts: [account({ host: 'https://thief.test' })] })
  expect(loginAtHand(profile, question.replace('forge.test', 'thief.test'), now)).toBeNull()
})

it('leaves it to others where the key is not in the keychain', async () => {
  await keep({})
  const { entries } = system
  const [[name = '', right = ''] = []] = [...entries]
  entries.set(name, Buffer.alloc(32).toString('base64'))
  expect(loginAtHand(profile, question, now)).toBeNull()
  entries.clear()
  expect(loginAtHand(profile, question, now)).toBeNull()
  entries.set(name, right)
  expect(loginAtHand(profile, question, now)).toBe(answer)
  await vault.choosePassphrase(new Secret('correct horse battery'))
  expect(loginAtHand(profile, question, now)).toBeNull()
})

it('throws for files that it can’t read, so that others tell the reason', async () => {
  await keep({})
  writeFileSync(join(profile, 'vault.json'), 'not a vault')
  expect(() => loginAtHand(profile, question, now)).toThrow()
})

it.skipIf(process.platform === 'win32').each(['vault.json', 'accounts.json'])(
  'waits for no pipe in the place of %s, and reads no endless file',
  async (name) => {
    await keep({})
    const path = join(profile, name)
    rmSync(path)
    execFileSync('mkfifo', [path])
    expect(() => loginAtHand(profile, question, now)).toThrow()
    rmSync(path)
    symlinkSync('/dev/zero', path)
    expect(() => loginAtHand(profile, question, now)).toThrow()
    rmSync(path)
    writeFileSync(path, '')
    truncateSync(path, 4 * 1024 ** 3)
    expect(() => loginAtHand(profile, question, now)).toThrow()
  },
)
