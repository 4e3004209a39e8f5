import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { AgentKey } from '../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../src-preload/contract/outcome'
import { latestCertificate } from './certificate'
import { fingerprint } from './fingerprint'
import { parsePublicKey } from './public-key'

const run = promisify(execFile)

const linesOf = async (socket: string): Promise<readonly string[]> => {
  const output = await run('ssh-add', ['-L'], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', SSH_AUTH_SOCK: socket },
    timeout: 5000,
  }).then(
    ({ stdout }) => stdout,
    (cause: { readonly code?: number; readonly stdout?: string }) => {
      // Exit code 1 is an agent that holds no key; 2 is no agent (ssh-add(1)).
      if (cause.code === 1) return ''
      throw new Failure('not-found', { what: 'ssh-agent' }, { cause })
    },
  )
  return output.split('\n')
}

/** The certificate of a key that the agent holds beside it now, or null: those that are made for hours are made often. */
export const agentCertificate = async (socket: string, publicKey: string): Promise<string | null> => {
  const { blob } = parsePublicKey(publicKey)
  return latestCertificate(await linesOf(socket).catch(() => []), blob)
}

/**
 * Public halves of the keys in a running ssh-agent. Keys of kinds that we don't offer are left out.
 * @throws Failure `not-found` when no agent answers
 */
export const listAgentKeys = async (socket: string | null): Promise<readonly AgentKey[]> => {
  if (socket === null) throw new Failure('not-found', { what: 'ssh-agent' })
  return (await linesOf(socket)).flatMap((line): AgentKey[] => {
    try {
      const { type, blob, comment } = parsePublicKey(line)
      return [
        {
          publicKey: `${type} ${blob.toString('base64')}`,
          fingerprint: fingerprint(blob),
          comment: comment.slice(0, 200),
          type,
        },
      ]
    } catch {
      return []
    }
  })
}
