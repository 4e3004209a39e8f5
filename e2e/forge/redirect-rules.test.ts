import { describe, expect, it } from 'vitest'
import { allowsRedirect as atBitbucket } from './bitbucket/sign-in'
import type { OAuthApp } from './credentials'
import { allowsRedirect as atGitea } from './gitea/authorize'
import { allowsRedirect as atGitHub } from './github/authorize'
import { allowsRedirect as atGitLab } from './gitlab/authorize'

const app = (redirectUri: string, more: Partial<OAuthApp> = {}): OAuthApp => ({
  id: 1,
  kind: 'oauth-app',
  name: '',
  slug: '',
  clientId: '',
  clientSecret: '',
  redirectUris: [redirectUri],
  confidential: false,
  deviceFlow: false,
  expiringTokens: false,
  permissions: {},
  ...more,
})

const link = 'x://oauth/callback'
const local = 'http://127.0.0.1/callback'

/** Registered, asked for, and who lets it be: GitHub, a GitHub App, GitLab, Bitbucket, Gitea, a confidential Gitea. */
const table: readonly (readonly [registered: string, asked: string, allowed: readonly boolean[]])[] = [
  [link, link, [true, true, true, true, true, true]],
  [link, `${link}/below`, [true, false, false, true, false, false]],
  [link, `${link}below`, [false, false, false, true, false, false]],
  [link, 'x://oauth/', [false, false, false, false, false, false]],
  [link, `${link}?a=b`, [true, false, false, true, false, false]],
  [link, `${link}/`, [true, false, false, true, true, true]],
  [link, 'x://sub.oauth/callback', [true, false, false, false, false, false]],
  [link, 'x://notoauth/callback', [false, false, false, false, false, false]],
  [link, 'x://oauth/CALLBACK', [false, false, false, false, true, true]],
  [link, `${link}/../../elsewhere`, [false, false, false, true, false, false]],
  [local, 'http://127.0.0.1:81/callback', [true, false, true, false, true, false]],
  [local, 'http://127.0.0.1:81/callback/below', [true, false, false, false, false, false]],
  [local, 'http://127.0.0.1:81/callback?a=b', [true, false, false, false, false, false]],
  [local, 'http://127.0.0.1:81/below/../callback', [true, false, false, false, false, false]],
  [local, 'http://127.0.0.2:81/callback', [false, false, false, false, false, false]],
  [local, 'http://localhost:81/callback', [false, false, false, false, false, false]],
  ['http://127.0.0.2/callback', 'http://127.0.0.2:81/callback', [true, false, true, false, true, false]],
  ['http://localhost/callback', 'http://localhost:81/callback', [true, false, false, false, false, false]],
  ['http://[::1]/callback', 'http://[::1]:81/callback', [true, false, true, false, true, false]],
]

describe('whether a browser may be sent on', () => {
  it.each(table)('from %s to %s', (registered, asked, allowed) => {
    expect([
      atGitHub(app(registered), asked),
      atGitHub(app(registered, { kind: 'github-app' }), asked),
      atGitLab(app(registered), asked),
      atBitbucket(app(registered), asked),
      atGitea(app(registered), asked),
      atGitea(app(registered, { confidential: true }), asked),
    ]).toEqual(allowed)
  })
})
