import { createHash } from 'node:crypto'
import { type AppForm, mostVariableBytes } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import type { Field } from '../../deploy/frame'
import { redactionScript } from '../../deploy/log-redaction'
import { watchAttributes } from '../../deploy/watch-rules'
import { splitByLength } from '../../redaction/long-values'
import type { AppRecord } from './apps-document'

/** Values of an app's variables by name. They are secrets. */
export type Values = Readonly<Record<string, string>>

/**
 * Name of the key on the server: the same for every computer that deploys this repository into this folder, and another
 * for every other repository, since most hosts take a key for one repository only.
 * @param repository immutable id, or the address where there is none
 */
export const keyName = (folder: string, host: string, repository: string): string =>
  createHash('sha256').update([folder, host, repository].join('\n')).digest('hex').slice(0, 32)

/** Names that steer the loader or the shell itself, which would change what runs instead of what it is told, and the script's own. */
const steering = /^(?:LD_|DYLD_|BASH_FUNC_|pilot_)|^(?:IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|PWD|HOME|GIT_EXEC_PATH)$/

/** @throws Failure `invalid-input` */
export const requireVariableNames = (names: readonly string[]): void => {
  const refused = names.find((name, index) => steering.test(name) || names.indexOf(name) !== index)
  if (refused !== undefined) throw new Failure('invalid-input', { field: 'variables', name: refused })
}

/** A folder on a server: absolute, no way up, not the root and no system folder itself. @throws Failure `folder-refused` */
export const requireFolder = (folder: string): string => {
  const path = folder.replace(/\/+/g, '/').replace(/\/$/, '')
  const parts = path.split('/').slice(1)
  const sound =
    path.startsWith('/') && parts.length > 1 && !parts.some((part) => part === '.' || part === '..' || part === '')
  if (!sound) throw new Failure('folder-refused', { path: folder, why: 'not-absolute' })
  return path
}

/** A folder below `~` is one in the home folder of the user that logs in. @throws Failure `folder-refused` */
export const folderIn = (home: string, folder: string): string => requireFolder(folder.replace(/^~(?=\/)/, home))

/** A folder inside a repository, '' for its root. @throws Failure `invalid-input` */
export const requireRootFolder = (folder: string): string => {
  const path = folder.replace(/\/+/g, '/').replace(/^\/|\/$/g, '')
  const parts = path === '' ? [] : path.split('/')
  if (parts.some((part) => part === '.' || part === '..' || part === '.git') || /[\x00-\x1f\x7f]/.test(path)) {
    throw new Failure('invalid-input', { field: 'rootFolder' })
  }
  return path
}

/**
 * The values of a form; one that it leaves as it is comes from those that are kept.
 * @throws Failure `invalid-input` when they have more than 1 MB together
 */
export const valuesOf = ({ variables }: Pick<AppForm, 'variables'>, kept: Values): Values => {
  const values = variables.flatMap(({ name, value }): [string, string][] => {
    const given = value ?? ownOf(kept, name)
    return given === undefined ? [] : [[name, given]]
  })
  const bytes = values.reduce((sum, [, value]) => sum + Buffer.byteLength(value), 0)
  if (bytes > mostVariableBytes) throw new Failure('invalid-input', { field: 'variables', most: '1 MB' })
  return Object.fromEntries(values)
}

/** The variables, and how the server keeps their values out of its logs: long ones are named, and found by their pieces. */
const variableFields = (values: Values): readonly Field[] => {
  const { short, long } = splitByLength(Object.entries(values), ([, value]) => value)
  return [
    ...Object.entries(values).map(([name, value]) => ['variable', `${name}=${value}`] as const),
    ...long.map(([name]) => ['long', name] as const),
    ['redactions', redactionScript(short.map(([, value]) => value))],
  ]
}

/** Checks of git-fsck(1) that the server passes over for this app. */
export const allowFields = ({ allowedChecks }: Pick<AppRecord, 'allowedChecks'>): readonly Field[] =>
  allowedChecks.map((check) => ['allow', check] as const)

/**
 * What an app is deployed by, as its server keeps it. Values of variables are kept there only for an app that deploys
 * without the desktop; else they go along with each deploy.
 * @param hosts known_hosts lines of the git hosts
 */
export const settingsFields = (app: AppRecord, hosts: string, values: Values): readonly Field[] => [
  ['folder', app.folder],
  // Early, because every push reads as far as this.
  ['branch', app.branch],
  ['url', app.source.sshUrl],
  ['key', app.key],
  ['hosts', hosts],
  ['repository', app.source.repositoryId ?? app.source.sshUrl],
  ['root', app.rootFolder],
  ['watch', watchAttributes(app.watchPaths)],
  ['command', app.command],
  ...app.modules.map(({ path, sshUrl, key }) => ['submodule', `${path}\t${sshUrl}\t${key}`] as const),
  ['lfs', app.lfs ? '1' : ''],
  ...allowFields(app),
  ['auto', app.autoDeploy ? '1' : ''],
  ['poll', app.trigger.live === 'server-poll' ? '1' : ''],
  ...(app.autoDeploy ? variableFields(values) : []),
]

/** What goes along with one deploy. */
export const wishFields = (
  app: Pick<AppRecord, 'folder' | 'autoDeploy'>,
  values: Values,
  wish: {
    readonly token: string
    readonly reason: string
    readonly commit: string | null
    readonly release: string | null
  },
): readonly Field[] => [
  ['folder', app.folder],
  ['token', wish.token],
  ['reason', wish.reason],
  ...(wish.commit === null ? [] : [['commit', wish.commit] as const]),
  ...(wish.release === null ? [] : [['release', wish.release] as const]),
  ...(app.autoDeploy ? [] : variableFields(values)),
]
