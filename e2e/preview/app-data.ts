import type { App, Preflight } from '../../src-preload/contract/entities/app'
import type { Removal } from '../../src-preload/contract/entities/removal'
import type { Repository } from '../../src-preload/contract/entities/repository'
import { commitOf, failedDeploy, history, release, running } from './deploy-data'
import { publicKey } from './server-data'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.now()

export const app = (change: Partial<App> & { readonly id: string }): App => ({
  name: 'storefront',
  source: {
    accountId: 'a1',
    repositoryId: '1',
    path: 'acme/storefront',
    sshUrl: 'git@github.com:acme/storefront.git',
  },
  branch: 'main',
  rootFolder: '',
  watchPaths: ['src/', 'package.json', '!src/**/*.md'],
  serverId: 'sv1',
  folder: '/home/deploy/apps/storefront',
  command: 'npm ci --omit=dev && systemctl --user restart shop',
  variables: ['DATABASE_URL', 'STRIPE_KEY'],
  autoDeploy: true,
  startsBy: 'webhook',
  submodules: false,
  lfs: false,
  allowedChecks: [],
  trigger: { live: 'webhook', why: null },
  state: 'live',
  reason: null,
  current: release('20261122-214502-a1b2c3d', commitOf(0), now - 2 * hour, true),
  lastDeploy: history[0] ?? null,
  serverKey: { publicKey, fingerprint: 'SHA256:0fWn3qLkT7o8sQm4zV1c9xYb2pRdE5uHj6gKw0aN3tI', placed: 'provider' },
  createdAt: now - 40 * day,
  ...change,
})

export const apps: App[] = [
  app({ id: 'p1' }),
  app({
    id: 'p2',
    name: 'billing',
    source: {
      accountId: 'a2',
      repositoryId: '2',
      path: 'finance/backend/billing-service',
      sshUrl: 'git@gitlab.acme.dev:finance/backend/billing-service.git',
    },
    branch: 'release',
    state: 'failed',
    reason: { code: 'command-failed', facts: { status: '1' } },
    lastDeploy: { ...failedDeploy, appId: 'p2' },
    trigger: {
      live: 'server-poll',
      why: { code: 'hook-unreached', facts: { url: 'http://shop.acme.dev:9400/hooks/billing' } },
    },
  }),
  app({
    id: 'p3',
    name: 'docs',
    source: { accountId: 'a1', repositoryId: '3', path: 'acme/docs', sshUrl: 'git@github.com:acme/docs.git' },
    state: 'deploying',
    lastDeploy: { ...running, appId: 'p3' },
  }),
  app({
    id: 'p4',
    name: 'admin',
    source: { accountId: 'a7', repositoryId: null, path: 'team/admin', sshUrl: 'git@git.acme.dev:team/admin.git' },
    serverId: 'sv2',
    state: 'never-deployed',
    current: null,
    lastDeploy: null,
    autoDeploy: false,
    trigger: { live: 'none', why: null },
    variables: [],
    serverKey: { publicKey, fingerprint: 'SHA256:0fWn3qLkT7o8sQm4zV1c9xYb2pRdE5uHj6gKw0aN3tI', placed: 'by-hand' },
  }),
  app({
    id: 'p5',
    name: 'search-indexer-for-the-shop-and-the-help-pages',
    source: {
      accountId: 'a3',
      repositoryId: '5',
      path: 'mona/a-very-long-group-name/another-one/search-indexer-for-the-shop',
      sshUrl: 'git@gitlab.com:mona/search.git',
    },
    branch: 'feature/rewrite-the-indexer-in-rust-because-it-is-fast',
    state: 'live',
    reason: { code: 'auth-expired', facts: { host: 'https://gitlab.com' } },
    trigger: { live: 'desktop-poll', why: { code: 'auth-expired', facts: { host: 'https://gitlab.com' } } },
  }),
]

