/** Scopes that an application may ask for; docs.gitlab.com, "OAuth 2.0 authentication provider", "Authorized applications". */
export const SCOPES: Readonly<Record<string, string>> = {
  api: 'Access the authenticated user’s API',
  read_api: 'Read Api',
  read_user: 'Read the authenticated user’s personal information',
  read_repository: 'Allows read-only access to the repository',
  write_repository: 'Allows read-write access to the repository',
  openid: 'Authenticate using OpenID Connect',
  profile: 'Allows read-only access to the user’s personal information using OpenID Connect',
  email: 'Allows read-only access to the user’s primary email address using OpenID Connect',
  self_rotate: 'Rotate this token',
}

/** Granted when a request names none. */
const DEFAULT = ['api']

/** Scopes out of a parameter, null when one of them is unknown. */
export function requestedScopes(parameter: string | null): readonly string[] | null {
  const scopes = (parameter ?? '').split(/\s+/).filter(Boolean)
  if (scopes.length === 0) return DEFAULT
  return scopes.every((scope) => scope in SCOPES) ? scopes : null
}
