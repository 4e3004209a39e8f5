import { randomBytes, randomUUID } from 'node:crypto'
import type { Credential } from '../credentials'
import type { Dialect, ForgeState, PersonalTokenSpec } from '../forge-state'
import { api } from './api'
import { authorizeRoutes } from './authorize'
import { deployKeyRoutes, dropKeysOf } from './deploy-keys'
import { devicePages } from './device-pages'
import { notFound } from './errors'
import { gitRoutes } from './git'
import { hookRoutes } from './hooks'
import { installationRoutes } from './installations'
import { metaRoutes } from './meta'
import { githubPushed } from './push-event'
import { repositoryRoutes } from './repositories'
import { revocationRoutes } from './revocation'
import { normalizedScopes } from './scopes'
import { searchRoutes } from './search'
import { settingsPages } from './settings-pages'
import { statusRoutes } from './statuses'
import { tokenRoutes } from './token-endpoint'
import { tokenValue } from './tokens'

const chosen = (forge: ForgeState, paths: readonly string[] | undefined): ReadonlySet<number> | null =>
  paths ? new Set(paths.flatMap((path) => forge.world.findRepository(path)?.id ?? [])) : null

const personalToken = (forge: ForgeState, spec: PersonalTokenSpec): Credential => {
  const fine = spec.permissions !== undefined
  return forge.credentials.give({
    kind: fine ? 'fine-grained' : 'personal',
    value: tokenValue(fine ? 'github_pat' : 'ghp'),
    person: forge.world.person(spec.user ?? forge.world.people()[0]?.login ?? ''),
    app: null,
    family: randomUUID(),
    scopes: fine ? [] : normalizedScopes(spec.scopes ?? ['repo', 'admin:repo_hook', 'read:org', 'user']),
    permissions: spec.permissions ?? null,
    repositories: chosen(forge, spec.repositories),
    expiresAt: spec.expiresAt ? Number(spec.expiresAt) : null,
    name: spec.name ?? 'personal token',
  })
}

/**
 * GitHub, on one origin as an Enterprise Server has it: pages and git at the root, the API under `/api/v3`.
 * With `edition: 'github.com'` it has what only github.com has: revocation without a secret, published host keys,
 * a rate limit, and no version.
 */
export const github: Dialect = {
  id: 'github',
  apiPath: '/api/v3',
  settings: {
    version: '3.23.0',
    edition: 'server',
    credentialsRevoke: false,
    pkce: true,
    offlineAccess: true,
    rateLimit: null,
    deviceInterval: 5,
    deviceFlow: true,
    tokenLifetime: null,
    invalidateRefreshTokens: true,
    localHooks: true,
    signingTokens: false,
    signInRequired: false,
    oauthScopes: true,
    namesIssuer: false,
  },
  editions: { 'github.com': { credentialsRevoke: true, rateLimit: 5000 } },
  routes: [
    {
      prefix: '/api/v3',
      routes: [
        ...metaRoutes,
        ...repositoryRoutes,
        ...searchRoutes,
        ...installationRoutes,
        ...hookRoutes,
        ...deployKeyRoutes,
        ...statusRoutes,
        ...revocationRoutes,
      ],
      otherwise: (call) => api('GET /', { auth: 'anyone' }, notFound).handle(call),
    },
    { prefix: '', routes: [...authorizeRoutes, ...tokenRoutes, ...devicePages, ...settingsPages, ...gitRoutes] },
  ],
  clientId: ({ kind }) =>
    kind === 'github-app' ? `Iv23${randomBytes(8).toString('hex')}` : `Ov23${randomBytes(8).toString('hex')}`,
  clientSecret: () => randomBytes(20).toString('hex'),
  personalToken,
  pushed: githubPushed,
  start: (forge) => {
    forge.credentials.onRevoked((dead) => dropKeysOf(forge, dead))
  },
}
