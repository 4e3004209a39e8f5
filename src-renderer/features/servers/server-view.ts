import type { Server, ServerCheck } from '../../../src-preload/contract/entities/server'
import { failureLine } from '../../failures/failure-text'
import { formatBytes, formatDuration } from '../../ui/numbers'
import type { StateTone } from '../../ui/state-mark'
import { words } from './words'

const tones: Record<Server['state'], StateTone> = {
  ready: 'good',
  'needs-attention': 'warn',
  unreachable: 'away',
  checking: 'busy',
  'asks-host-key': 'warn',
}

/** Its state as a shape and a word. */
export const stateOf = ({ state }: Server): { readonly tone: StateTone; readonly word: string } => ({
  tone: tones[state],
  word: words.states[state],
})

/** `deploy@server.example.com`, with the port where it is not the usual one. */
export const placeOf = ({ user, host, port }: Pick<Server, 'user' | 'host' | 'port'>): string =>
  `${user}@${host.includes(':') && port !== 22 ? `[${host}]` : host}${port === 22 ? '' : `:${port}`}`

/** Why something is not as it should be, in one line. What the table says of this computer is of the server here. */
const lineOf = (server: Server, failure: Server['reason']): string | null => {
  if (failure === null) return null
  if (failure.code === 'clock-wrong') return words.clockOff
  if (failure.code === 'git-missing') return words.gitOld
  if (failure.code === 'storage-failed') return words.homeBlocked
  if (failure.code === 'publickey-denied') return words.unlogged(placeOf(server))
  return failureLine(failure, { host: server.host })
}

/** Why a check did not simply pass, in one line; a warning without a failure has words of its own. */
export const problemOf = (server: Server, check: Pick<ServerCheck, 'check' | 'state' | 'failure'>): string | null => {
  if (check.failure !== null) return lineOf(server, check.failure)
  return check.state === 'warned' ? (words.warnings[check.check] ?? null) : null
}

/** What a check found, as people read it: main sends bytes, seconds and names. */
export const detailOf = ({ check, detail }: Pick<ServerCheck, 'check' | 'detail'>): string | null => {
  if (detail === null || detail === '') return null
  const amount = /^-?\d+$/.test(detail) ? Number(detail) : null
  if (check === 'disk' && amount !== null) return words.free(formatBytes(amount))
  if (check === 'clock' && amount !== null) {
    if (amount === 0) return words.clockRight
    const off = formatDuration(Math.abs(amount) * 1000)
    return amount > 0 ? words.clockAhead(off) : words.clockBehind(off)
  }
  return check === 'supervisor' ? (words.keepers[detail] ?? detail) : detail
}

/** Why it is not simply ready, in one line; null when there is nothing to say. */
export const reasonOf = (server: Server): string | null =>
  server.state === 'asks-host-key' || server.state === 'checking' ? null : lineOf(server, server.reason)

/** The one thing a person would do next with this server. */
export type NextAction = keyof typeof words.actions

const order: readonly ServerCheck['state'][] = ['failed', 'warned']

/** Decides it: answer a question, put right what the app can put right, begin, or look again. */
export const nextActionOf = (server: Server): NextAction => {
  if (server.state === 'asks-host-key') return 'compare-host-key'
  if (server.state === 'unreachable' || server.state === 'checking') return 'check'
  for (const state of order) {
    const found = server.checks.find((check) => check.state === state && check.mend !== 'no')
    if (found !== undefined && found.mend !== 'no') return found.mend
  }
  return server.state === 'ready' && server.apps.length === 0 ? 'new-app' : 'check'
}

/** Whether the filter's text occurs in what the row shows. */
export const matches = (server: Server, text: string): boolean =>
  [server.name, placeOf(server), words.states[server.state]].join(' ').toLowerCase().includes(text.trim().toLowerCase())

/** The command that puts a public key where the server looks for it, safe to paste into any POSIX shell. */
export const authorizeCommand = (publicKey: string): string => {
  const quoted = `'${publicKey.trim().replaceAll("'", `'\\''`)}'`
  return `mkdir -p -m 700 ~/.ssh && printf '%s\\n' ${quoted} >> ~/.ssh/authorized_keys && chmod 600 ~/.ssh/authorized_keys`
}
