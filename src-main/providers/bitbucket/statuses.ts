import type { Http } from '../http'
import type { StatusAbility } from '../provider'
import { repositoryPath } from './repositories'

const states = { pending: 'INPROGRESS', success: 'SUCCESSFUL', failure: 'FAILED' } as const

/** Build statuses; developer.atlassian.com, "Commit statuses". A key has at most 40 characters, an address is required. */
export const createStatuses = (http: Http): StatusAbility => ({
  report: async (repository, commit, { state, description, context }) => {
    const sha = encodeURIComponent(commit)
    await http.send('POST', `${repositoryPath(repository)}/commit/${sha}/statuses/build`, {
      key: context.slice(0, 40),
      name: context,
      state: states[state],
      description: [...description].slice(0, 250).join(''),
      url: `${http.host}/${repository.path}/commits/${sha}`,
    })
  },
})
