import type { App, Deploy } from '../../../src-preload/contract/entities/app'
import type { FailureCode } from '../../../src-preload/contract/outcome'
import { failureLine } from '../../failures/failure-text'
import type { StateTone } from '../../ui/state-mark'
import { words } from './words'

const tones: Record<App['state'], StateTone> = {
  'never-deployed': 'idle',
  deploying: 'busy',
  live: 'good',
  failed: 'bad',
  unknown: 'away',
}

/** Its state as a shape and a word. Live with something to look at is a word of warning. */
export const stateOf = ({ state, reason }: App): { readonly tone: StateTone; readonly word: string } => ({
  tone: state === 'live' && reason !== null ? 'warn' : tones[state],
  word: words.states[state],
})

/** What the failure table may say about this app's failures. */
export const factsOf = (app: App): Readonly<Record<string, string>> => ({
  path: app.source.path,
  branch: app.branch,
})

/** Why it needs a look, in one line; null when there is nothing to say. */
export const reasonOf = (app: App): string | null =>
  app.reason === null || app.state === 'deploying' ? null : failureLine(app.reason)

/** The first characters of a commit, as git shows them. */
export const shortCommit = (commit: string): string => commit.slice(0, 7)

/** The deploy that put the live commit there, if it is still known. */
export const liveDeploy = ({ current, lastDeploy }: App): Deploy | null =>
  current !== null && lastDeploy !== null && lastDeploy.commit === current.commit && lastDeploy.state === 'succeeded'
    ? lastDeploy
    : null

/** The one thing a person would do next with this app. */
export type NextAction = keyof typeof words.actions

const byReason: Partial<Record<FailureCode, NextAction>> = {
  'branch-missing': 'edit',
  'folder-refused': 'edit',
  'folder-missing': 'edit',
  'submodule-refused': 'edit',
  'auth-expired': 'account',
  'auth-revoked': 'account',
  'scope-missing': 'account',
  'not-found': 'account',
  'publickey-denied': 'key',
  'receiver-down': 'webhook',
  'hook-unreached': 'webhook',
  'hook-drifted': 'webhook',
  'hook-signature': 'webhook',
  'tool-missing': 'server',
  'host-key-unknown': 'server',
  'host-key-changed': 'server',
}

/** Decides it from the state, then from the reason. */
export const nextActionOf = ({ state, reason }: App): NextAction => {
  if (state === 'deploying') return 'show-log'
  const asked = reason === null ? undefined : byReason[reason.code]
  if (asked !== undefined) return asked
  if (state === 'failed') return 'show-log'
  return state === 'unknown' ? 'refresh' : 'deploy'
}

/** Whether the filter's text occurs in what the row shows. */
export const matches = (app: App, serverName: string, text: string): boolean =>
  [app.name, app.source.path, app.branch, serverName, words.states[app.state]]
    .join(' ')
    .toLowerCase()
    .includes(text.trim().toLowerCase())
