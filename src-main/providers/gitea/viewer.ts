import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import type { Viewer } from '../provider'
import { readAs } from '../read-as'
import { User } from './schema'
import { applicationsPage, signInScopes } from './sign-in'

/**
 * Whether the server holds an OAuth token to the scopes it was given: older Gitea and Forgejo do not, and no version says so
 * for certain. The organizations are outside of all scopes that are asked for, so a server that lists them holds it to none.
 */
const isHeldToScopes = async (http: Http, signal?: AbortSignal): Promise<boolean> => {
  const { status } = await http.get('/user/orgs?limit=1', { accept: [403, 404], ...(signal && { signal }) })
  return status !== 200
}

/** Neither server says what a token may, so the call for listing is tried. */
const probe = async (http: Http, signal?: AbortSignal): Promise<Failure | null> => {
  try {
    await http.get('/user/repos?limit=1', signal ? { signal } : {})
    return null
  } catch (error) {
    if (error instanceof Failure && error.code === 'scope-missing')
      return new Failure(error.code, { ...error.facts, blocks: 'listing cloning' })
    throw error
  }
}

/**
 * A token that may not say whose it is is of no use here. Forgejo's tokens for specific repositories never may
 * (forgejo.org, "Access token scope"), so that asking for the scope alone would lead nowhere.
 */
const withoutPerson = (error: unknown): never => {
  if (!(error instanceof Failure) || error.code !== 'scope-missing') throw error
  throw new Failure(error.code, { ...error.facts, why: 'no-person', needs: signInScopes.join(', ') }, { cause: error })
}

/** Who the token belongs to and what it reaches: `full` where the server ignores the scopes of an OAuth token. */
export const readViewer = async (http: Http, signal?: AbortSignal): Promise<Viewer> => {
  const options = signal ? { signal } : {}
  const { id, login, full_name } = readAs(User, await http.get('/user', options).catch(withoutPerson))
  const [held, attention] = await Promise.all([
    http.kind === 'oauth' ? isHeldToScopes(http, signal) : true,
    probe(http, signal),
  ])
  return {
    id,
    login,
    name: full_name || login,
    scopes: null,
    expiresAt: null,
    access: {
      selection: !held ? 'full' : attention === null ? 'all' : 'unknown',
      manageUrl: applicationsPage(http.host),
      owners: [],
    },
    attention,
  }
}
