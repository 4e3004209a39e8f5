import { Failure } from '../../src-preload/contract/outcome'
import { deployScenes } from './deploy-scenes'
import type { Answers } from './fake-bridge'
import {
  account,
  accounts,
  cards,
  certificate,
  info,
  manyAccounts,
  options,
  settings,
  signIn,
  vault,
} from './sample-data'

/** Everything that every scene answers. */
const base = {
  accounts: {
    list: async () => accounts,
    refresh: async ({ id }) => account({ id }),
    refreshAll: async () => accounts,
    dependents: async () => ({
      apps: ['storefront', 'billing', 'docs'].map((name) => ({ id: name, name })),
      webhooks: 2,
      deployKeys: 3,
    }),
    revoke: async ({ id }) => ({
      accountId: id,
      login: 'octocat',
      host: 'https://github.com',
      at: Date.now(),
      steps: [
        { what: 'webhook', name: 'acme/storefront', outcome: 'removed', url: null, failure: null },
        { what: 'deploy-key', name: 'acme/billing', outcome: 'already-gone', url: null, failure: null },
        { what: 'access-token', name: '', outcome: 'removed', url: null, failure: null },
        {
          what: 'authorization',
          name: '',
          outcome: 'by-hand',
          url: 'https://github.com/settings/applications',
          failure: null,
        },
        {
          what: 'webhook',
          name: 'acme/docs',
          outcome: 'queued',
          url: null,
          failure: { code: 'unreachable', facts: { host: 'https://github.com' } },
        },
        { what: 'local-secret', name: '', outcome: 'removed', url: null, failure: null },
      ],
    }),
    receipts: async () => [],
    rename: async ({ id, label }) => account({ id, label }),
    manageAccess: async () => undefined,
  },
  signIns: {
    providers: async () => cards,
    current: async () => null,
    detect: async ({ address }) => ({
      host: `https://${address.replace(/^[a-z]+:\/\//, '').split('/')[0]}`,
      provider: address.includes('lab') ? 'gitlab' : address.includes('hub') ? 'github' : null,
      repository: null,
      by: 'git-realm',
    }),
    options: async ({ provider, host }) => options(provider, host),
    start: async ({ way }) =>
      way === 'device'
        ? signIn({ way, userCode: 'WDJB-MJHT', verificationUri: 'https://github.com/login/device', road: null })
        : signIn(),
    connectWithToken: async ({ host }) => {
      throw new Failure('auth-revoked', { host, status: '401' })
    },
    reopen: async () => undefined,
    copyLink: async () => undefined,
    cancel: async () => undefined,
  },
  vault: { status: async () => vault(), retry: async () => vault() },
  settings: {
    get: async () => settings,
    change: async (change) => ({ ...settings, ...change }) as never,
    proxyLogins: async () => [
      { proxy: 'proxy.acme.dev:3128', username: 'mona' },
      { proxy: 'egress.acme.dev:8080', username: null },
    ],
    oauthApps: async () => [
      {
        provider: 'github',
        host: 'https://github.com',
        clientId: 'Iv23liAbCdEf',
        hasSecret: true,
        from: 'settings',
        callbacks: 'earlier',
      },
      {
        provider: 'gitlab',
        host: 'https://gitlab.acme.dev',
        clientId: 'f00ba7',
        hasSecret: false,
        from: 'environment',
        callbacks: 'own',
      },
    ],
    saveOAuthApp: async (form) => ({ ...form, hasSecret: false, from: 'settings', callbacks: 'own' }),
  },
  system: {
    info: async () => info,
    notices: async () => [],
    copy: async () => undefined,
    openPage: async () => undefined,
    dismissNotice: async () => undefined,
    ownsDeepLinks: async () => true,
    hasTray: async () => true,
    screenShown: async () => undefined,
    wishedPlace: async () => null,
    clipboardOffer: async () => ({
      name: 'git.acme.dev/platform/gateway',
      to: '/repositories?text=platform%2Fgateway',
    }),
  },
  certificates: {
    list: async () => [{ ...certificate, trustedAt: Date.now() - 86_400_000 }],
    trust: async () => ({ ...certificate, trustedAt: Date.now() }),
  },
  repositories: { query: () => new Promise(() => undefined) },
  clones: { list: async () => [] },
  sshKeys: { list: async () => [] },
  hostKeys: { list: async () => [] },
  servers: { list: async () => [] },
  apps: { list: async () => [], removals: async () => [] },
} satisfies Answers

