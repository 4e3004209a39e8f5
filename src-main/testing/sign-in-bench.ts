import { vi } from 'vitest'
import type { SignIn } from '../../src-preload/contract/entities/sign-in'
import type { EventName, Events } from '../../src-preload/contract/events'
import type { Notice } from '../../src-preload/contract/system'
import type { HttpCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'
import { deepLinkCallback } from '../deep-link/address'
import { deepLinkFromArgv } from '../deep-link/from-argv'
import { isSignInLink } from '../deep-link/parse'
import type { Connected } from '../features/accounts/account-connector'
import type { AccountRecord } from '../features/accounts/account-record'
import { createSignIns, type SignIns } from '../features/sign-ins/create-sign-ins'
import { createIssuers, type IssuerRecords } from '../features/sign-ins/issuers'
import type { SignInPorts } from '../features/sign-ins/ports'
import type { Fetch } from '../network/fetch'
import type { OAuthClient } from '../oauth/token-call'
import type { Provider, SignInOffer } from '../providers/provider'
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server'
import { testFetch } from './connection'
import { accountRecord } from './fake-access'
import { type FixedClock, fixedClock } from './fixed-clock'
import { memoryStore } from './memory-store'
import { type MemoryVault, memoryVault } from './memory-vault'
import { silentLog } from './silent-log'

/** The sign-in feature between a real OAuth server and what a test can look at. */
export interface SignInBench {
  readonly server: AuthorizationServer
  readonly clock: FixedClock
  readonly vault: MemoryVault
  signIns: SignIns
  /** The deep link by which answers of the server come back. */
  readonly callback: string
  /** Addresses that were opened in the browser, in order. */
  readonly opened: readonly string[]
  readonly copied: readonly string[]
  readonly announced: readonly SignIn[]
  readonly notices: readonly Omit<Notice, 'id'>[]
  /** Credentials that were handed over. */
  readonly connected: readonly HttpCredential[]
  readonly showWindow: ReturnType<typeof vi.fn<() => void>>
  readonly logged: readonly string[]
  /** What may be changed before it is used. */
  provider: Provider
  /** Scopes of the account that is reconnected. */
  granted: readonly string[] | null
  /** Whether the token of the account that is reconnected is accepted. */
  tokenWorks: boolean
  ownsScheme: boolean
  client: OAuthClient | null
  offer: SignInOffer
  connectWith: (credential: HttpCredential) => Promise<Connected>
  openInBrowser: (url: string) => Promise<void>
  start(changes?: Partial<Parameters<SignIns['handlers']['start']>[0]>): ReturnType<SignIns['handlers']['start']>
  /** The sign-in as it was last announced. */
  now(): SignIn
  /** Delivers a link as the system does, in argv. */
  deliver(address: string): Promise<void>
  /** A new run of the app on the same disk: what was in memory is gone. */
  restart(): void
  close(): Promise<void>
}

export const account: AccountRecord = accountRecord({
  id: 'account-1',
  provider: 'test',
  host: 'https://git.example',
  viewerId: '1',
  login: 'ada',
  name: 'Ada',
  isDefault: true,
})

const noClient = () => {
  throw new Error('Signing in needs no client')
}

const providerOf = (offer: () => SignInOffer, host: string): Provider => ({
  id: 'test',
  publicHost: null,
  card: {
    id: 'test',
    title: 'Test',
    icon: '',
    hosts: [{ label: 'Test', host }],
    selfHosted: true,
    ways: ['redirect', 'device', 'token'],
  },
  signIn: offer,
  apiBase: (base) => base,
  authorization: () => ({}),
  headers: {},
  gitCredential: noClient,
  explain: () => null,
  client: noClient,
  recognise: { hosts: ['git.example'], realm: /x/, probe: null },
})

export const startSignInBench = async (
  clientSecret: string | null = null,
  fetch: Fetch = testFetch,
): Promise<SignInBench> => {
  const server = await startAuthorizationServer(clientSecret)
  const clock = fixedClock()
  const vault = memoryVault()
  const opened: string[] = []
  const copied: string[] = []
  const announced: SignIn[] = []
  const notices: Omit<Notice, 'id'>[] = []
  const connected: HttpCredential[] = []
  const log = silentLog()
  const issuers = memoryStore<IssuerRecords>([])
  const showWindow = vi.fn<() => void>()

  const ports: SignInPorts = {
    providers: { list: () => [bench.provider], get: (id) => (id === bench.provider.id ? bench.provider : null) },
    fetch,
    oauthApps: { find: async () => bench.client },
    issuers: createIssuers(issuers, fetch, log),
    accounts: {
      connect: ({ credential }) => {
        connected.push(credential)
        return bench.connectWith(credential)
      },
    },
    grantedScopes: () => bench.granted,
    tokenWorks: async () => bench.tokenWorks,
    vault,
    openInBrowser: (url) => {
      opened.push(url)
      return bench.openInBrowser(url)
    },
    copyToClipboard: async (text) => {
      copied.push(text)
    },
    showWindow,
    ownsScheme: () => bench.ownsScheme,
    detectHost: async (address) => ({ host: address, provider: null, repository: null, by: 'none' }),
    clock,
    announce: <E extends EventName>(event: E, payload: Events[E]) => {
      if (event === 'sign-ins.changed' && payload !== null) announced.push(payload as SignIn)
    },
    addNotice: (notice) => {
      notices.push(notice)
    },
    log,
  }

  const bench: SignInBench = {
    server,
    clock,
    vault,
    signIns: createSignIns(ports),
    callback: deepLinkCallback(server.host),
    opened,
    copied,
    announced,
    notices,
    connected,
    showWindow,
    logged: log.messages,
    provider: providerOf(() => bench.offer, server.host),
    ownsScheme: true,
    granted: null,
    tokenWorks: true,
    client: { clientId: server.clientId, clientSecret: clientSecret === null ? null : new Secret(clientSecret) },
    offer: server.offer(),
    connectWith: async () => ({ kind: 'connected', account, repositoryCount: null }),
    openInBrowser: async () => {},
    start: (changes) =>
      bench.signIns.handlers.start({
        provider: bench.provider.id,
        host: server.host,
        way: 'redirect',
        reconnects: null,
        deploys: false,
        ...changes,
      }),
    now: () => {
      const last = announced.at(-1)
      if (!last) throw new Error('Nothing was announced')
      return last
    },
    deliver: async (address) => {
      const link = deepLinkFromArgv(['/opt/app', '--flag', address])
      if (link === null || !isSignInLink(link)) throw new Error(`No link: ${address}`)
      await bench.signIns.handleDeepLink(link)
    },
    restart: () => {
      bench.signIns = createSignIns(ports)
    },
    close: async () => {
      const current = await bench.signIns.handlers.current(undefined)
      if (current) await bench.signIns.handlers.cancel({ id: current.id })
      await server.close()
    },
  }
  return bench
}
