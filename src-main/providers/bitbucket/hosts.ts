/** There is one Bitbucket Cloud. */
export const cloudHost = 'https://bitbucket.org'

/** The API has a host of its own; a server that stands in for Bitbucket has it below its address. */
export const apiBase = (host: string): string => (host === cloudHost ? 'https://api.bitbucket.org/2.0' : `${host}/2.0`)

/** API tokens are made in the Atlassian account, not at Bitbucket. */
const apiTokens = 'https://id.atlassian.com/manage-profile/security/api-tokens'

/** Pages in the settings of a signed-in person. */
export const pages = (host: string) => ({
  tokens: apiTokens,
  /** Each workspace has its OAuth consumers in its settings; the person picks the workspace here. */
  consumers: `${host}/account/workspaces/`,
  authorizations: `${host}/account/settings/app-authorizations/`,
})

/** Scopes of an API token that lists and clones. None includes another. */
export const tokenScopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'] as const

/** Those that deploys need: webhooks and deploy keys are made, and taken away again. */
export const deployTokenScopes = [
  ...tokenScopes,
  'read:webhook:bitbucket',
  'write:webhook:bitbucket',
  'delete:webhook:bitbucket',
  'admin:repository:bitbucket',
  'write:ssh-key:bitbucket',
  'delete:ssh-key:bitbucket',
] as const

/** Scopes to tick on the consumer; requests name none. The last two serve webhooks and deploy keys. */
export const consumerScopes = ['account', 'repository', 'webhook', 'repository:admin'] as const
