import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secret } from '../credentials/secret'
import { startPrivateAgent } from './private-agent'
import { makePrivateFolder } from './private-folder'
import { shellWord, strictOptions } from './ssh-options'

/** The key to log in with: a private half of ours, or one that a running agent holds; with the line of its certificate. */
export type LoginKey =
  | { readonly kind: 'private'; readonly privateKey: Secret; readonly publicKey: string; readonly certificate?: string }
  | { readonly kind: 'agent'; readonly socket: string; readonly publicKey: string; readonly certificate?: string }

/** What ssh needs for one operation. Everything is gone after `close`. */
export interface SshLogin {
  /** Arguments for ssh(1), before the host. */
  readonly options: readonly string[]
  /** The same as a value of `GIT_SSH_COMMAND`, which git runs through a shell. */
  readonly command: string
  /** A folder, 0700, that goes with the login. */
  readonly folder: string
  /** `ssh-ed25519`, `ssh-rsa` ... */
  readonly keyType: string
  close(): Promise<void>
}

/** What ssh offers, and where it finds the private half. */
interface Offer {
  readonly folder: string
  readonly identityFile: string
  readonly agentSocket: string | null
  close(): Promise<void>
}

const viaAgent = async (key: LoginKey): Promise<Offer> => {
  const agent = key.kind === 'private' ? await startPrivateAgent(key.privateKey) : null
  const folder = agent?.folder ?? (await makePrivateFolder())
  return {
    folder,
    identityFile: join(folder, 'key.pub'),
    agentSocket: key.kind === 'agent' ? key.socket : (agent?.socket ?? null),
    close: async () => {
      await agent?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** On Windows the agent is one service for everybody, so a private one can't be had: the key is a file while ssh runs. */
const viaFile = async (privateKey: Secret): Promise<Offer> => {
  const folder = await makePrivateFolder()
  const identityFile = join(folder, 'key')
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(identityFile, `${privateKey.reveal().trimEnd()}\n`, { mode: 0o600 })
  } catch (error) {
    await close()
    throw error
  }
  return { folder, identityFile, agentSocket: null, close }
}

/**
 * Prepares a login with one key and the host keys that are trusted. A key of ours is handed to an agent that lives for
 * this operation, so that its private half is never on a disk.
 * @param knownHosts known_hosts lines of the host; empty lines trust nobody.
 */
export const openSshLogin = async (
  key: LoginKey,
  knownHosts: string,
  platform: NodeJS.Platform = process.platform,
): Promise<SshLogin> => {
  const { folder, identityFile, agentSocket, close } =
    platform === 'win32' && key.kind === 'private' ? await viaFile(key.privateKey) : await viaAgent(key)
  try {
    const knownHostsFile = join(folder, 'known_hosts')
    await writeFile(join(folder, 'key.pub'), `${key.publicKey}\n`, { mode: 0o600 })
    await writeFile(knownHostsFile, knownHosts, { mode: 0o600 })
    const certificateFile = key.certificate === undefined ? null : join(folder, 'key-cert.pub')
    if (certificateFile !== null) await writeFile(certificateFile, `${key.certificate}\n`, { mode: 0o600 })
    const options = strictOptions({ knownHosts: knownHostsFile, identityFile, agentSocket, certificateFile })
    const command = ['ssh', ...options].map(shellWord).join(' ')
    return { options, command, folder, keyType: key.publicKey.split(' ')[0] ?? '', close }
  } catch (error) {
    await close()
    throw error
  }
}
