import { Failure } from '../../src-preload/contract/outcome'
import { app, apps, askingPreflight, blockedPreflight, manyApps, preflight, removal, repository } from './app-data'
import { deploy, history, log, releases, running, trials, webhook } from './deploy-data'
import type { Answers } from './fake-bridge'
import { manyServers, remnants, server, servers } from './server-data'

const never = () => new Promise<never>(() => undefined)

/** What every scene with apps answers, beside what all scenes do. */
export const deployBase = {
  servers: {
    list: async () => servers,
    add: async ({ name, host, user }) =>
      server({
        id: 'new',
        name,
        host,
        user,
        state: 'checking',
        checkedAt: null,
        checks: [],
      }),
    check: never,
    checkAll: async () => undefined,
    installKey: async ({ id }) => {
      throw new Failure('access-denied', { host: id })
    },
    installReceiver: async () => {
      throw new Failure('sudo-refused', { why: 'password' })
    },
    remnants: async () => remnants,
    remove: async ({ id }) => ({
      ...removal,
      id,
      kind: 'server',
      name: 'Old box',
    }),
  },
  apps: {
    list: async () => apps,
    refresh: async () => apps,
    removals: async () => [],
    history: async ({ id, before }) => {
      if (before !== null && before !== undefined) return []
      const own = apps.find((one) => one.id === id)?.lastDeploy
      if (own === null || own === undefined) return []
      return own.id === history[0]?.id ? history : [own, ...history.slice(1).map((one) => ({ ...one, appId: id }))]
    },
    releases: async () => releases,
    log: async ({ appId, deployId, from }) => {
      const all = log(deployId, deployId === 'd0' ? 5_000 : 60)
      const start = from ?? 0
      return {
        ...all,
        appId,
        from: start,
        lines: all.lines.slice(start, start + 2_000),
      }
    },
    deploy: async ({ id }) => ({ ...running, appId: id }),
    cancel: async ({ appId }) => ({ ...running, appId, state: 'cancelled' }),
    rollback: async ({ id }) => deploy({ id: 'rb', appId: id, reason: 'rollback', state: 'running' }),
    tryRules: async () => trials,
    preflight: async () => preflight(),
    save: async (form) => app({ id: 'new', name: form.name }),
    remove: async () => removal,
    moveTo: async ({ ids }) =>
      ids.map((appId) => ({
        appId,
        name: apps.find(({ id }) => id === appId)?.name ?? appId,
        moved: false,
        failure: {
          code: 'not-found' as const,
          facts: { path: 'acme/storefront' },
        },
      })),
  },
  webhooks: {
    get: async () => webhook(),
    check: async () => webhook(),
    test: async () => webhook(),
    repair: async () => webhook(),
  },
  repositories: {
    query: async ({ text, offset, limit }) => {
      const all = Array.from({ length: 1_204 }, (_, index) => repository(index + 1)).filter(({ path }) =>
        path.includes(text ?? ''),
      )
      const start = offset ?? 0
      return {
        total: all.length,
        known: 1_204,
        offset: start,
        rows: all.slice(start, start + (limit ?? 60)),
        listings: [
          {
            accountId: 'a1',
            state: 'loading',
            count: 1_204,
            total: 1_800,
            completeAt: null,
            failure: null,
          },
        ],
        owners: [],
        languages: [],
      }
    },
    refresh: async () => undefined,
    get: async ({ id }) => repository(Number(id)),
    branches: async () => ({
      branches: ['main', 'develop', 'release', 'fix/vat'].map((name, index) => ({
        name,
        commit: 'a'.repeat(40),
        default: index === 0,
        protected: index === 0,
      })),
      next: null,
    }),
  },
} satisfies Answers

/** The same with one part changed. */
const like = (change: Partial<Answers>): Answers => ({
  ...deployBase,
  ...change,
})

/** States of the screens that deploy. */
export const deployScenes = {
  deploy: like({}),
  'deploy-empty': like({
    servers: { ...deployBase.servers, list: async () => [] },
    apps: { ...deployBase.apps, list: async () => [] },
  }),
  'deploy-many': like({
    servers: { ...deployBase.servers, list: async () => manyServers },
    apps: {
      ...deployBase.apps,
      list: async () => manyApps,
      removals: async () => [removal],
    },
  }),
  'deploy-loading': like({
    servers: { ...deployBase.servers, list: never },
    apps: { ...deployBase.apps, list: never },
  }),
  'deploy-broken': like({
    servers: {
      ...deployBase.servers,
      list: async () => {
        throw new Failure('storage-failed', {
          path: '/home/mona/.config/CloudAIPilot',
        })
      },
    },
    apps: {
      ...deployBase.apps,
      list: async () => {
        throw new Failure('storage-failed', {
          path: '/home/mona/.config/CloudAIPilot',
        })
      },
    },
  }),
  'deploy-blocked': like({
    apps: { ...deployBase.apps, preflight: async () => blockedPreflight },
  }),
  'deploy-asking': like({
    apps: { ...deployBase.apps, preflight: async () => askingPreflight },
  }),
  'deploy-unreachable': like({
    apps: {
      ...deployBase.apps,
      history: async () => {
        throw new Failure('unreachable', { host: 'shop.acme.dev' })
      },
      releases: async () => {
        throw new Failure('unreachable', { host: 'shop.acme.dev' })
      },
    },
    webhooks: {
      ...deployBase.webhooks,
      get: async () =>
        webhook({
          state: 'drifted',
          reason: { code: 'hook-drifted', facts: { what: 'url' } },
          receiving: false,
        }),
      check: async () =>
        webhook({
          state: 'drifted',
          reason: { code: 'hook-drifted', facts: { what: 'url' } },
          receiving: false,
        }),
    },
  }),
  'deploy-by-hand': like({
    webhooks: {
      ...deployBase.webhooks,
      get: async () =>
        webhook({
          state: 'by-hand',
          kind: 'by-hand',
          deliveries: [],
          lastReceivedAt: null,
        }),
      check: async () =>
        webhook({
          state: 'by-hand',
          kind: 'by-hand',
          deliveries: [],
          lastReceivedAt: null,
        }),
    },
  }),
} satisfies Record<string, Answers>
