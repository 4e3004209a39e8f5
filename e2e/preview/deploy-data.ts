import type { Deploy, DeployLogChunk, Release, RuleTrial } from '../../src-preload/contract/entities/app'
import type { Webhook } from '../../src-preload/contract/entities/webhook'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.now()

export const release = (name: string, commit: string, at: number, current = false): Release => ({
  name,
  commit,
  at,
  current,
})

const subjects = [
  'Show prices with the tax of the country that is shipped to',
  'Keep the basket when somebody signs in',
  'Raise the limit of a line to 500',
  'Bump dependencies',
  'Say why a voucher is refused',
  'Load product pictures as the page scrolls',
]
const authors = ['Mona Lisa', 'Hubot', 'Ada Lovelace']

export const commitOf = (index: number): string =>
  ((index + 11) * 2_654_435_761).toString(16).padStart(12, 'a').repeat(4).slice(0, 40)

const phases = (startedAt: number): Deploy['phases'] => [
  { phase: 'connect', startedAt, milliseconds: 120 },
  { phase: 'key', startedAt: startedAt + 120, milliseconds: 80 },
  { phase: 'fetch', startedAt: startedAt + 200, milliseconds: 1_430 },
  { phase: 'release', startedAt: startedAt + 1_630, milliseconds: 310 },
  { phase: 'command', startedAt: startedAt + 1_940, milliseconds: 9_800 },
  { phase: 'switch', startedAt: startedAt + 11_740, milliseconds: 12 },
  { phase: 'clean', startedAt: startedAt + 11_752, milliseconds: 90 },
]

export const deploy = (change: Partial<Deploy> & { readonly id: string }): Deploy => ({
  appId: 'p1',
  reason: 'push',
  state: 'succeeded',
  branch: 'main',
  commit: commitOf(0),
  author: 'Mona Lisa',
  subject: subjects[0] ?? null,
  startedAt: now - 2 * hour,
  milliseconds: 11_842,
  phases: phases(now - 2 * hour),
  release: '20261122-214502-a1b2c3d',
  failure: null,
  ...change,
})

export const history: Deploy[] = Array.from({ length: 50 }, (_, index) => {
  const startedAt = now - 2 * hour - index * 7 * hour
  const failed = index % 9 === 3
  return deploy({
    id: `d${index}`,
    commit: commitOf(index),
    subject: subjects[index % subjects.length] ?? null,
    author: authors[index % authors.length] ?? null,
    reason: index % 11 === 5 ? 'rollback' : index % 7 === 4 ? 'manual' : 'push',
    state: failed ? 'failed' : index % 13 === 7 ? 'unchanged' : 'succeeded',
    startedAt,
    phases: phases(startedAt),
    release: index === 0 ? '20261122-214502-a1b2c3d' : `r${index}`,
    failure: failed ? { code: 'command-failed', facts: { status: '1' } } : null,
  })
})

export const running: Deploy = deploy({
  id: 'run',
  state: 'running',
  commit: commitOf(90),
  subject: 'Answer before the whole list is known',
  startedAt: now - 7_000,
  milliseconds: null,
  release: null,
  phases: [...phases(now - 7_000).slice(0, 4), { phase: 'command', startedAt: now - 5_060, milliseconds: null }],
})

export const failedDeploy: Deploy = deploy({
  id: 'bad',
  state: 'failed',
  commit: commitOf(77),
  subject: 'Use the new payment library',
  startedAt: now - 12 * minute,
  milliseconds: 21_300,
  release: null,
  phases: phases(now - 12 * minute).slice(0, 5),
  failure: { code: 'command-failed', facts: { status: '1' } },
})

