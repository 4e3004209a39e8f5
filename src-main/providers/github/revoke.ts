import type { Http } from '../http'
import type { RevokeAbility } from '../provider'
import { pages } from './hosts'

/**
 * Takes a token away: by the OAuth app with its secret (docs.github.com, "OAuth authorizations"), else by whoever holds
 * the token (docs.github.com, "Revocation"), which must be asked without a credential. Enterprise Server lacks the latter
 * or refuses it; then only the person can, on the page.
 */
export const createRevoke = (http: Http): RevokeAbility => ({
  run: async (credential, client) => {
    const page = pages(http.host)
    const where =
      credential.kind === 'oauth' ? page.authorization(client?.clientId ?? credential.clientId) : page.tokens

    if (credential.kind === 'oauth' && client?.clientSecret) {
      const path = `/applications/${encodeURIComponent(client.clientId)}/token`
      const body = { access_token: credential.accessToken.reveal() }
      const app = { clientId: client.clientId, clientSecret: client.clientSecret }
      // 404 and 422: the token is no longer one of this app.
      const { status } = await http.send('DELETE', path, body, { client: app, accept: [404, 422] })
      if (status === 204) return { revoked: true, page: where }
    }
    const tokens = credential.kind === 'oauth' ? [credential.accessToken, credential.refreshToken] : [credential.token]
    const credentials = tokens.flatMap((token) => (token === null ? [] : [token.reveal()]))
    const accept = [401, 403, 404, 422]
    const { status } = await http.send('POST', '/credentials/revoke', { credentials }, { anonymous: true, accept })
    return { revoked: status === 202, page: where }
  },
})
