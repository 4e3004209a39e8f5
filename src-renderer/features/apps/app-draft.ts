import { type App, type AppForm, mostVariableBytes } from '../../../src-preload/contract/entities/app'
import { allowableCheck, type HarmlessCheck } from '../../../src-preload/contract/entities/fsck-check'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'

/** A variable as it is typed. `value: null` keeps what the vault has. */
export interface DraftVariable {
  /** Tells rows apart while their names are typed. */
  readonly row: number
  readonly name: string
  readonly value: string | null
}

/** An app as a person fills it in: text as it is typed. Empty name and folder mean the suggested ones. */
export interface AppDraft {
  readonly id: string | null
  readonly accountId: string
  /** Null until one is chosen, and for SSH accounts. */
  readonly repository: { readonly id: string; readonly path: string; readonly sshUrl: string | null } | null
  readonly address: string
  readonly branch: string
  readonly name: string
  readonly rootFolder: string
  readonly watchPaths: string
  readonly serverId: string
  readonly folder: string
  readonly command: string
  readonly variables: readonly DraftVariable[]
  readonly autoDeploy: boolean
  readonly startsBy: App['startsBy']
  readonly submodules: boolean
  readonly lfs: boolean
  readonly allowedChecks: readonly HarmlessCheck[]
  /** What can be ticked: checks that are allowed already, and those that stood in a deploy's way. */
  readonly offeredChecks: readonly HarmlessCheck[]
}

/** A draft with nothing in it yet. */
export const emptyDraft: AppDraft = {
  id: null,
  accountId: '',
  repository: null,
  address: '',
  branch: '',
  name: '',
  rootFolder: '',
  watchPaths: '',
  serverId: '',
  folder: '',
  command: '',
  variables: [],
  autoDeploy: true,
  startsBy: 'webhook',
  submodules: false,
  lfs: false,
  allowedChecks: [],
  offeredChecks: [],
}

/** The check that a failure names, if a person may allow it. */
export const checkIn = (failure: FailureData | null | undefined): HarmlessCheck | null =>
  failure?.code === 'object-refused' ? allowableCheck(failure.facts.check) : null

/** The same checks with one more. */
export const withCheck = (
  checks: readonly HarmlessCheck[],
  check: HarmlessCheck | null | undefined,
): readonly HarmlessCheck[] => (check == null || checks.includes(check) ? checks : [...checks, check])

/** An app as a form that would change nothing: the values of its variables stay in the vault. */
export const formOf = (app: App): AppForm => ({
  id: app.id,
  name: app.name,
  accountId: app.source.accountId,
  repositoryId: app.source.repositoryId,
  address: app.source.repositoryId === null ? app.source.sshUrl : '',
  branch: app.branch,
  rootFolder: app.rootFolder,
  watchPaths: [...app.watchPaths],
  serverId: app.serverId,
  folder: app.folder,
  command: app.command,
  variables: app.variables.map((name) => ({ name, value: null })),
  autoDeploy: app.autoDeploy,
  startsBy: app.startsBy,
  submodules: app.submodules,
  lfs: app.lfs,
  allowedChecks: [...app.allowedChecks],
})

/** An app as a draft, to be changed. */
export const draftOf = (app: App): AppDraft => ({
  id: app.id,
  accountId: app.source.accountId,
  repository:
    app.source.repositoryId === null
      ? null
      : { id: app.source.repositoryId, path: app.source.path, sshUrl: app.source.sshUrl },
  address: app.source.repositoryId === null ? app.source.sshUrl : '',
  branch: app.branch,
  name: app.name,
  rootFolder: app.rootFolder,
  watchPaths: app.watchPaths.join('\n'),
  serverId: app.serverId,
  folder: app.folder,
  command: app.command,
  variables: app.variables.map((name, row) => ({ row, name, value: null })),
  autoDeploy: app.autoDeploy,
  startsBy: app.startsBy,
  submodules: app.submodules,
  lfs: app.lfs,
  allowedChecks: app.allowedChecks,
  offeredChecks: withCheck(app.allowedChecks, checkIn(app.lastDeploy?.failure)),
})

/** Patterns from text, one a line. Empty lines and comments say nothing; spaces at the end are git's to judge. */
export const patternsOf = (text: string): string[] =>
  text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))

const lastPart = (path: string): string =>
  path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1) ?? ''

/** What the app is called if the person does not say: the repository's own name. */
export const suggestedName = ({ repository, address }: AppDraft): string =>
  lastPart(repository?.path ?? address.trim()).slice(0, 80)

