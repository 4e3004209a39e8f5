import { siBitbucket, siGitea, siGithub, siGitlab } from 'simple-icons'
import type { Account } from '../../src-preload/contract/entities/account'
import type { ProviderCard, SignInOptions } from '../../src-preload/contract/entities/provider'
import type { Settings } from '../../src-preload/contract/entities/settings'
import type { SignIn } from '../../src-preload/contract/entities/sign-in'
import type { VaultStatus } from '../../src-preload/contract/entities/vault'
import type { SystemInfo } from '../../src-preload/contract/system'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.now()

export const cards: ProviderCard[] = [
  {
    id: 'github',
    title: 'GitHub',
    icon: siGithub.path,
    hosts: [{ label: 'GitHub.com', host: 'https://github.com' }],
    selfHosted: true,
    ways: ['redirect', 'device', 'token'],
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    icon: siGitlab.path,
    hosts: [{ label: 'GitLab.com', host: 'https://gitlab.com' }],
    selfHosted: true,
    ways: ['redirect', 'device', 'token'],
  },
  {
    id: 'bitbucket',
    title: 'Bitbucket',
    icon: siBitbucket.path,
    hosts: [{ label: 'Bitbucket Cloud', host: 'https://bitbucket.org' }],
    selfHosted: false,
    ways: ['redirect', 'token'],
  },
  {
    id: 'gitea',
    title: 'Gitea / Forgejo',
    icon: siGitea.path,
    hosts: [
      { label: 'Codeberg', host: 'https://codeberg.org' },
      { label: 'Gitea Cloud', host: 'https://gitea.com' },
    ],
    selfHosted: true,
    ways: ['redirect', 'token'],
  },
  { id: 'ssh', title: 'Other (SSH key)', icon: '', hosts: [], selfHosted: true, ways: ['ssh'] },
]

const can = { refresh: true, revoke: true, list: true, webhooks: true, deployKeys: true }

/** A connected GitHub account, changed where it matters. */
export const account = (change: Partial<Account> & { readonly id: string }): Account => ({
  provider: 'github',
  host: 'https://github.com',
  kind: 'oauth',
  login: 'octocat',
  name: 'Mona Lisa',
  label: '',
  isDefault: false,
  state: 'connected',
  reason: null,
  addresses: [],
  namedAs: null,
  scopes: null,
  access: { selection: 'chosen', manageUrl: 'https://github.com/settings/installations/1', owners: [] },
  repositoryCount: 214,
  expiresAt: null,
  renewsAt: now + 6 * hour,
  connectedAt: now - 40 * day,
  checkedAt: now - 2 * minute,
  nextCheckAt: null,
  appsUsing: 3,
  samePersonAs: null,
  can,
  ...change,
})

export const accounts: Account[] = [
  account({
    id: 'a1',
    isDefault: true,
    access: {
      selection: 'chosen',
      manageUrl: 'https://github.com/settings/installations',
      owners: [
        { name: 'octocat', selection: 'all', manageUrl: 'https://github.com/settings/installations/1' },
        { name: 'acme', selection: 'chosen', manageUrl: 'https://github.com/organizations/acme/settings' },
        { name: 'globex', selection: 'sso-required', manageUrl: 'https://github.com/orgs/globex/sso' },
      ],
    },
  }),
  account({
    id: 'a2',
    provider: 'gitlab',
    host: 'https://gitlab.acme.dev',
    kind: 'token',
    login: 'deploy@acme',
    name: 'Deploy Acme',
    state: 'needs-attention',
    reason: { code: 'expires-soon', facts: { host: 'https://gitlab.acme.dev', until: String(now + 9 * day) } },
    scopes: ['api', 'read_repository'],
    repositoryCount: 38,
    expiresAt: now + 9 * day,
    renewsAt: null,
    access: { selection: 'all', manageUrl: null, owners: [] },
    appsUsing: 1,
  }),
  account({
    id: 'a3',
    provider: 'gitlab',
    host: 'https://gitlab.com',
    login: 'mona',
    label: 'Mona at work',
    state: 'expired',
    reason: { code: 'auth-expired', facts: { host: 'https://gitlab.com' } },
    repositoryCount: 1204,
    expiresAt: now - 3 * day,
    renewsAt: null,
    appsUsing: 12,
  }),
  account({
    id: 'a4',
    provider: 'gitea',
    host: 'https://git.initech.example/forge',
    kind: 'token',
    login: 'peter',
    name: '',
    state: 'unreachable',
    reason: { code: 'unreachable', facts: { host: 'https://git.initech.example/forge' } },
    scopes: ['read:user', 'read:repository', 'write:repository', 'read:organization', 'read:issue'],
    repositoryCount: 7,
    nextCheckAt: now + 4 * minute,
    renewsAt: null,
    checkedAt: now - 3 * hour,
    appsUsing: 0,
    access: { selection: 'all', manageUrl: null, owners: [] },
  }),
  account({
    id: 'a5',
    provider: 'bitbucket',
    host: 'https://bitbucket.org',
    login: 'acme-build',
    name: 'Build Robot',
    state: 'needs-attention',
    reason: { code: 'scope-missing', facts: { host: 'https://bitbucket.org', scope: 'repository' } },
    repositoryCount: null,
    appsUsing: 0,
  }),
  account({
    id: 'a6',
    login: 'hubot',
    name: 'Hubot',
    state: 'checking',
    checkedAt: null,
    repositoryCount: null,
    renewsAt: null,
    appsUsing: 0,
  }),
  account({
    id: 'a7',
    provider: 'ssh',
    host: 'ssh://git.acme.dev',
    kind: 'ssh',
    login: 'build key',
    name: '',
    state: 'needs-attention',
    reason: { code: 'publickey-denied', facts: { host: 'git.acme.dev' } },
    repositoryCount: null,
    renewsAt: null,
    appsUsing: 0,
    access: { selection: 'unknown', manageUrl: null, owners: [] },
    can: { ...can, list: false, refresh: false },
  }),
]

