import { execFile } from 'node:child_process'
import { isDeepStrictEqual, promisify } from 'node:util'
import { Failure } from '../../src-preload/contract/outcome'
import { isOurs } from '../git/credential-setting'
import { basePathOf, type Candidate } from './choose-account'

const run = promisify(execFile)

const git = async (program: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await run(program, ['config', '--global', ...args], { timeout: 10_000 })
  return stdout
}

/** 1: there is none. 5: there was none to remove (git-config(1)). */
const orNone = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code
  if (code === 1 || code === 5) return ''
  throw new Failure('storage-failed', { what: 'git config' }, { cause: error })
}

/** Values by name, in order. @param pattern of the names */
const read = async (program: string, pattern: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>()
  const text = await git(program, ['-z', '--get-regexp', pattern]).catch(orNone)
  for (const entry of text.split('\0').filter((part) => part !== '')) {
    const end = entry.includes('\n') ? entry.indexOf('\n') : entry.length
    const name = entry.slice(0, end)
    found.set(name, [...(found.get(name) ?? []), entry.slice(end + 1)])
  }
  return found
}

const write = async (program: string, name: string, values: readonly string[]): Promise<void> => {
  await git(program, ['--unset-all', name]).catch(orNone)
  for (const value of values) await git(program, ['--add', name, value]).catch(orNone)
}

/** A person's own helpers, without ours and the empty one before it that puts the others out of use. */
const others = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => !isOurs(value) && !(value === '' && isOurs(values[index + 1] ?? '')))

/** A host, and whether git has to tell which repository it is about: several accounts have it, or a forge a part of it. */
export interface HelpedHost {
  /** `https://host[:port]` */
  readonly origin: string
  readonly byPath: boolean
}

/** The hosts with a login for git. */
export const helpedHosts = (accounts: readonly Pick<Candidate, 'host' | 'kind' | 'state'>[]): readonly HelpedHost[] => {
  const bases = accounts
    .filter(({ kind, state }) => kind !== 'ssh' && state !== 'revoked')
    .map(({ host }) => ({ origin: new URL(host).origin, host }))
  return [...new Set(bases.map(({ origin }) => origin))].map((origin) => {
    const here = bases.filter((base) => base.origin === origin)
    return { origin, byPath: here.length > 1 || here.some(({ host }) => basePathOf(host) !== '') }
  })
}

/**
 * Makes the app the helper for these hosts and for no other, in the person's own git configuration: the first of the settings
 * that has an answer gives it. What they have there themselves stays, out of use while ours is in place and back in use
 * when it goes. @throws Failure `storage-failed`
 */
export const setHelpers = async (
  program: string,
  settings: readonly string[],
  hosts: readonly HelpedHost[],
): Promise<void> => {
  const helpers = await read(program, '^credential\\..*\\.helper$')
  const wanted = new Map(hosts.map((host) => [`credential.${host.origin}.helper`, host]))
  for (const [name, values] of helpers) {
    if (wanted.has(name) || !values.some(isOurs)) continue
    await write(program, name, others(values))
    await git(program, ['--unset-all', name.replace(/helper$/, 'useHttpPath'), '^true$']).catch(orNone)
  }
  for (const [name, { byPath }] of wanted) {
    const before = helpers.get(name) ?? []
    const after = [...others(before), '', ...settings]
    if (!isDeepStrictEqual(before, after)) await write(program, name, after)
    if (byPath) await git(program, [name.replace(/helper$/, 'useHttpPath'), 'true']).catch(orNone)
  }
}
