import { isLoopback } from '../network/loopback'
import type { CredentialQuestion } from './credential-question'

/** What is looked at to choose: facts of an account. */
export interface Candidate {
  readonly id: string
  readonly host: string
  readonly kind: 'oauth' | 'token' | 'ssh'
  readonly login: string
  readonly state: string
  readonly isDefault: boolean
  readonly connectedAt: number
}

/** User names that stand for "whoever this token belongs to" in clone addresses of the providers. */
const anybody = /^(oauth2|git|token|x-access-token|x-token-auth|x-bitbucket-api-token-auth)$/i

const originOf = (host: string): string => {
  try {
    return new URL(host).origin
  } catch {
    return ''
  }
}

/** Path below the origin that a forge lives under, without slashes at its ends; '' for its root. */
export const basePathOf = (host: string): string => new URL(host).pathname.replace(/^\/+|\/+$/g, '')

/**
 * A way up, however it is written: what asks for the path may resolve it before it is sent (RFC 3986, section 5.2.4), and what
 * answers may decode it once more, cut it at a sign, or take other dots and blanks for the usual ones. No forge has such names.
 */
const mayLeadUpwards = (path: string): boolean =>
  /[%\\;?#\p{C}]/u.test(path) ||
  path
    .normalize('NFKC')
    .split('/')
    .some((name) => /^[\s.]+$/.test(name))

const withinBase = (account: Candidate, path: string): boolean => {
  const base = basePathOf(account.host)
  return base === '' || (!mayLeadUpwards(path) && (path === base || path.startsWith(`${base}/`)))
}

/**
 * The account that a repository is cloned with, or null when it is none of ours. Several of one host are told apart by the
 * user name in the address, then by who lists the repository, then by whose it is; else the default one, else the oldest.
 * @param listing ids of the accounts that are known to see the path
 */
export const chooseAccount = <T extends Candidate>(
  accounts: readonly T[],
  { protocol, host, path, username }: CredentialQuestion,
  listing: readonly string[],
): T | null => {
  if (protocol === 'http' && !isLoopback(host.replace(/:\d+$/, ''))) return null
  const origin = originOf(`${protocol}://${host}`)
  const here = accounts.filter(
    (account) =>
      account.kind !== 'ssh' &&
      account.state !== 'revoked' &&
      originOf(account.host) === origin &&
      withinBase(account, path),
  )
  const named =
    username === '' || anybody.test(username)
      ? here
      : here.filter(({ login }) => login.toLowerCase() === username.toLowerCase())
  const owner = path.split('/')[0]?.toLowerCase() ?? ''
  const rank = (account: T): number =>
    (listing.includes(account.id) ? 4 : 0) +
    (owner !== '' && account.login.toLowerCase() === owner ? 2 : 0) +
    (account.isDefault ? 1 : 0)
  return [...named].sort((one, other) => rank(other) - rank(one) || one.connectedAt - other.connectedAt)[0] ?? null
}
