import type { Account } from '../../src-preload/contract/entities/account'
import type { Deploy } from '../../src-preload/contract/entities/app'
import type { Repository } from '../../src-preload/contract/entities/repository'
import { saidTexts } from '../../src-preload/contract/leaving'
import { Failure } from '../../src-preload/contract/outcome'
import type { AccountAccess } from '../features/accounts/account-access'
import { credentialAnswer } from '../git/credential-pipe'
import { chooseAccount } from './choose-account'
import type { Command } from './command-line'
import { complaintOf } from './complaint'
import { readQuestion } from './credential-question'
import { inColumns } from './print'

/** What the terminal asks, with what came on its standard input. */
export interface Request {
  readonly command: Command
  readonly json: boolean
  /** Git's question; empty for anything else. */
  readonly input: string
  /** How long the vault may take to open before git is told that it is closed, in ms. */
  readonly unlockMs: number
}

/** What the terminal prints, and its exit code. `output` may hold a password when git has asked for one. */
export interface Reply {
  readonly code: number
  readonly output: string
  readonly complaint: string
}

/** What answers need from the app. */
export interface AnswerPorts {
  readonly accounts: {
    list(): readonly Account[]
    checkAll(): Promise<readonly Account[]>
    check(id: string): Promise<void>
  }
  readonly access: Pick<AccountAccess, 'gitCredential' | 'records'>
  /** Resolves when the vault is open. @throws Failure that says what keeps it closed, after `withinMs` at most */
  readonly unlocked: (withinMs: number) => Promise<void>
  /** Rows of the local index that match, best first; empty where there is none at hand. */
  readonly repositories: (text: string) => Promise<readonly Repository[]>
  /** Deploys an app, by its name, and resolves when that has ended; null where only the running app can. */
  readonly deploy: ((app: string) => Promise<Deploy>) | null
  /** Facts for `doctor`, by name. */
  readonly facts: () => Promise<Readonly<Record<string, string>>>
}

export type Answer = (request: Request) => Promise<Reply>

const said = (output: string, code = 0): Reply => ({ code, output, complaint: '' })

const show = (json: boolean, value: unknown, rows: readonly (readonly string[])[], none: string): Reply =>
  said(json ? `${JSON.stringify(saidTexts(value), null, 2)}\n` : rows.length === 0 ? `${none}\n` : inColumns(rows))

const accountFacts = ({
  provider,
  host,
  login,
  label,
  state,
  isDefault,
  repositoryCount,
  expiresAt,
  reason,
}: Account) => ({
  provider,
  host,
  login,
  label,
  state,
  isDefault,
  repositoryCount,
  expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  reason: reason?.code ?? null,
})

const showAccounts = (accounts: readonly Account[], json: boolean): Reply => {
  const rows = accounts.map(({ login, host, state, reason, repositoryCount, isDefault }) => [
    isDefault ? '*' : ' ',
    login,
    host.replace(/^https:\/\//, ''),
    reason === null ? state : `${state} (${reason.code})`,
    repositoryCount === null ? '' : `${repositoryCount} repositories`,
  ])
  const reply = show(json, accounts.map(accountFacts), rows, 'No account is connected.')
  return { ...reply, code: accounts.some(({ state }) => state !== 'connected') ? 1 : 0 }
}

const showDeploy = (app: string, deploy: Deploy, json: boolean): Reply => {
  const { id, state, branch, commit, subject, milliseconds, release, failure } = deploy
  const facts = { app, id, state, branch, commit, subject, milliseconds, release, failure: failure?.code ?? null }
  const seconds = milliseconds === null ? '' : `${(milliseconds / 1000).toFixed(1)} s`
  const row = [
    app,
    failure === null ? state : `${state} (${failure.code})`,
    commit?.slice(0, 7) ?? '',
    subject ?? '',
    seconds,
  ]
  return { ...show(json, facts, [row], ''), code: state === 'succeeded' || state === 'unchanged' ? 0 : 1 }
}

const pathOf = (row: Repository): string =>
  new URL(row.httpsUrl).pathname.replace(/^\/|(\.git)?\/?$/g, '').toLowerCase()

/** Answers the terminal, in the running app as well as without it. */
export const createAnswer = ({ accounts, access, unlocked, repositories, deploy, facts }: AnswerPorts): Answer => {
  const credential = async (action: 'get' | 'store' | 'erase', input: string, unlockMs: number): Promise<Reply> => {
    const question = readQuestion(input)
    // `store`: we know it already, or it is none of ours.
    if (question === null || action === 'store') return said('')
    const records = access.records()
    const several = new Set(records.map(({ host }) => host)).size < records.length
    const rows = several && question.path !== '' ? await repositories(question.path) : []
    const seeing = rows.filter((row) => pathOf(row) === question.path.toLowerCase()).map(({ accountId }) => accountId)
    const account = chooseAccount(records, question, seeing)
    if (account === null) return said('')
    if (action === 'erase') {
      // Git was refused with it: the account finds out what is wrong, and git does not wait for that. A login is never
      // thrown away on git's word.
      void accounts.check(account.id).catch(() => undefined)
      return said('')
    }
    await unlocked(unlockMs)
    const { username, password } = await access.gitCredential(account.id)
    return said(credentialAnswer({ username, password, origin: account.host }))
  }

  const answer: Answer = async ({ command, json, input, unlockMs }) => {
    switch (command.kind) {
      case 'credential':
        return credential(command.action, input, unlockMs)
      case 'accounts':
        return showAccounts(accounts.list(), json)
      case 'check':
        return showAccounts(await accounts.checkAll(), json)
      case 'repositories': {
        const found = await repositories(command.text)
        const rows = found.map(({ path, private: closed, httpsUrl }) => [path, closed ? 'private' : 'public', httpsUrl])
        const value = found.map(({ path, private: closed, archived, defaultBranch, httpsUrl, sshUrl }) => ({
          ...{ path, private: closed, archived, defaultBranch, httpsUrl, sshUrl },
        }))
        return show(json, value, rows, 'No repository matches.')
      }
      case 'doctor': {
        const found = await facts()
        return show(json, found, Object.entries(found), '')
      }
      case 'clone': {
        const [row, ...others] = (await repositories(command.what)).filter(
          ({ path, name }) => path === command.what || name === command.what,
        )
        if (row === undefined || others.length > 0) throw new Failure('not-found', { what: command.what })
        return said(row.httpsUrl)
      }
      case 'deploy': {
        if (deploy === null) {
          return {
            code: 1,
            output: '',
            complaint: 'The app is not running, and deploys are its work. Open CloudAIPilot, then repeat this.',
          }
        }
        return showDeploy(command.app, await deploy(command.app), json)
      }
      default:
        throw new Failure('invalid-input')
    }
  }
  return async (request) => {
    try {
      return await answer(request)
    } catch (error) {
      return { code: request.command.kind === 'credential' ? 0 : 1, output: '', complaint: complaintOf(error) }
    }
  }
}
