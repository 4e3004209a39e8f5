import type { Http } from '../http'
import type { RevokeAbility } from '../provider'
import { pages } from './hosts'

/**
 * Takes a token away: an OAuth token by its client's public identifier (RFC 7009; the refresh token goes with it), a
 * token made by hand by itself, which any scope allows; docs.gitlab.com, "Personal access tokens API".
 */
export const createRevoke = (http: Http): RevokeAbility => ({
  run: async (credential, client) => {
    const page = pages(http.host)
    if (credential.kind === 'token') {
      const path = '/personal_access_tokens/self'
      const { status } = await http.send('DELETE', path, undefined, { accept: [400, 403, 404] })
      return { revoked: status === 204, page: page.tokens }
    }
    const fields = {
      client_id: client?.clientId ?? credential.clientId,
      ...(client?.clientSecret && { client_secret: client.clientSecret.reveal() }),
      token: credential.accessToken.reveal(),
    }
    const options = { anonymous: true, form: true, accept: [400, 401, 403] }
    const { status } = await http.send('POST', `${http.host}/oauth/revoke`, fields, options)
    return { revoked: status === 200, page: page.applications }
  },
})
