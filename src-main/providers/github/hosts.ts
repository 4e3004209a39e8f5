/** Where GitHub keeps things, for github.com, GHE.com (`SUBDOMAIN.ghe.com`) and GitHub Enterprise Server. */
export const cloudHost = 'https://github.com'

/** docs.github.com, "Getting started with the REST API": Enterprise Server has its API below `/api/v3`. */
export const apiBase = (host: string): string => {
  if (host === cloudHost) return 'https://api.github.com'
  const subdomain = /^https:\/\/([a-z0-9-]+\.ghe\.com)$/.exec(host)?.[1]
  return subdomain === undefined ? `${host}/api/v3` : `https://api.${subdomain}`
}

/** Pages in the settings of a signed-in person. */
export const pages = (host: string) => ({
  newToken: `${host}/settings/tokens/new?description=CloudAIPilot&scopes=repo,read:org`,
  tokens: `${host}/settings/tokens`,
  fineGrainedTokens: `${host}/settings/personal-access-tokens`,
  newOAuthApp: `${host}/settings/applications/new`,
  installations: `${host}/settings/installations`,
  /** Of one app that the person authorised; of all when the app is unknown. */
  authorization: (clientId: string | null) =>
    clientId === null
      ? `${host}/settings/applications`
      : `${host}/settings/connections/applications/${encodeURIComponent(clientId)}`,
  singleSignOn: (organization: string) => `${host}/orgs/${encodeURIComponent(organization)}/sso`,
})
