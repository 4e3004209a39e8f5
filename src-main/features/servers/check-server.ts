import type { Server, ServerCheck, ServerCheckName } from '../../../src-preload/contract/entities/server'
import { serverChecks } from '../../../src-preload/contract/entities/server'
import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'
import type { Answer } from '../../deploy/frame'
import type { Pilot } from '../../deploy/pilot'
import { fingerprint } from '../../ssh/fingerprint'
import { reachPort, resolveHost } from '../../ssh/scan-host-keys'
import { asData, asFailure } from '../accounts/failure-families'
import type { HostLook } from '../host-keys/look-at-host'
import { judgeClock, judgeDisk, judgeGit, judgeReceiver, judgeSupervisor, judgeTools, type Look } from './judge-server'
import type { LoginPlace } from './login-place'

/** A host that deploys on the server have to reach. */
export interface OutboundTarget {
  readonly kind: 'ssh' | 'https'
  readonly host: string
  readonly port: number
}

export interface CheckParts {
  readonly hosts: Pick<HostLook, 'look'>
  readonly run: <T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal) => Promise<T>
  /** Hosts of the connected accounts. */
  readonly outbound: () => readonly OutboundTarget[]
  readonly now: () => number
}

/** What a server is known by after its checks. */
export interface Checked {
  readonly state: Server['state']
  readonly reason: Server['reason']
  readonly checks: readonly ServerCheck[]
  readonly hostKey: Server['hostKey']
  readonly receiver: {
    readonly state: Server['receiver']['state']
    readonly keptBy: Server['receiver']['keptBy']
  } | null
}

/** Time for one try to reach the port, in ms. */
const patience = 10_000

/** These say that the machine or the way to it is the trouble. */
const away: readonly FailureCode[] = ['host-not-found', 'unreachable', 'timed-out', 'connection-closed']

const waiting = (check: ServerCheckName): ServerCheck => ({
  check,
  state: 'waiting',
  detail: null,
  milliseconds: null,
  mend: 'no',
  failure: null,
})

export const noChecks: readonly ServerCheck[] = serverChecks.map(waiting)

/**
 * Looks at a server step by step. Never throws: what was found stands in the checks. A step that fails ends the steps
 * that need it; from `git` on each stands for itself.
 * @param show is told the checks after every change
 */
export const checkServer = async (
  place: LoginPlace,
  parts: CheckParts,
  show: (checks: readonly ServerCheck[]) => void,
  signal: AbortSignal,
): Promise<Checked> => {
  let checks = noChecks
  let hostKey: Server['hostKey'] = null
  let reason: Server['reason'] = null
  let receiver: Checked['receiver'] = null
  const mark = (check: ServerCheckName, change: Partial<ServerCheck>) => {
    checks = checks.map((entry) => (entry.check === check ? { ...entry, ...change } : entry))
    show(checks)
  }
  const step = async <T>(check: ServerCheckName, act: () => Promise<T>, look: (result: T) => Look): Promise<T> => {
    const from = parts.now()
    mark(check, { state: 'running' })
    try {
      const result = await act()
      if (signal.aborted) throw new Failure('cancelled')
      const { state = 'passed', detail = null, failure = null, mend = 'no' } = look(result)
      mark(check, { state, detail, failure, mend, milliseconds: parts.now() - from })
      if (state === 'failed' && failure !== null) reason ??= failure
      return result
    } catch (error) {
      const failure = asFailure(error)
      const mend = failure.code === 'publickey-denied' && check === 'login' ? 'install-key' : 'no'
      mark(check, { state: 'failed', failure: asData(failure), mend, milliseconds: parts.now() - from })
      throw error
    }
  }
  const done =
    (detail: string | null = null) =>
    () => ({ detail })

  /** Null when a person has to confirm it first. */
  const hostKeyStep = async (): Promise<string | null> => {
    const shown = await parts.hosts.look(place.host, place.port, signal)
    const { type, blob } = shown.hostKey
    if (shown.kind === 'known') return `${type} ${fingerprint(blob)}`
    hostKey = { type, fingerprint: fingerprint(blob), published: shown.published }
    return null
  }

  const onServer = async (pilot: Pilot) => {
    const facts = await step('tools', () => pilot.call('check', [], { signal }), judgeTools)
    if (facts.get('missing') !== '' || facts.get('writable') === '') return
    const now = Number(facts.get('now'))
    const show = (check: ServerCheckName, look: (facts: Answer) => Look) => step(check, async () => facts, look)
    await show('git', judgeGit)
    await show('disk', judgeDisk)
    await show('clock', () => judgeClock(now - parts.now()))
    const status = await pilot.call('receiver-status', [], { signal })
    const judged = judgeReceiver(facts, status, place.host)
    receiver = { state: judged.receiver, keptBy: judged.keptBy }
    await show('receiver', () => judged.look)
    const targets = parts.outbound()
    await step(
      'outbound',
      () =>
        pilot.call(
          'outbound',
          targets.map(({ kind, host, port }) => ['target', `${kind} ${host} ${port}`] as const),
          { signal, timeout: 120_000 },
        ),
      (answer) => {
        const unreached = answer.all('unreached')
        const names = (rows: readonly string[]) =>
          rows.map((row) => row.replace(/^(\S+) (\S+) (\d+)$/, '$2:$3')).join(', ')
        if (unreached.length === 0) return { detail: names(answer.all('reached')) || null }
        const failure = { code: 'unreachable' as const, facts: { host: names(unreached), from: 'server' } }
        return { state: unreached.length < targets.length ? 'warned' : 'failed', detail: names(unreached), failure }
      },
    )
    await show('supervisor', () => judgeSupervisor(judged.keptBy))
  }

  const steps = async () => {
    await step(
      'resolve',
      () => resolveHost(place.host, signal),
      (address) => ({ detail: address }),
    )
    await step('reach', () => reachPort(place.host, place.port, patience, signal), done())
    const trusted = await step('host-key', hostKeyStep, (detail) =>
      detail === null ? { state: 'waiting' } : { detail },
    )
    if (trusted === null) return
    await step('login', () => parts.run(place, async () => undefined, signal), done(place.user))
    await parts.run(place, onServer, signal)
  }

  await steps().catch((error: unknown) => {
    reason = asData(asFailure(error))
  })
  const unfinished = (entry: ServerCheck) =>
    entry.state === 'running' || (entry.state === 'waiting' && hostKey === null)
  checks = checks.map((entry) => (unfinished(entry) ? { ...entry, state: 'skipped' } : entry))
  return { state: stateOf(reason, hostKey), reason, checks, hostKey, receiver }
}

const stateOf = (reason: Server['reason'], hostKey: Server['hostKey']): Server['state'] => {
  if (hostKey !== null) return 'asks-host-key'
  if (reason === null) return 'ready'
  return away.includes(reason.code) && reason.facts?.from !== 'server' ? 'unreachable' : 'needs-attention'
}
