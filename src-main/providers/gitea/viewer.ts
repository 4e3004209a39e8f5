import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import type { Viewer } from '../provider'
import { readAs } from '../read-as'
import { User, Version } from './schema'
import { applicationsPage } from './sign-in'

/**
 * Whether OAuth tokens are held to the scopes they were given: Gitea from 1.23 on, Forgejo not
 * (forgejo.org, "OAuth2 provider", "Scopes").
 */
export const honoursScopes = (version: string): boolean => {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  const forgejo = /\+gitea-|forgejo/i.test(version)
  return !forgejo && (Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 23))
}

/** Neither server says what a token may, so the call for listing is tried. */
const probe = async (http: Http, signal?: AbortSignal): Promise<Failure | null> => {
  try {
    await http.get('/user/repos?limit=1', signal ? { signal } : {})
    return null
  } catch (error) {
    if (error instanceof Failure && error.code === 'scope-missing') return error
    throw error
  }
}

/** Who the token belongs to and what it reaches: `full` where the server ignores scopes. */
export const readViewer = async (http: Http, signal?: AbortSignal): Promise<Viewer> => {
  const options = signal ? { signal } : {}
  const { id, login, full_name } = readAs(User, await http.get('/user', options))
  const [version, attention] = await Promise.all([http.get('/version', options), probe(http, signal)])
  const full = http.kind === 'oauth' && !honoursScopes(readAs(Version, version).version)
  return {
    id,
    login,
    name: full_name || login,
    scopes: null,
    expiresAt: null,
    access: {
      selection: full ? 'full' : attention === null ? 'all' : 'unknown',
      manageUrl: applicationsPage(http.host),
      owners: [],
    },
    attention,
  }
}
