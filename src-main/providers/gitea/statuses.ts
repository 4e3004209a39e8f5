import type { Http } from '../http'
import type { StatusAbility } from '../provider'
import { currentPath } from './repositories'

/** Marks on commits; docs.gitea.com, "API". */
export const createStatuses = (http: Http): StatusAbility => ({
  report: async (repository, commit, { state, description, context }) => {
    const path = `${await currentPath(http, repository)}/statuses/${encodeURIComponent(commit)}`
    await http.send('POST', path, { state, context, description: [...description].slice(0, 250).join('') })
  },
})