const never = () => new Promise<never>(() => undefined)

const failedSignIn = signIn({
  phase: 'failed',
  failure: { code: 'access-denied', facts: { host: 'https://github.com' } },
})

/** States of the window worth looking at, by name. */
const ownScenes = {
  accounts: base,
  empty: { ...base, accounts: { ...base.accounts, list: async () => [] } },
  many: { ...base, accounts: { ...base.accounts, list: async () => manyAccounts } },
  loading: { ...base, accounts: { ...base.accounts, list: never } },
  broken: {
    ...base,
    accounts: {
      ...base.accounts,
      list: async () => {
        throw new Failure('storage-failed', { path: '/home/mona/.config/CloudAIPilot' })
      },
      refresh: async () => {
        throw new Failure('rate-limited', { until: String(Date.now() + 720_000) })
      },
    },
  },
  refused: {
    ...base,
    accounts: {
      ...base.accounts,
      refresh: async () => {
        throw new Failure('rate-limited', { until: String(Date.now() + 720_000), status: '429' })
      },
    },
  },
  waiting: { ...base, signIns: { ...base.signIns, current: async () => signIn() } },
  device: {
    ...base,
    signIns: {
      ...base.signIns,
      current: async () =>
        signIn({
          way: 'device',
          userCode: 'WDJB-MJHT',
          verificationUri: 'https://github.com/login/device',
          road: null,
        }),
    },
  },
  checking: { ...base, signIns: { ...base.signIns, current: async () => signIn({ phase: 'checking' }) } },
  different: {
    ...base,
    signIns: {
      ...base.signIns,
      current: async () => signIn({ phase: 'different-person', login: 'hubot', reconnects: 'a3' }),
    },
  },
  failed: { ...base, signIns: { ...base.signIns, current: async () => failedSignIn } },
  connected: {
    ...base,
    signIns: {
      ...base.signIns,
      current: async () => signIn({ phase: 'connected', accountId: 'a1', login: 'octocat', repositoryCount: 1214 }),
    },
  },
  'no-client': {
    ...base,
    signIns: {
      ...base.signIns,
      options: async ({ provider, host }) =>
        options(provider, host, {
          ways: [
            { way: 'redirect', missing: 'client-id' },
            { way: 'device', missing: 'client-id' },
            { way: 'token', missing: null },
          ],
        }),
    },
  },
  'vault-choose': {
    ...base,
    vault: { status: async () => vault({ state: 'choose', holder: null, available: ['passphrase', 'session'] }) },
  },
  'vault-locked': {
    ...base,
    accounts: {
      ...base.accounts,
      list: async () =>
        accounts.map((one) => ({
          ...one,
          state: 'waiting' as const,
          reason: { code: 'vault-locked' as const, facts: {} },
        })),
    },
    vault: {
      status: async () => vault({ state: 'locked', holder: 'passphrase' }),
      unlock: async () => {
        throw new Failure('passphrase-wrong')
      },
    },
  },
  'vault-waiting': {
    ...base,
    accounts: {
      ...base.accounts,
      list: async () => accounts.map((one) => ({ ...one, state: 'waiting' as const, reason: null })),
    },
    vault: { status: async () => vault({ state: 'waiting', holder: 'keychain' }) },
  },
  'vault-damaged': { ...base, vault: { status: async () => vault({ state: 'damaged', holder: 'keychain' }) } },
  'vault-session': {
    ...base,
    vault: { status: async () => vault({ holder: 'session', holderTitle: null, canMoveTo: 'keychain' }) },
  },
  notices: {
    ...base,
    accounts: {
      ...base.accounts,
      receipts: async () => [await base.accounts.revoke({ id: 'gone' })],
    },
    system: {
      ...base.system,
      notices: async () => [
        { id: 'n1', kind: 'settings-restored', detail: 'settings.json.broken' },
        { id: 'n2', kind: 'deep-link-ignored', detail: '' },
      ],
    },
  },
} satisfies Record<string, Answers>

export type SceneName = keyof typeof ownScenes | keyof typeof deployScenes

/** All scenes; those that deploy answer the rest as every scene does. */
export const scenes: Readonly<Record<SceneName, Answers>> = {
  ...ownScenes,
  ...(Object.fromEntries(
    Object.entries(deployScenes).map(([name, answers]) => [name, { ...base, ...answers }]),
  ) as Record<keyof typeof deployScenes, Answers>),
}
