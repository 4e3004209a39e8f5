import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fingerprint, randomart } from './fingerprint'
import { createKeyPair } from './key-pair'
import { startPrivateAgent } from './private-agent'
import { parsePublicKey } from './public-key'

const folder = mkdtempSync(join(tmpdir(), 'keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

const keygen = (...args: string[]) => execFileSync('ssh-keygen', args, { encoding: 'utf8' }).trimEnd()

describe.each(['ed25519', 'rsa-4096'] as const)('a %s key pair', (kind) => {
  it('is what ssh-keygen reads, prints and draws', async () => {
    const pair = await createKeyPair(kind, 'laptop octocat\n@ acme')
    const file = join(folder, kind)
    writeFileSync(file, pair.privateKey.reveal(), { mode: 0o600 })
    writeFileSync(`${file}.pub`, `${pair.publicKey}\n`)
    expect(pair.publicKey).toMatch(/ laptop octocat@ acme$/)
    expect(keygen('-y', '-P', '', '-f', file).split(' ').slice(0, 2)).toEqual(pair.publicKey.split(' ').slice(0, 2))
    const { blob } = parsePublicKey(pair.publicKey)
    const [first = '', ...drawing] = keygen('-lv', '-f', `${file}.pub`).split('\n')
    expect(first).toContain(fingerprint(blob))
    expect(randomart(blob, kind === 'ed25519' ? 'ED25519 256' : 'RSA 4096')).toBe(drawing.join('\n'))
  }, 60_000)

  it('reaches a private agent that is gone after closing', async () => {
    const pair = await createKeyPair(kind, 'x')
    const agent = await startPrivateAgent(pair.privateKey)
    const listed = execFileSync('ssh-add', ['-L'], {
      env: { ...process.env, SSH_AUTH_SOCK: agent.socket },
      encoding: 'utf8',
    })
    expect(listed.split(' ')[1]).toBe(pair.publicKey.split(' ')[1])
    await agent.close()
    expect(() =>
      execFileSync('ssh-add', ['-L'], { env: { ...process.env, SSH_AUTH_SOCK: agent.socket }, stdio: 'ignore' }),
    ).toThrow()
  }, 60_000)
})
