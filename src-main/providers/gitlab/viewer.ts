import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import type { Viewer } from '../provider'
import { readAs } from '../read-as'
import { pages } from './hosts'
import { OwnToken, TokenInfo, User } from './schema'

interface TokenFacts {
  readonly scopes: readonly string[] | null
  readonly expiresAt: number | null
}

const unsaid: TokenFacts = { scopes: null, expiresAt: null }

/** What a token says about itself, each kind at its own address. Project and group tokens say it as personal ones do. */
const readToken = async (http: Http, signal?: AbortSignal): Promise<TokenFacts> => {
  const options = { accept: [400, 401, 403, 404], ...(signal && { signal }) }
  if (http.kind === 'oauth') {
    const answer = await http.get(`${http.host}/oauth/token/info`, options)
    return answer.status === 200 ? { scopes: readAs(TokenInfo, answer).scope, expiresAt: null } : unsaid
  }
  const answer = await http.get('/personal_access_tokens/self', options)
  if (answer.status !== 200) return unsaid
  const { scopes, expires_at } = readAs(OwnToken, answer)
  return { scopes, expiresAt: expires_at }
}

/** `api` contains the other two; a fine-grained token has none of these names and is taken at its word. */
const lacking = (scopes: readonly string[] | null): Failure | null => {
  if (scopes === null || scopes.includes('api') || scopes.includes('granular')) return null
  const clones = scopes.includes('read_repository') || scopes.includes('write_repository')
  if (!scopes.includes('read_api'))
    return new Failure('scope-missing', { scope: 'read_api', blocks: clones ? 'listing' : 'listing cloning' })
  return clones ? null : new Failure('scope-missing', { scope: 'read_repository', blocks: 'cloning' })
}

/** Who the token belongs to and what it may. GitLab gives a token its person's projects, all of them. */
export const readViewer = async (http: Http, signal?: AbortSignal): Promise<Viewer> => {
  // One after the other: that a refused token says nothing of itself is no news, that it is refused is.
  const { id, username, name } = readAs(User, await http.get('/user', signal ? { signal } : {}))
  const { scopes, expiresAt } = await readToken(http, signal)
  const page = pages(http.host)
  const attention = lacking(scopes)
  const listed = attention?.facts.scope !== 'read_api'
  return {
    id,
    login: username,
    name: name || username,
    scopes,
    expiresAt,
    access: {
      selection: listed ? 'all' : 'unknown',
      manageUrl: http.kind === 'oauth' ? page.applications : page.tokens,
      owners: [],
    },
    attention,
  }
}
