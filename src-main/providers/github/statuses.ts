import type { Http } from '../http'
import type { StatusAbility } from '../provider'

/** Marks on commits; docs.github.com, "Commit statuses". A description has at most 140 characters. */
export const createStatuses = (http: Http): StatusAbility => ({
  report: async ({ id }, commit, { state, description, context }) => {
    const path = `/repositories/${encodeURIComponent(id)}/statuses/${encodeURIComponent(commit)}`
    await http.send('POST', path, { state, description: [...description].slice(0, 140).join(''), context })
  },
})
