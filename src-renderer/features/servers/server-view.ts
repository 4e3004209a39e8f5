import type { Server, ServerCheck } from '../../../src-preload/contract/entities/server'
import { failureLine } from '../../failures/failure-text'
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

/** Why a check did not pass, in one line. What the failure table says of this computer is meant for the server here. */
export const problemOf = (server: Server, { failure }: Pick<ServerCheck, 'failure'>): string | null => {
  if (failure === null) return null
  if (failure.code === 'clock-wrong') return words.clockOff
  if (failure.code === 'git-missing') return words.gitOld
  if (failure.code === 'publickey-denied') return words.unlogged(placeOf(server))
  return failureLine(failure, { host: server.host })
}

/** Why it is not simply ready, in one line; null when there is nothing to say. */
export const reasonOf = (server: Server): string | null =>
  server.state === 'asks-host-key' || server.state === 'checking' ? null : problemOf(server, { failure: server.reason })

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