/** A folder on the server that its user may write to and that nothing else is likely to use. Only the server knows where `~` is. */
export const suggestedFolder = (draft: AppDraft, server: Pick<Server, 'user'> | undefined): string => {
  const name = (draft.name.trim() || suggestedName(draft))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  if (name === '' || server === undefined) return ''
  return server.user === 'root' ? `/srv/apps/${name}` : `~/apps/${name}`
}

/** What is still missing or wrong, by field. Main has the last word. */
export type DraftProblems = Partial<
  Record<
    'source' | 'branch' | 'name' | 'server' | 'folder' | 'rootFolder' | 'variables',
    'missing' | 'wrong' | 'twice' | 'large'
  >
>

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Whether a value is one that a line can't hold: several lines, or more than a person reads in one. */
export const isLongValue = (value: string): boolean => /\n./s.test(value) || value.length > 2000

const variableProblem = (variables: readonly DraftVariable[]): 'wrong' | 'twice' | 'large' | null => {
  const names = variables.map(({ name }) => name.trim())
  if (names.some((name) => !variableName.test(name))) return 'wrong'
  if (new Set(names).size < names.length) return 'twice'
  return variables.reduce((sum, { value }) => sum + bytesOf(value ?? ''), 0) > mostVariableBytes ? 'large' : null
}

/** Looks through a draft. `ssh`: its account is one that clones by a typed address. */
export const problemsOf = (
  draft: AppDraft,
  context: { readonly ssh: boolean; readonly server: Pick<Server, 'user'> | undefined },
): DraftProblems => {
  const folder = draft.folder.trim() || suggestedFolder(draft, context.server)
  const variables = variableProblem(draft.variables)
  const noSource = context.ssh ? draft.address.trim() === '' : draft.repository === null
  return {
    ...(draft.accountId === '' || noSource ? { source: 'missing' as const } : {}),
    ...(draft.branch.trim() === '' ? { branch: 'missing' as const } : {}),
    ...(!noSource && (draft.name.trim() || suggestedName(draft)) === '' ? { name: 'missing' as const } : {}),
    ...(draft.serverId === '' || context.server === undefined ? { server: 'missing' as const } : {}),
    // Name and folder are suggested by source and server: only what those leave open is missing.
    ...(!noSource && context.server !== undefined && folder === '' ? { folder: 'missing' as const } : {}),
    ...(folder !== '' && (!/^~?\/./.test(folder) || /(^|\/)\.\.?(\/|$)/.test(folder))
      ? { folder: 'wrong' as const }
      : {}),
    ...(/^\/|(^|\/)\.\.(\/|$)/.test(draft.rootFolder.trim()) ? { rootFolder: 'wrong' as const } : {}),
    ...(variables === null ? {} : { variables }),
  }
}

/** A draft without problems as what main takes. */
export const formOfDraft = (
  draft: AppDraft,
  context: { readonly ssh: boolean; readonly server: Pick<Server, 'user'> | undefined },
): AppForm => ({
  id: draft.id,
  name: draft.name.trim() || suggestedName(draft),
  accountId: draft.accountId,
  repositoryId: context.ssh ? null : (draft.repository?.id ?? null),
  address: context.ssh ? draft.address.trim() : '',
  branch: draft.branch.trim(),
  rootFolder: draft.rootFolder.trim().replace(/\/+$/, ''),
  watchPaths: patternsOf(draft.watchPaths),
  serverId: draft.serverId,
  folder: draft.folder.trim() || suggestedFolder(draft, context.server),
  command: draft.command,
  variables: draft.variables.map(({ name, value }) => ({ name: name.trim(), value })),
  autoDeploy: draft.autoDeploy,
  startsBy: draft.startsBy,
  submodules: draft.submodules,
  lfs: draft.lfs,
  allowedChecks: [...draft.allowedChecks],
})

/**
 * Variables from text as people keep it in `.env` files: `NAME=value` lines, with `export` or quotes if they like.
 * Null when a line is something else, so that other text is pasted as it is.
 */
export const readVariables = (text: string): readonly { readonly name: string; readonly value: string }[] | null => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  if (lines.length === 0) return null
  const found: { name: string; value: string }[] = []
  for (const line of lines) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line)
    if (match === null) return null
    const [, name = '', raw = ''] = match
    const quoted = /^(["'])(.*)\1\s*$/.exec(raw)
    found.push({ name, value: quoted?.[2] ?? raw.trim() })
  }
  return found
}
