import { randomBytes, randomUUID } from 'node:crypto'
import type { Dialect, Settings } from '../forge-state'
import { json } from '../reply'
import { type RouteGroup, route } from '../router'
import { notFound } from './api'
import { authorizeRoutes } from './authorize'
import { deployKeyRoutes } from './deploy-keys'
import { gitRoutes } from './git'
import { hookRoutes } from './hooks'
import { ownTokenRoutes } from './own-tokens'
import { sitePages } from './pages'
import { giteaPushed } from './push-event'
import { repositoryRoutes } from './repositories'
import { statusRoutes } from './statuses'
import { tokenRoutes } from './token-endpoint'
import { personalToken } from './tokens'

const API: RouteGroup = {
  prefix: '/api/v1',
  routes: [...repositoryRoutes, ...hookRoutes, ...deployKeyRoutes, ...statusRoutes, ...ownTokenRoutes],
  otherwise: notFound,
}

const site = (realm: 'Gitea' | 'Forgejo'): RouteGroup => ({
  prefix: '',
  routes: [...authorizeRoutes, ...tokenRoutes, ...sitePages, ...gitRoutes(realm)],
})

const SETTINGS: Settings = {
  version: '1.25.2',
  edition: 'server',
  credentialsRevoke: false,
  pkce: true,
  offlineAccess: true,
  rateLimit: null,
  deviceInterval: 5,
  deviceFlow: false,
  tokenLifetime: null,
  invalidateRefreshTokens: false,
  localHooks: true,
  signingTokens: false,
  signInRequired: false,
  oauthScopes: true,
  namesIssuer: false,
}

const shared = {
  apiPath: '/api/v1',
  clientId: () => randomUUID(),
  clientSecret: () => `gto_${randomBytes(26).toString('base64url')}`,
  personalToken,
  pushed: giteaPushed,
}

/** Gitea: scopes by category, pages of 50, old refresh tokens that go on working, nothing that revokes. */
export const gitea: Dialect = { ...shared, id: 'gitea', settings: SETTINGS, routes: [API, site('Gitea')] }

/** Forgejo: the same API, but a grant keeps its first scopes. Older ones give OAuth tokens the person's full rights (`oauthScopes: false`). */
export const forgejo: Dialect = {
  ...shared,
  id: 'forgejo',
  settings: { ...SETTINGS, version: '16.0.4+gitea-1.22.0' },
  routes: [
    {
      prefix: '/api/forgejo/v1',
      routes: [route('GET /version', (call) => json(200, { version: call.forge.settings.version }))],
      otherwise: notFound,
    },
    API,
    site('Forgejo'),
  ],
}
