import type { Conclusion } from '../../../src-preload/contract/entities/diagnosis'
import { Failure } from '../../../src-preload/contract/outcome'
import { parseAddress } from '../../git/address'
import { reachPort, resolveHost } from '../../ssh/scan-host-keys'
import type { SshCandidate } from './candidates'
import { conclusion, failed } from './conclude'
import type { DiagnosisPorts } from './ports'
import type { Question } from './question'
import type { Steps } from './steps'

/** The clone address for an SSH account: as it was pasted, or as the account's host has it. */
const sshAddress = (text: string, { record, path }: SshCandidate): string => {
  const parsed = parseAddress(text)
  if (parsed.ok && parsed.address.kind === 'ssh') return parsed.address.url
  const { hostname, port } = new URL(record.host)
  return port === ''
    ? `${record.login}@${hostname}:${path}.git`
    : `ssh://${record.login}@${hostname}:${port}/${path}.git`
}

/** Only an SSH account is at its host: there is no list to look into, but git can be asked. */
export const lookBySsh = async (
  ports: Pick<DiagnosisPorts, 'countBranches'>,
  steps: Steps,
  text: string,
  candidate: SshCandidate,
  signal: AbortSignal,
): Promise<Conclusion> => {
  const { record } = candidate
  await steps.run(
    'account',
    async () => record,
    () => ({ detail: record.label || record.login }),
  )
  const address = sshAddress(text, candidate)
  const refusal = await steps.run(
    'code',
    async () => {
      try {
        const source = { kind: 'ssh-address' as const, accountId: record.id, address }
        return { branches: await ports.countBranches(source, signal), failure: null }
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        return { branches: 0, failure: error }
      }
    },
    ({ branches, failure }) => (failure === null ? { detail: String(branches) } : { state: 'failed', failure }),
  )
  if (refusal.failure !== null) return failed(refusal.failure, record)
  return conclusion({ finding: 'ssh-works', accountId: record.id, host: record.host, provider: record.provider })
}

/** Time for one try to reach a host, in ms. */
const reachTimeoutMs = 5_000

/** Why a host does not answer; null when it does. */
const silence = async (
  { fetch }: Pick<DiagnosisPorts, 'fetch'>,
  host: string,
  signal: AbortSignal,
): Promise<Failure | null> => {
  const { protocol, hostname, port } = new URL(host)
  try {
    if (protocol !== 'ssh:') await fetch(host, { method: 'HEAD', signal, timeout: reachTimeoutMs })
    else {
      await resolveHost(hostname, signal)
      await reachPort(hostname, Number(port || 22), reachTimeoutMs, signal)
    }
    return null
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

/** Nobody is connected at its host: which host is it, and what lives there? */
export const lookElsewhere = async (
  ports: Pick<DiagnosisPorts, 'detect' | 'fetch'>,
  steps: Steps,
  text: string,
  { place }: Question,
  signal: AbortSignal,
): Promise<Conclusion> => {
  const found = await steps.run(
    'host',
    async () => {
      if (place === null) return null
      const detected = await ports.detect(text)
      // What was told by the name or the kind of the address alone has not answered anything yet.
      const asked = detected.by !== 'known-host' && detected.by !== 'ssh-address'
      const failure = asked ? null : await silence(ports, detected.host, signal)
      // Of a well-known provider it is no reason to look no further; another one may not be there at all.
      if (failure !== null && detected.by === 'ssh-address') throw failure
      return { ...detected, failure }
    },
    (detected) =>
      detected === null
        ? { state: 'skipped' }
        : {
            ...(detected.failure === null ? {} : { state: 'warned', failure: detected.failure }),
            detail: new URL(detected.host).host,
          },
  )
  await steps.run(
    'account',
    async () => null,
    () => ({ state: 'failed' }),
  )
  return conclusion({ finding: 'not-connected', host: found?.host ?? null, provider: found?.provider ?? null })
}
