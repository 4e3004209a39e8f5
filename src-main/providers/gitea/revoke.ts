import type { Http } from '../http'
import type { RevokeAbility } from '../provider'
import { applicationsPage } from './sign-in'

/** Gitea and Forgejo revoke nothing by API without the password; the person does it on this page. */
export const createRevoke = (http: Http): RevokeAbility => ({
  run: async () => ({ revoked: false, page: applicationsPage(http.host) }),
})
