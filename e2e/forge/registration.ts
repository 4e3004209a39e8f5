import type { OAuthApp } from './credentials'
import type { AppSpec, Dialect, ForgeState } from './forge-state'

const GITHUB_APP_PERMISSIONS = {
  contents: 'read',
  metadata: 'read',
  administration: 'write',
  statuses: 'write',
  repository_hooks: 'write',
}

/** Registers an app with a forge, as its owner does in the settings. */
export function register(state: ForgeState, dialect: Dialect, spec: AppSpec): OAuthApp {
  const kind = spec.kind ?? 'oauth-app'
  const name = spec.name ?? 'CloudAIPilot Desktop'
  const app: OAuthApp = {
    id: state.nextId(),
    kind,
    name,
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    clientId: dialect.clientId({ kind }),
    clientSecret: spec.secret ?? dialect.clientSecret(),
    redirectUris: spec.redirectUris,
    confidential: spec.confidential ?? true,
    deviceFlow: spec.deviceFlow ?? false,
    expiringTokens: spec.expiringTokens ?? kind === 'github-app',
    permissions: spec.permissions ?? (kind === 'github-app' ? GITHUB_APP_PERMISSIONS : {}),
  }
  state.apps.set(app.clientId, app)
  return app
}