export const manyApps: App[] = Array.from({ length: 200 }, (_, index) =>
  app({ id: `m${index}`, name: `service-${String(index + 1).padStart(3, '0')}` }),
)

const items: Preflight['items'] = (
  [
    ['access', 'acme/storefront, can read'],
    ['branch', 'main at a1b2c3d'],
    ['host-key', 'github.com, as published'],
    ['server', 'Ready'],
    ['folder', '/home/deploy/apps/storefront, empty'],
    ['from-here', 'a1b2c3d, 12.4 MB'],
    ['from-server', 'a1b2c3d, 12.4 MB'],
    ['root-folder', ''],
    ['submodules', 'none'],
    ['lfs', 'none'],
    ['size', '12.4 MB'],
    ['command', '/usr/bin/npm'],
  ] as const
).map(([item, detail], index) => ({
  item,
  state: 'passed',
  detail,
  milliseconds: 20 + index * 83,
  failure: null,
}))

export const preflight = (change: Partial<Preflight> = {}): Preflight => ({
  done: true,
  ready: true,
  savable: true,
  folder: '/home/deploy/apps/store-front',
  items,
  hostKey: null,
  serverKey: null,
  submodules: [],
  lfs: false,
  ...change,
})

export const blockedPreflight: Preflight = preflight({
  ready: false,
  items: items.map((item) =>
    item.item === 'from-server'
      ? {
          ...item,
          state: 'failed',
          detail: '',
          milliseconds: 10_000,
          failure: { code: 'timed-out', facts: { host: 'github.com' } },
        }
      : item.item === 'submodules'
        ? { ...item, state: 'warned', detail: '2' }
        : item,
  ),
  submodules: [
    { path: 'vendor/theme', host: 'github.com', sameAccount: true },
    { path: 'vendor/other', host: 'gitlab.com', sameAccount: false },
  ],
})

export const askingPreflight: Preflight = preflight({
  ready: false,
  savable: false,
  folder: null,
  items: items.map((item, index) =>
    index < 2
      ? item
      : item.item === 'host-key'
        ? { ...item, state: 'running', detail: '', milliseconds: null }
        : { ...item, state: 'skipped', detail: '', milliseconds: null },
  ),
  hostKey: {
    host: 'git.acme.dev',
    port: 22,
    type: 'ssh-ed25519',
    fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDLdCXyQ1Vj0zqQ2bs',
    published: null,
  },
  serverKey: { publicKey, fingerprint: 'SHA256:0fWn3qLkT7o8sQm4zV1c9xYb2pRdE5uHj6gKw0aN3tI', placed: 'by-hand' },
})

export const repository = (index: number): Repository => ({
  key: `a1/${index}`,
  accountId: 'a1',
  id: String(index),
  path: index === 1 ? 'acme/storefront' : `acme/service-${index}`,
  owner: 'acme',
  name: index === 1 ? 'storefront' : `service-${index}`,
  private: index % 3 === 1,
  archived: false,
  fork: false,
  language: 'TypeScript',
  pushedAt: now - index * hour,
  defaultBranch: 'main',
  httpsUrl: 'https://github.com/acme/x.git',
  sshUrl: 'git@github.com:acme/x.git',
  webUrl: 'https://github.com/acme/x',
})

export const removal: Removal = {
  id: 'gone',
  kind: 'app',
  name: 'storefront',
  at: now - minute,
  steps: [
    { what: 'webhook', name: 'acme/storefront', outcome: 'removed', url: null, failure: null },
    { what: 'deploy-key', name: 'acme/storefront', outcome: 'removed', url: null, failure: null },
    {
      what: 'releases',
      name: '/home/deploy/apps/storefront',
      outcome: 'queued',
      url: null,
      failure: { code: 'unreachable', facts: { host: 'shop.acme.dev' } },
    },
    { what: 'local-secret', name: '', outcome: 'removed', url: null, failure: null },
  ],
}
