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

/** Time for one try to reach a port, in ms. */
const reachTimeoutMs = 10_000

/** A host that was told by its name or by its kind of address alone has not answered anything yet. @throws Failure why it does not */
const requireAnswer = async (
  { fetch }: Pick<DiagnosisPorts, 'fetch'>,
  host: string,
  signal: AbortSignal,
): Promise<void> => {
  const { protocol, hostname, port } = new URL(host)
  if (protocol !== 'ssh:') return void (await fetch(host, { method: 'HEAD', signal, timeout: 15_000 }))
  await resolveHost(hostname, signal)
  await reachPort(hostname, Number(port || 22), reachTimeoutMs, signal)
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
      const detected = place === null ? null : await ports.detect(text)
      const isGuess = detected?.by === 'known-host' || detected?.by === 'ssh-address'
      if (detected !== null && isGuess) await requireAnswer(ports, detected.host, signal)
      return detected
    },
    (detected) => (detected === null ? { state: 'skipped' } : { detail: new URL(detected.host).host }),
  )
  await steps.run(
    'account',
    async () => null,
    () => ({ state: 'failed' }),
  )
  return conclusion({ finding: 'not-connected', host: found?.host ?? null, provider: found?.provider ?? null })
}
