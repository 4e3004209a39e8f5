import type { Settings } from '../../src-preload/contract/entities/settings'
import type { Accounts } from '../features/accounts/accounts'
import type { Repositories } from '../features/repositories/repositories'
import type { Log } from '../log/log'
import { type Answer, createAnswer } from './answer'
import { anyRow } from './any-row'
import { helperSetting } from './credential-setting'
import { setHelper } from './git-settings'

/** What the terminal needs from the running app. */
export interface TerminalParts {
  readonly accounts: Pick<Accounts, 'list' | 'check' | 'handlers' | 'access'>
  readonly repositories: Pick<Repositories, 'handlers'>
  readonly settings: () => Settings
  /** The program that git asks, in words. */
  readonly helper: readonly string[]
  readonly facts: () => Promise<Readonly<Record<string, string>>>
  readonly log: Log
}

/** The app as the terminal uses it. */
export interface Terminal {
  readonly answer: Answer
  /** Brings git's configuration in line with the setting and the accounts; to be called when either has changed. */
  follow(): void
}

export const createTerminal = ({ accounts, repositories, settings, helper, facts, log }: TerminalParts): Terminal => {
  let last: Promise<void> = Promise.resolve()
  let before = ''
  /** Hosts with a login for git, and how many accounts each has. */
  const hosts = () => {
    const origins = accounts.access
      .records()
      .filter(({ kind, state }) => kind !== 'ssh' && state !== 'revoked')
      .map(({ host }) => new URL(host).origin)
    return [...new Set(origins)].map((origin) => ({
      origin,
      several: origins.indexOf(origin) !== origins.lastIndexOf(origin),
    }))
  }
  const follow = () => {
    const { useInTerminal, gitPath } = settings()
    const wanted = useInTerminal ? hosts() : []
    const now = JSON.stringify([useInTerminal, gitPath, wanted])
    // Accounts change often, their hosts seldom. What was never switched on is nothing to take back either.
    if (now === before || (before === '' && !useInTerminal)) return
    before = now
    last = last
      .then(() => setHelper(gitPath ?? 'git', helperSetting(helper), wanted))
      .catch((error: unknown) => log.warn('git could not be told about the accounts', { error }))
  }
  return {
    answer: createAnswer({
      accounts: {
        list: accounts.list,
        checkAll: async () => {
          await accounts.handlers.refreshAll(undefined)
          return accounts.list()
        },
        check: accounts.check,
      },
      access: accounts.access,
      repositories: async (text) => (await repositories.handlers.query({ ...anyRow, text })).rows,
      facts: async () => ({
        ...(await facts()),
        app: 'running',
        accounts: String(accounts.list().length),
        'git asks': settings().useInTerminal ? 'this app' : 'others',
      }),
    }),
    follow,
  }
}
