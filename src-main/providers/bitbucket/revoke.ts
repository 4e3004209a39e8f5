import type { Http } from '../http'
import type { RevokeAbility } from '../provider'
import { pages } from './hosts'

/** Bitbucket lets only the person take a token away, on these pages. */
export const createRevoke = (http: Http): RevokeAbility => ({
  run: async (credential) => {
    const page = pages(http.host)
    return { revoked: false, page: credential.kind === 'oauth' ? page.authorizations : page.tokens }
  },
})
