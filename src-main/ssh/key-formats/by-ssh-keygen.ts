import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../src-preload/contract/outcome'
import { makePrivateFolder } from '../private-folder'

/** How long ssh-keygen may take, in ms. */
const limitMs = 15_000

/** Prints what lies beside it: ssh-keygen asks it for the passphrase, which so is in no argument and no variable. */
const askpass = '#!/bin/sh\nexec cat "$0.txt"\n'

/**
 * Lets OpenSSH rewrite a key whose encryption can't be undone here: `ssh-keygen -p` in a folder that only this user can
 * enter and that is removed at once. Null where it can't read the key either, or is missing.
 * @throws Failure `passphrase-wrong`
 */
export const openBySshKeygen = async (pem: string, passphrase: string): Promise<string | null> => {
  if (process.platform === 'win32') return null
  const folder = await makePrivateFolder()
  try {
    const [file, asked] = [join(folder, 'key'), join(folder, 'askpass')]
    await writeFile(file, pem, { mode: 0o600 })
    await writeFile(`${asked}.txt`, `${passphrase}\n`, { mode: 0o600 })
    await writeFile(asked, askpass, { mode: 0o700 })
    await chmod(asked, 0o700)
    const complaint = await run(['-q', '-p', '-N', '', '-f', file], {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      SSH_ASKPASS: asked,
      SSH_ASKPASS_REQUIRE: 'force',
    })
    if (complaint === null) return await readFile(file, 'utf8')
    if (/incorrect passphrase/i.test(complaint)) throw new Failure('passphrase-wrong')
    return null
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What it complained about, or null when all went well. */
const run = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> => {
  const child = spawn('ssh-keygen', args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: limitMs })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 2000)
  })
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code === 0 ? null : complaint
  } catch {
    return 'ssh-keygen is missing'
  }
}
