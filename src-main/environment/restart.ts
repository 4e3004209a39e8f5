import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Says under which number the next start has the file with the variables open. */
const descriptorVariable = 'CLOUDAIPILOT_VARIABLES_FD'
const descriptor = 3

/** A file without a name, which ends with the last process that has it open: in memory, where the system has such a place. */
const openNameless = (folders: readonly string[]): number => {
  const [folder, ...others] = folders
  if (folder === undefined) throw new Error('There is no folder to hand the variables over in')
  const path = join(folder, `cloudaipilot-${randomBytes(12).toString('hex')}`)
  try {
    const file = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return file
  } catch {
    return openNameless(others)
  }
}

/** Writes variables into a file without a name. @returns its descriptor */
export const storeVariables = (variables: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): number => {
  const file = openNameless(['/dev/shm', env.XDG_RUNTIME_DIR ?? tmpdir(), tmpdir()])
  const bytes = Buffer.from(JSON.stringify(variables))
  if (writeSync(file, bytes, 0, bytes.length, 0) !== bytes.length) throw new Error('The variables can’t be handed over')
  return file
}

/** Reads what `storeVariables` wrote and closes it. */
export const loadVariables = (file: number): Record<string, string> => {
  try {
    const bytes = Buffer.alloc(fstatSync(file).size)
    readSync(file, bytes, 0, bytes.length, 0)
    return JSON.parse(bytes.toString('utf8')) as Record<string, string>
  } finally {
    closeSync(file)
  }
}

/** The variables that an earlier start of this program has handed over, or none. */
export const takeHandedOver = (env: NodeJS.ProcessEnv): Record<string, string> => {
  const given = env[descriptorVariable]
  delete env[descriptorVariable]
  return given === String(descriptor) ? loadVariables(descriptor) : {}
}

/**
 * Starts this program again, with an environment that never had the variables: they go by a file without a name. The caller
 * ends at once. @throws where there is no folder for it
 */
export const startAgainWith = (variables: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): void => {
  const file = storeVariables(variables, env)
  spawn(env.APPIMAGE || process.execPath, process.argv.slice(1), {
    env: { ...env, [descriptorVariable]: String(descriptor) },
    stdio: ['inherit', 'inherit', 'inherit', file],
  })
}