export const log = (deployId: string, lines: number): DeployLogChunk => ({
  deployId,
  appId: 'p1',
  from: 0,
  lines: Array.from({ length: lines }, (_, index) => {
    const phase =
      index < 3 ? 'connect' : index < 5 ? 'key' : index < 12 ? 'fetch' : index < 15 ? 'release' : ('command' as const)
    const texts: Record<string, readonly string[]> = {
      connect: ['Connected to deploy@shop.acme.dev', 'git 2.39.5, 38.2 GB free', 'Lock taken'],
      key: ['Key SHA256:0fWn3q… is on acme/storefront, read-only', 'Host key of github.com is the published one'],
      fetch: [
        'From github.com:acme/storefront',
        ' * branch            main       -> FETCH_HEAD',
        'remote: Enumerating objects: 41, done.',
        'remote: Counting objects: 100% (41/41), done.',
        'Receiving objects: 100% (23/23), 12.41 KiB, done.',
      ],
      release: ['Made release 20261122-214502-a1b2c3d', 'HEAD is now at a1b2c3d Show prices with the tax'],
      command: [
        '$ npm ci --omit=dev && systemctl --user restart shop',
        'added 412 packages in 7s',
        'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory. Do not use it.',
        'building client environment for production...',
        'dist/assets/index-4f2c.js   312.44 kB │ gzip: 98.10 kB',
        'error: no listener on port 3000 yet, trying again',
      ],
    }
    const all = texts[phase] ?? ['']
    return { phase, text: all[index % all.length] ?? '' } as const
  }),
})

export const releases: Release[] = [
  release('20261122-214502-a1b2c3d', commitOf(0), now - 2 * hour, true),
  release('20261122-144502-b2c3d4e', commitOf(1), now - 9 * hour),
  release('20261122-074502-c3d4e5f', commitOf(2), now - 16 * hour),
]

export const trials: RuleTrial[] = Array.from({ length: 50 }, (_, index) => ({
  commit: commitOf(index),
  subject: subjects[index % subjects.length] ?? '',
  author: authors[index % authors.length] ?? '',
  at: now - index * 5 * hour,
  deploys: index % 3 !== 1,
  pattern: index % 3 === 1 ? (index % 2 === 0 ? '!src/**/*.md' : null) : index % 4 === 0 ? 'package.json' : 'src/',
  file: index % 3 === 1 ? (index % 2 === 0 ? 'src/README.md' : null) : 'src/cart/price.ts',
  files: 1 + (index % 5),
}))

export const webhook = (change: Partial<Webhook> = {}): Webhook => ({
  appId: 'p1',
  state: 'healthy',
  reason: null,
  url: 'http://shop.acme.dev:9400/hooks/p1',
  ownUrl: null,
  kind: 'provider',
  active: true,
  receiving: true,
  checkedAt: now - minute,
  lastReceivedAt: now - 2 * hour,
  deliveries: [
    {
      id: 'v1',
      at: now - 2 * hour,
      event: 'push',
      status: 200,
      failed: false,
      milliseconds: 84,
      response: 'deploying a1b2c3d',
      from: 'provider',
      outcome: null,
    },
    {
      id: 'v1r',
      at: now - 2 * hour,
      event: 'push',
      status: 200,
      failed: false,
      milliseconds: 12,
      response: null,
      from: 'receiver',
      outcome: 'deployed',
    },
    {
      id: 'v2',
      at: now - 5 * hour,
      event: 'push',
      status: 200,
      failed: false,
      milliseconds: 9,
      response: null,
      from: 'receiver',
      outcome: 'ignored-paths',
    },
    {
      id: 'v3',
      at: now - 8 * hour,
      event: 'push',
      status: 403,
      failed: true,
      milliseconds: 7,
      response: 'Hook rules were not satisfied.',
      from: 'receiver',
      outcome: 'bad-signature',
    },
    {
      id: 'v4',
      at: now - 2 * day,
      event: 'ping',
      status: null,
      failed: true,
      milliseconds: null,
      response: null,
      from: 'provider',
      outcome: null,
    },
  ],
  notes: [],
  can: { test: true, deliveries: true, repair: true },
  ...change,
})
