import { randomBytes } from 'node:crypto'
import type { Dialect } from '../forge-state'
import { json } from '../reply'
import { authorizeRoutes } from './authorize'
import { deployKeyRoutes } from './deploy-keys'
import { gitRoutes } from './git'
import { hookRoutes } from './hooks'
import { sitePages } from './pages'
import { personalToken, personalTokenRoutes } from './personal-tokens'
import { projectRoutes } from './projects'
import { gitlabPushed } from './push-event'
import { statusRoutes } from './statuses'
import { tokenRoutes } from './token-endpoint'

/** GitLab, self-managed: groups inside groups, public clients, single-use refresh tokens. */
export const gitlab: Dialect = {
  id: 'gitlab',
  apiPath: '/api/v4',
  settings: {
    version: '19.2.0',
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
    signingTokens: true,
    signInRequired: false,
    oauthScopes: true,
    namesIssuer: false,
  },
  routes: [
    {
      prefix: '/api/v4',
      routes: [...projectRoutes, ...hookRoutes, ...deployKeyRoutes, ...statusRoutes, ...personalTokenRoutes],
      otherwise: () => json(404, { error: '404 Not Found' }),
    },
    { prefix: '', routes: [...authorizeRoutes, ...tokenRoutes, ...sitePages, ...gitRoutes] },
  ],
  clientId: () => randomBytes(32).toString('hex'),
  clientSecret: () => `gloas-${randomBytes(32).toString('hex')}`,
  personalToken,
  pushed: gitlabPushed,
}
