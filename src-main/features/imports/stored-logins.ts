import type { FoundLogin } from '../../../src-preload/contract/imports'
import { Secret } from '../../credentials/secret'
import { branch, leaf, readIndented, type Tree } from './indented'

/** A login as another program has written it down; without a token where it keeps that in the keychain. */
export interface StoredLogin extends Omit<FoundLogin, 'id'> {
  readonly token: Secret | null
}

const hostName = /^[\w.-]+(:\d{1,5})?$/
const secretOf = (text: string): Secret | null => (text === '' ? null : new Secret(text))

/** gh's `hosts.yml`: by host, one user or, since gh 2.40, several (cli.github.com/manual). */
export const readGhLogins = (text: string): readonly StoredLogin[] =>
  Object.entries(readIndented(text)).flatMap(([host, value]) => {
    if (typeof value !== 'object' || !hostName.test(host)) return []
    const one = (login: string, token: string): StoredLogin => ({
      source: 'gh',
      host: `https://${host}`,
      login,
      token: secretOf(token),
    })
    const active = leaf(value, 'user')
    const users = branch(value, 'users')
    const others = Object.keys(users)
      .filter((login) => login !== active)
      .map((login) => one(login, leaf(branch(users, login), 'oauth_token')))
    return [one(active, leaf(value, 'oauth_token') || leaf(branch(users, active), 'oauth_token')), ...others]
  })

/**
 * glab's `config.yml` (docs.gitlab.com/cli). A token that glab got by OAuth is left to it: it renews it by itself, and a
 * renewal by either of two would cut the other off.
 */
export const readGlabLogins = (text: string): readonly StoredLogin[] =>
  Object.entries(branch(readIndented(text), 'hosts')).flatMap(([name, value]: [string, string | Tree]) => {
    if (typeof value !== 'object' || !hostName.test(name) || leaf(value, 'is_oauth2') === 'true') return []
    const token = secretOf(leaf(value, 'token'))
    if (token === null) return []
    const host = leaf(value, 'api_host') || name
    const protocol = leaf(value, 'api_protocol') === 'http' ? 'http' : 'https'
    return hostName.test(host)
      ? [{ source: 'glab', host: `${protocol}://${host}`, login: leaf(value, 'user'), token }]
      : []
  })

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** git's plain file, one address with user name and password a line (git-credential-store(1)). */
export const readGitLogins = (text: string): readonly StoredLogin[] =>
  text.split('\n').flatMap((line) => {
    const found = /^(https?):\/\/([^:@/\s]*):([^@/\s]+)@([\w.-]+(?:(?::|%3a)\d{1,5})?)(?:\/|$)/i.exec(line.trim())
    if (found === null) return []
    const [, protocol = '', user = '', password = '', host = ''] = found
    const [login, token] = [decode(user), decode(password)]
    if (login === null || token === null) return []
    const address = `${protocol.toLowerCase()}://${host.replace(/%3a/i, ':')}`
    return [{ source: 'git-credentials', host: address, login, token: secretOf(token) }]
  })
