import {
  type Server,
  type ServerCheck,
  type ServerCheckName,
  type ServerRemnant,
  serverChecks,
} from '../../src-preload/contract/entities/server'

const minute = 60_000
const hour = 60 * minute
const now = Date.now()

/** A public key of the right shape. */
export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEwW5bqk2m0tT0bq1v9uTq4c1lXk6mV5n3p0r7s8t9u0 cloudaipilot@mona-laptop'

const details: Partial<Record<ServerCheckName, string>> = {
  resolve: '203.0.113.7',
  reach: 'OpenSSH 9.2p1',
  'host-key': 'ssh-ed25519',
  tools: '/bin/bash',
  git: '2.39.5',
  clock: '0',
  disk: '38200000000',
  receiver: '2.8.0',
  outbound: 'github.com, gitlab.acme.dev',
  supervisor: 'systemd',
}

/** Checks of which the named ones are not passed. */
export const checks = (
  change: Partial<Record<ServerCheckName, Partial<ServerCheck>>> = {},
  rest: ServerCheck['state'] = 'passed',
): ServerCheck[] =>
  serverChecks.map((check, index) => ({
    check,
    state: rest,
    detail: rest === 'passed' ? (details[check] ?? null) : null,
    milliseconds: rest === 'passed' ? 12 + index * 31 : null,
    mend: 'no',
    failure: null,
    ...change[check],
  }))

const receiver: Server['receiver'] = {
  state: 'running',
  listen: 'own-port',
  port: 9400,
  certificate: null,
  publicUrl: null,
  address: 'http://shop.acme.dev:9400',
  keptBy: 'systemd',
}

export const server = (change: Partial<Server> & { readonly id: string }): Server => ({
  name: 'Production',
  host: 'shop.acme.dev',
  port: 22,
  user: 'deploy',
  keyId: 'k1',
  publicKey,
  state: 'ready',
  reason: null,
  checks: checks(),
  hostKey: null,
  checkedAt: now - 2 * minute,
  receiver,
  apps: [],
  ...change,
})

export const servers: Server[] = [
  server({ id: 'sv1', apps: ['p1', 'p2', 'p3', 'p5'] }),
  server({
    id: 'sv2',
    name: 'Staging',
    host: 'staging.acme.dev',
    port: 2222,
    state: 'needs-attention',
    reason: { code: 'tool-missing', facts: { tool: 'webhook' } },
    checks: checks({
      receiver: {
        state: 'warned',
        detail: null,
        mend: 'install-receiver',
        failure: { code: 'tool-missing', facts: { tool: 'webhook' } },
      },
    }),
    receiver: { ...receiver, state: 'absent', keptBy: 'nothing', address: 'http://staging.acme.dev:9400' },
    apps: ['p4'],
  }),
  server({
    id: 'sv3',
    name: 'build-01',
    host: '2001:db8::17',
    user: 'root',
    state: 'asks-host-key',
    checks: checks(
      {
        resolve: { state: 'passed', milliseconds: 3 },
        reach: { state: 'passed', milliseconds: 41, detail: 'OpenSSH 9.6' },
        'host-key': { state: 'running' },
      },
      'waiting',
    ),
    hostKey: {
      type: 'ssh-ed25519',
      fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDLdCXyQ1Vj0zqQ2bs',
      published: null,
    },
    checkedAt: null,
  }),
  server({
    id: 'sv4',
    name: 'Old box',
    host: 'legacy.initech.example',
    state: 'unreachable',
    reason: { code: 'timed-out', facts: { host: 'legacy.initech.example' } },
    checks: checks(
      {
        resolve: { state: 'passed', milliseconds: 4 },
        reach: {
          state: 'failed',
          milliseconds: 10_000,
          failure: { code: 'timed-out', facts: { host: 'legacy.initech.example' } },
        },
      },
      'skipped',
    ),
    checkedAt: now - 3 * hour,
  }),
  server({
    id: 'sv5',
    name: 'New machine',
    host: 'new.acme.dev',
    state: 'needs-attention',
    reason: { code: 'publickey-denied', facts: { host: 'new.acme.dev' } },
    checks: checks(
      {
        resolve: { state: 'passed', milliseconds: 4 },
        reach: { state: 'passed', milliseconds: 31, detail: 'OpenSSH 9.2p1' },
        'host-key': { state: 'passed', milliseconds: 2, detail: 'ssh-ed25519' },
        login: {
          state: 'failed',
          milliseconds: 88,
          mend: 'install-key',
          failure: { code: 'publickey-denied', facts: { host: 'new.acme.dev' } },
        },
      },
      'skipped',
    ),
    receiver: { ...receiver, state: 'unknown', address: 'http://new.acme.dev:9400' },
  }),
]

export const manyServers: Server[] = Array.from({ length: 120 }, (_, index) =>
  server({ id: `m${index}`, name: `node-${String(index + 1).padStart(3, '0')}`, host: `n${index}.example.org` }),
)

export const remnants: ServerRemnant[] = [
  { what: 'releases', path: '/home/deploy/apps/storefront', app: 'p1', bytes: 312_400_000 },
  { what: 'deploy-key', path: '/home/deploy/.local/share/cloudaipilot/keys/storefront', app: 'p1', bytes: 411 },
  { what: 'receiver', path: '/home/deploy/.config/systemd/user/cloudaipilot-webhook.service', app: null, bytes: 620 },
  { what: 'authorized-key', path: '/home/deploy/.ssh/authorized_keys', app: null, bytes: null },
]
