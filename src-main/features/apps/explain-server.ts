import { type Facts, Failure, type FailureCode, failureCodes } from '../../../src-preload/contract/outcome'
import { requireAddress } from '../../git/address'
import { explainGit } from '../../git/explain'
import { cleanLine } from '../../git/redact'

/** What git on the server was doing when it failed. */
export interface ServerAttempt {
  readonly sshUrl: string
  readonly branch: string
  /** Name or address of the server, for the facts. */
  readonly server: string
}

const isCode = (text: string): text is FailureCode => (failureCodes as readonly string[]).includes(text)

/** Facts that failures on a server may have, each made fit to be shown. */
const clean = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, cleanLine(value).slice(0, 300)]))

/**
 * Names a failure that happened on a server. What git and ssh said there (`said`, lines apart by the record separator)
 * is read like what they say here; `from: server` tells the two apart.
 */
export const explainServer = (code: string, facts: Facts, attempt: ServerAttempt): Failure => {
  const { said, ...rest } = facts
  const where: Facts = { from: 'server', server: attempt.server }
  if (said === undefined || said === '') {
    return new Failure(isCode(code) ? code : 'unexpected', { ...clean(rest), ...where })
  }
  const named = explainGit(
    { code: 1, stdout: '', errors: said.split('\x1e') },
    {
      address: requireAddress(attempt.sshUrl),
      branch: attempt.branch,
      hadCredential: true,
      proxy: null,
      secrets: [],
    },
  )
  if (code === 'submodule-refused') {
    return named.code === 'object-refused'
      ? new Failure(named.code, { ...named.facts, ...clean(rest), ...where })
      : new Failure(code, { ...clean(rest), ...where })
  }
  // A fetch says it in other words than a clone.
  const gone = /couldn't find remote ref|Remote branch .* not found/.test(said)
  const told: FailureCode = gone ? 'branch-missing' : named.code
  return new Failure(told, { ...named.facts, ...(gone ? { branch: cleanLine(attempt.branch) } : {}), ...where })
}

/** The same for a failure that a call was refused with; others pass as they are. */
export const explainCall = (error: unknown, attempt: ServerAttempt): unknown =>
  error instanceof Failure && error.facts.said !== undefined ? explainServer(error.code, error.facts, attempt) : error
