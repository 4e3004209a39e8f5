import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import type { OnPartial, Viewer } from '../provider'
import { readAs } from '../read-as'
import { pages } from './hosts'
import { listWorkspaces } from './repositories'
import { User } from './schema'

/** What a call yields, or the failure when it is about a missing scope. */
const unlessScope = async <T>(run: () => Promise<T>): Promise<T | Failure> => {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure && error.code === 'scope-missing')
      return new Failure(error.code, { ...error.facts, blocks: 'listing' })
    throw error
  }
}

const probe = async (http: Http, workspaces: readonly string[], signal?: AbortSignal): Promise<Failure | null> => {
  const [slug] = workspaces
  if (slug === undefined) return null
  const path = `/repositories/${encodeURIComponent(slug)}?role=member&pagelen=1`
  const result = await unlessScope(() => http.get(path, signal ? { signal } : {}))
  return result instanceof Failure ? result : null
}

/** Who the credential belongs to. Bitbucket does not say what a token may, so the calls for listing are tried. */
export const readViewer = async (http: Http, signal?: AbortSignal): Promise<Viewer> => {
  const me = await http.get('/user', signal ? { signal } : {})
  const { uuid, nickname, display_name } = readAs(User, me)
  const partial: Failure[] = []
  const onPartial: OnPartial = (failure) => void partial.push(failure)
  const workspaces = await unlessScope(() => listWorkspaces(http, { onPartial, ...(signal && { signal }) }))
  const attention = workspaces instanceof Failure ? workspaces : await probe(http, workspaces, signal)
  const slugs = workspaces instanceof Failure ? [] : workspaces
  const page = pages(http.host)
  const scopes = me.headers['x-oauth-scopes']?.split(/[\s,]+/).filter((scope) => scope !== '') ?? null
  return {
    id: uuid,
    login: nickname || display_name,
    name: display_name || nickname,
    scopes,
    expiresAt: null,
    access: {
      selection: attention === null ? 'all' : 'unknown',
      manageUrl: http.kind === 'oauth' ? page.authorizations : page.tokens,
      owners: slugs.map((name) => ({ name, selection: 'all', manageUrl: null })),
    },
    attention: attention ?? partial[0] ?? null,
  }
}
