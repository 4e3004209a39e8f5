import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Secret } from '../credentials/secret'
import { startPrivateAgent } from './private-agent'
import { shellWord, strictOptions } from './ssh-options'

/** The key to log in with: a private half of ours, or one that a running agent holds. */
export type LoginKey =
  | { readonly kind: 'private'; readonly privateKey: Secret; readonly publicKey: string }
  | { readonly kind: 'agent'; readonly socket: string; readonly publicKey: string }

/** What ssh needs for one operation. Everything is gone after `close`. */
export interface SshLogin {
  /** Arguments for ssh(1), before the host. */
  readonly options: readonly string[]
  /** The same as a value of `GIT_SSH_COMMAND`, which git runs through a shell. */
  readonly command: string
  close(): Promise<void>
}

/**
 * Prepares a login with one key and the host keys that are trusted. A key of ours is handed to an agent that lives for
 * this operation, so that its private half is never on a disk.
 * @param knownHosts known_hosts lines of the host; empty lines trust nobody.
 */
export const openSshLogin = async (key: LoginKey, knownHosts: string): Promise<SshLogin> => {
  const agent = key.kind === 'private' ? await startPrivateAgent(key.privateKey) : null
  const folder = agent?.folder ?? (await mkdtemp(join(tmpdir(), 'cloudaipilot-ssh-')))
  const close = async () => {
    await agent?.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const identityFile = join(folder, 'key.pub')
    const knownHostsFile = join(folder, 'known_hosts')
    await writeFile(identityFile, `${key.publicKey}\n`, { mode: 0o600 })
    await writeFile(knownHostsFile, knownHosts, { mode: 0o600 })
    const agentSocket = key.kind === 'agent' ? key.socket : (agent?.socket ?? null)
    const options = strictOptions({ knownHosts: knownHostsFile, identityFile, agentSocket })
    return { options, command: ['ssh', ...options].map(shellWord).join(' '), close }
  } catch (error) {
    await close()
    throw error
  }
}
