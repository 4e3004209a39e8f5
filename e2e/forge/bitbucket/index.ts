import { randomBytes } from 'node:crypto'
import type { Dialect } from '../forge-state'
import { notFound } from './api'
import { deployKeyRoutes } from './deploy-keys'
import { gitRoutes } from './git'
import { hookRoutes } from './hooks'
import { bitbucketPushed } from './push-event'
import { repositoryRoutes } from './repositories'
import { siteRoutes } from './sign-in'
import { statusRoutes } from './statuses'
import { apiToken } from './tokens'

const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const letters = (count: number): string =>
  [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/**
 * Bitbucket Cloud. In truth the site (bitbucket.org) and the API (api.bitbucket.org) are two origins; here both lie
 * on one, the API under `/2.0` as there.
 */
export const bitbucket: Dialect = {
  id: 'bitbucket',
  apiPath: '/2.0',
  settings: {
    version: '',
    edition: 'server',
    credentialsRevoke: false,
    pkce: false,
    offlineAccess: true,
    rateLimit: null,
    deviceInterval: 5,
    deviceFlow: false,
    tokenLifetime: null,
    invalidateRefreshTokens: true,
    localHooks: true,
    signingTokens: false,
    signInRequired: false,
    oauthScopes: true,
    namesIssuer: false,
  },
  routes: [
    {
      prefix: '/2.0',
      routes: [...repositoryRoutes, ...hookRoutes, ...deployKeyRoutes, ...statusRoutes],
      otherwise: notFound,
    },
    { prefix: '', routes: [...siteRoutes, ...gitRoutes] },
  ],
  clientId: () => letters(18),
  clientSecret: () => letters(32),
  personalToken: apiToken,
  pushed: bitbucketPushed,
}
