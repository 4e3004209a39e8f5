import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createKeyPair } from './key-pair'
import { startPrivateAgent } from './private-agent'

/** Processes with this socket in their arguments: the agent itself. */
const agentsOf = (socket: string): readonly string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(socket)
    } catch {
      return false
    }
  })

describe('an agent of our own', () => {
  it('holds one key, and is gone with its folder as soon as it is closed', async () => {
    const { privateKey, publicKey } = await createKeyPair('ed25519', 'agent test')
    const agent = await startPrivateAgent(privateKey)
    const listed = execFileSync('ssh-add', ['-L'], { env: { ...process.env, SSH_AUTH_SOCK: agent.socket } }).toString()
    expect(listed.split(' ')[1]).toBe(publicKey.split(' ')[1])
    expect(agentsOf(agent.socket)).not.toEqual([])
    await agent.close()
    // Well before the ten seconds after which an agent looks by itself whether anybody needs it.
    await expect.poll(() => agentsOf(agent.socket), { timeout: 5000 }).toEqual([])
    expect(existsSync(agent.folder)).toBe(false)
  })
})