export const manyAccounts: Account[] = Array.from({ length: 200 }, (_, index) =>
  account({
    id: `m${index}`,
    login: `team-${String(index + 1).padStart(3, '0')}`,
    name: `Team ${index + 1}`,
    provider: cards[index % 4]?.id ?? 'github',
    host: `https://git-${index % 17}.example.org`,
    isDefault: index === 0,
    repositoryCount: index * 37,
  }),
)

export const options = (provider: string, host: string, change: Partial<SignInOptions> = {}): SignInOptions => ({
  provider,
  host,
  ways: (cards.find((card) => card.id === provider)?.ways ?? []).map((way) => ({ way, missing: null })),
  token: {
    createUrl: `${host}/settings/tokens/new?scopes=repo`,
    username: provider === 'bitbucket' ? 'email' : null,
    scopes: provider === 'github' ? ['repo', 'read:org'] : ['read:user', 'read:repository'],
  },
  registration: {
    url: `${host}/settings/applications/new`,
    callbacks: [
      'cloudaipilot://oauth-2k0v9c5m7r1t8q3e6a4d/callback',
      'http://127.0.0.1/oauth-2k0v9c5m7r1t8q3e6a4d/callback',
    ],
    needsSecret: provider === 'github',
    scopes: provider === 'github' ? [] : ['read_user', 'read_api', 'read_repository'],
  },
  notes: [],
  ...change,
})

export const signIn = (change: Partial<SignIn> = {}): SignIn => ({
  id: 's1',
  provider: 'github',
  host: 'https://github.com',
  way: 'redirect',
  reconnects: null,
  deploys: false,
  phase: 'waiting',
  road: 'deep-link',
  otherRoads: ['loopback', 'paste'],
  opens: 'https://github.com/login/oauth/authorize',
  userCode: null,
  verificationUri: null,
  canUseDevice: true,
  canUseToken: true,
  expiresAt: now + 9 * minute + 47_000,
  failure: null,
  accountId: null,
  login: null,
  repositoryCount: null,
  ...change,
})

export const info: SystemInfo = {
  version: '0.1.0',
  electron: '25.1.1',
  chromium: '114.0.5735.106',
  node: '18.15.0',
  platform: 'Linux x64 (Debian 12)',
  runtimeEndOfLife: true,
  knowsUpdates: false,
  git: '2.39.5',
  openssh: '9.2p1',
  organization: 'Acme',
  demo: true,
}

export const settings: Settings = {
  appearance: 'system',
  closeToTray: true,
  startAtLogin: false,
  useInTerminal: false,
  lookForUpdates: false,
  proxy: { mode: 'manual', url: 'http://proxy.acme.dev:3128' },
  gitPath: null,
  language: 'system',
}

export const certificate = {
  host: 'git.acme.dev:443',
  subject: 'CN=git.acme.dev, O=Acme',
  issuer: 'CN=git.acme.dev, O=Acme',
  validFrom: '2026-01-03T00:00:00.000Z',
  validTo: '2028-01-03T00:00:00.000Z',
  sha256: Array.from({ length: 32 }, (_, index) => ((index * 37 + 11) % 256).toString(16).padStart(2, '0'))
    .join(':')
    .toUpperCase(),
}

export const vault = (change: Partial<VaultStatus> = {}): VaultStatus => ({
  state: 'open',
  holder: 'keychain',
  holderTitle: 'Secret Service (gnome-keyring)',
  available: ['keychain', 'passphrase', 'session'],
  canMoveTo: null,
  restored: false,
  failure: null,
  ...change,
})
