import type { Account } from '../../src-preload/contract/entities/account'
import { Secret } from '../credentials/secret'
import { type Accounts, createAccounts } from '../features/accounts/accounts'
import { type AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import type { AccountsParts } from '../features/accounts/accounts-parts'
import { createHttp } from '../providers/http'
import type { Provider } from '../providers/provider'
import { type FixedClock, fixedClock } from './fixed-clock'
import { type MemoryStore, memoryStore } from './memory-store'
import { type MemoryVault, memoryVault } from './memory-vault'
import { createTokenForge, type TokenForge } from './token-forge'
import { createTokenProvider, credentialOf, refreshAt } from './token-provider'

/** The accounts feature in memory, with everything around it that a test may look at or turn. */
export interface TestAccounts {
  readonly clock: FixedClock
  readonly forge: TokenForge
  readonly store: MemoryStore<AccountsDocument>
  readonly vault: MemoryVault
  /** Payloads of `accounts.changed`. */
  readonly announced: (readonly Account[])[]
  readonly opened: string[]
  provider: Provider
  accounts: Accounts
  /** The app again, over the same store and vault. */
  restart(changes?: Partial<AccountsParts>): void
  connect(
    person?: string,
    reconnects?: string | null,
  ): Promise<{
    readonly id: string
    readonly pair: { readonly access: string; readonly refresh: string }
    readonly connected: Awaited<ReturnType<Accounts['connector']['connect']>>
  }>
  /** An account by a token made by hand. */
  connectToken(): Promise<string>
  /** State and reason in a word or two. */
  stateOf(id: string): string
}

const hour = 3_600_000

export const testAccounts = (): TestAccounts => {
  const clock = fixedClock()
  const forge = createTokenForge()
  const store = memoryStore<AccountsDocument>(noAccounts)
  const vault = memoryVault()
  const announced: (readonly Account[])[] = []
  const opened: string[] = []
  const silent = () => undefined
  const run = (changes: Partial<AccountsParts> = {}) =>
    createAccounts({
      store,
      vault,
      providers: { get: (id) => (id === test.provider.id ? test.provider : null) },
      createHttp: (parts) => createHttp({ ...parts, wait: async () => undefined }),
      checkSsh: async () => undefined,
      fetch: forge.fetch,
      refreshToken: refreshAt(forge.fetch, () => clock.now()),
      oauthApps: { find: async () => null },
      dependentsOf: () => ({ apps: [], webhooks: 0, deployKeys: 0 }),
      madeBy: () => [],
      openPage: async (url) => {
        opened.push(url)
      },
      clock,
      announce: (_, payload) => {
        announced.push(payload as readonly Account[])
      },
      log: { info: silent, warn: silent, error: silent },
      ...changes,
    })
  const connectWith = (
    credential: Parameters<Accounts['connector']['connect']>[0]['credential'],
    reconnects: string | null,
  ) => test.accounts.connector.connect({ provider: 'forge', host: forge.host, credential, reconnects })

  const test: TestAccounts = {
    clock,
    forge,
    store,
    vault,
    announced,
    opened,
    provider: createTokenProvider(),
    accounts: undefined as unknown as Accounts,
    restart: (changes) => {
      test.accounts = run(changes)
    },
    connect: async (person = 'ada', reconnects = null) => {
      const pair = forge.issue(person)
      const connected = await connectWith(credentialOf(pair, clock.now() + hour), reconnects)
      return { pair, connected, id: connected.kind === 'connected' ? connected.account.id : '' }
    },
    connectToken: async () => {
      const token = new Secret(forge.issue().access)
      const connected = await connectWith({ kind: 'token', token, username: null }, null)
      return connected.kind === 'connected' ? connected.account.id : ''
    },
    stateOf: (id) => {
      const { state, reason } = test.accounts.get(id)
      return `${state}${reason === null ? '' : ` ${reason.code}`}`
    },
  }
  test.restart()
  return test
}

/** Lets promises that nobody holds come to their end. */
export const calm = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
