import type { AppForm, PreflightItem } from '../../../src-preload/contract/entities/app'
import type { Answer } from '../../deploy/frame'
import { requireBranchName } from '../../git/branch-name'
import type { AppBook } from './app-book'
import { folderIn, requireRootFolder, requireVariableNames, valuesOf } from './app-settings'

/** Name of one thing that is looked at. */
export type ItemName = PreflightItem['item']
/** What a look came to; passed where it says nothing else. */
export type Judgement = Partial<Pick<PreflightItem, 'state' | 'detail' | 'failure'>>

/** What the server found about the folder. */
export const judgeFolder = (looked: Answer, path: string, repository: string): Judgement => {
  const found = looked.all('folder')
  const refuse = (why: string): Judgement => ({
    state: 'failed',
    failure: { code: 'folder-refused', facts: { path, why } },
  })
  if (found.includes('blocked')) return refuse('current-blocked')
  const exposed = found.find((word) => ['other-owner', 'open', 'linked'].includes(word))
  if (exposed !== undefined) return refuse(exposed)
  if (found.includes('closed')) return refuse('not-writable')
  if (found.includes('taken')) return refuse('not-ours')
  if (found.includes('ours') && looked.get('holds') !== repository) return refuse('other-repository')
  return { detail: path }
}

/** What a form holds that no server has to be asked about, by the item that it belongs to. */
export const formChecks: readonly (readonly [ItemName, (form: AppForm, book: Pick<AppBook, 'values'>) => unknown])[] = [
  ['branch', ({ branch }) => requireBranchName(branch)],
  ['root-folder', ({ rootFolder }) => requireRootFolder(rootFolder)],
  ['command', ({ variables }) => requireVariableNames(variables.map(({ name }) => name))],
  ['command', async (form, book) => valuesOf(form, form.id === null ? {} : await book.values(form.id))],
  ['folder', ({ folder }) => folderIn('/home', folder)],
]

/** Which programs of the command the server lacks. */
export const judgeCommand = (trial: Answer): Judgement => {
  const absent = trial.all('absent')
  if (absent.length === 0) return { detail: trial.all('present').join(', ') }
  // The command may bring them along itself, so this is no refusal.
  const failure = { code: 'tool-missing' as const, facts: { tool: absent.join(', ') } }
  return { state: 'warned', detail: absent.join(', '), failure }
}
