import type { Repository } from '../entities'
import { cutPage, linkHeader, withParameters } from '../paging'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl } from './api'
import { invalid } from './errors'
import { sight } from './reach'
import { seenShape } from './repositories'

/** The search answers no more than its first 1,000 hits. */
const REACHABLE = 1000

type Test = (repository: Repository) => boolean

const yes = (value: string): boolean => value === 'true' || value === 'only'

/** Qualifiers of docs.github.com, "Searching for repositories", that a listing needs. */
const QUALIFIERS: Readonly<Record<string, (value: string) => Test>> = {
  user: (value) => (repository) => repository.owner.login.toLowerCase() === value,
  org: (value) => (repository) => repository.owner.login.toLowerCase() === value,
  repo: (value) => (repository) => `${repository.owner.login}/${repository.name}`.toLowerCase() === value,
  is: (value) => (repository) => (value === 'private' ? repository.private : !repository.private),
  archived: (value) => (repository) => repository.archived === yes(value),
  language: (value) => (repository) => repository.language?.toLowerCase() === value,
  fork: (value) => (repository) => value === 'true' || repository.fork === yes(value),
  in: () => () => true,
}

const testOf = (term: string): Test => {
  const [name = '', value] = term.split(':')
  const qualifier = value === undefined ? undefined : QUALIFIERS[name]
  return qualifier && value !== undefined
    ? qualifier(value)
    : (repository) =>
        repository.name.toLowerCase().includes(term) || repository.description.toLowerCase().includes(term)
}

const search = (call: ApiCall): Reply => {
  const terms = (call.query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  if (terms.length === 0) return invalid({ resource: 'Search', field: 'q', code: 'missing' })
  const tests = terms.map(testOf)
  const { forge, credential } = call
  const hits = forge.world
    .repositories()
    .filter((one) => tests.every((test) => test(one)) && sight(forge, credential, one).kind === 'seen')
  const asked = { page: call.query.get('page'), size: call.query.get('per_page') }
  const page = cutPage(hits.slice(0, REACHABLE), asked, { default: 30, max: 100 })
  if ((page.page - 1) * page.size >= REACHABLE) {
    return invalid({ resource: 'Search', code: 'custom', message: 'Only the first 1000 search results are available' })
  }
  const address = `${apiUrl(call)}/search/repositories`
  const link = linkHeader(page, (number) => withParameters(address, call.query, { page: String(number) }))
  const items = page.rows.map((row) => ({ ...seenShape(call, row), score: 1 }))
  return json(200, { total_count: hits.length, incomplete_results: false, items }, link ? { link } : {})
}

/** Search over what the asker may see. */
export const searchRoutes: readonly Route[] = [api('GET /search/repositories', { auth: 'anyone' }, search)]
