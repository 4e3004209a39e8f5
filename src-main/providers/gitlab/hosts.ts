export const cloudHost = 'https://gitlab.com'

/** Scopes that list and clone. `api` alone would do as well, and far more than that. */
export const signInScopes = ['read_api', 'read_repository'] as const
/** Webhooks, deploy keys and commit statuses need the whole API; docs.gitlab.com, "Scopes". */
export const deployScopes = ['api', 'read_repository'] as const

/** Pages in the settings of a signed-in person. */
export const pages = (host: string) => ({
  newToken: `${host}/-/user_settings/personal_access_tokens?name=CloudAIPilot&scopes=${signInScopes.join(',')}`,
  tokens: `${host}/-/user_settings/personal_access_tokens`,
  applications: `${host}/-/user_settings/applications`,
})
