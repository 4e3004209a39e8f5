import type { Server, ServerCheck } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import type { Answer } from '../../deploy/frame'

/** What a check came to. */
export interface Look {
  readonly state?: 'passed' | 'warned' | 'failed' | 'waiting'
  readonly detail?: string | null
  readonly failure?: FailureData | null
  readonly mend?: ServerCheck['mend']
}

const failed = (code: FailureData['code'], facts: Readonly<Record<string, string>>): Look => ({
  state: 'failed',
  failure: { code, facts },
})

/** A shell, the programs of a deploy, and a home folder that can be written to. */
export const judgeTools = (facts: Answer): Look => {
  const missing = facts.get('missing')
  if (missing !== '') return { ...failed('tool-missing', { tool: missing.replaceAll(' ', ', ') }), detail: missing }
  if (facts.get('writable') === '') return failed('storage-failed', { path: facts.get('home') })
  return { detail: facts.get('system') }
}

/** Worktrees, protective settings and partial clones as they are used here came with 2.25; later is safer. */
const oldest = [2, 25] as const
const recent = [2, 30] as const

export const judgeGit = (facts: Answer): Look => {
  const version = /(\d+)\.(\d+)[\d.]*/.exec(facts.get('git'))
  if (version === null) return failed('tool-missing', { tool: 'git' })
  const [text, major = '0', minor = '0'] = version
  const older = ([otherMajor, otherMinor]: readonly [number, number]) =>
    Number(major) < otherMajor || (Number(major) === otherMajor && Number(minor) < otherMinor)
  if (older(oldest))
    return { ...failed('tool-missing', { tool: `git ${oldest.join('.')}`, found: text }), detail: text }
  return { state: older(recent) ? 'warned' : 'passed', detail: text }
}

const megabyte = 1024

/** Free space of the home folder's disk, in kB. */
export const judgeDisk = (facts: Answer): Look => {
  const free = Number(facts.get('free') || Number.NaN)
  if (!Number.isFinite(free)) return { state: 'warned' }
  const detail = String(free * 1024)
  if (free < 100 * megabyte) return { ...failed('disk-full', { path: facts.get('home'), free: detail }), detail }
  return { state: free < 1024 * megabyte ? 'warned' : 'passed', detail }
}

/** @param ahead how far the server's clock is ahead of ours, in ms; the way there counts as well, so a little is nothing */
export const judgeClock = (ahead: number): Look => {
  const seconds = Math.round(ahead / 1000)
  if (Math.abs(seconds) < 60) return { detail: '0' }
  return {
    state: 'warned',
    detail: String(seconds),
    failure: { code: 'clock-wrong', facts: { seconds: String(seconds), where: 'server' } },
  }
}

const keepers = ['systemd', 'cron', 'nothing'] as const

/** Whether pushes can be received, and whether that is as it should be. */
export const judgeReceiver = (
  facts: Answer,
  status: Answer,
  host: string,
): {
  readonly look: Look
  readonly receiver: Server['receiver']['state']
  readonly keptBy: Server['receiver']['keptBy']
} => {
  const keptBy = keepers.find((name) => name === status.get('keeper')) ?? 'nothing'
  const version = /\d[\d.]*/.exec(facts.get('webhook'))?.[0] ?? null
  if (version === null) {
    const can = facts.get('apt') !== '' && facts.get('sudo') !== 'none'
    const failure = { code: 'tool-missing' as const, facts: { tool: 'webhook', host } }
    return {
      look: { state: 'warned', failure, mend: can ? 'install-receiver' : 'no' },
      receiver: 'absent',
      keptBy,
    }
  }
  if (status.get('absent') !== '') {
    const failure = { code: 'tool-missing' as const, facts: { tool: status.get('absent'), host } }
    return { look: { state: 'warned', detail: version, failure }, receiver: 'absent', keptBy }
  }
  if (status.get('wanted') === '') return { look: { detail: version }, receiver: 'off', keptBy }
  if (status.get('running') !== '') return { look: { detail: version }, receiver: 'running', keptBy }
  const failure = {
    code: 'receiver-down' as const,
    facts: { host, port: status.get('port'), message: status.get('message') },
  }
  return { look: { state: 'failed', detail: version, failure, mend: 'start-receiver' }, receiver: 'down', keptBy }
}

export const judgeSupervisor = (keptBy: Server['receiver']['keptBy']): Look => ({
  state: keptBy === 'nothing' ? 'warned' : 'passed',
  detail: keptBy,
})
