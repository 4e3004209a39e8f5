import { Failure } from '../../src-preload/contract/outcome'
import { whyUnreached } from '../network/unreached'
import type { SshPlace, SshWay } from './session'

/** What went wrong in words of the library and of the system below it. */
interface SessionError {
  /** Where it happened, as ssh2 says. */
  readonly level?: string
  /** Of a system call. */
  readonly code?: string | number
}

const notThere = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']
const silent = ['ETIMEDOUT', 'ESOCKETTIMEDOUT']
const cut = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']

/** Reads an error of a login that did not come about. */
export const explainSession = (cause: unknown, place: SshPlace, way: SshWay['kind']): Failure => {
  const { level, code } = (cause ?? {}) as SessionError
  const host = `${place.host}:${place.port}`
  const fail = (...[name, facts]: ConstructorParameters<typeof Failure>) =>
    new Failure(name, { host, ...facts }, { cause })
  if (level === 'client-authentication') {
    return way === 'password'
      ? fail('access-denied', { why: 'password', user: place.user })
      : fail('publickey-denied', { user: place.user })
  }
  if (level === 'agent') return fail('not-found', { what: 'ssh-agent' })
  if (level === 'client-timeout') return fail('timed-out')
  if (typeof code === 'string') {
    if (notThere.includes(code)) return fail('host-not-found')
    if (silent.includes(code)) return fail('timed-out')
    if (!cut.includes(code)) return fail('unreachable', { error: code, ...whyUnreached(code) })
  }
  return fail('connection-closed')
}
