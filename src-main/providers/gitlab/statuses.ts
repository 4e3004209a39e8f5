import type { Http } from '../http'
import type { StatusAbility } from '../provider'

/** Marks on commits; docs.gitlab.com, "Commits API", "Set commit pipeline status". */
export const createStatuses = (http: Http): StatusAbility => ({
  report: async ({ id }, commit, { state, description, context }) => {
    const path = `/projects/${encodeURIComponent(id)}/statuses/${encodeURIComponent(commit)}`
    const name = state === 'failure' ? 'failed' : state
    await http.send('POST', path, { state: name, name: context, description: [...description].slice(0, 250).join('') })
  },
})
