import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { agentCertificate } from '../../ssh/agent-keys'
import { fingerprint } from '../../ssh/fingerprint'
import { startPrivateAgent } from '../../ssh/private-agent'
import { parsePublicKey } from '../../ssh/public-key'
import { serverBench } from '../../testing/server-bench'
import { fittingCertificate } from './key-certificate'
import { findKeyFiles } from './keys-at-home'
import { nameKey } from './name-key'

const folder = mkdtempSync(join(tmpdir(), 'key-certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const keygen = (...args: readonly string[]) => execFileSync('ssh-keygen', ['-q', ...args])
const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim()
const make = (name: string) => {
  keygen('-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name))
  return { privateKey: new Secret(read(name)), publicKey: read(`${name}.pub`) }
}
make('authority')
const ada = make('ada')
const other = make('other')
const certify = (name: string, ...args: readonly string[]) => {
  keygen('-s', join(folder, 'authority'), '-I', 'ada@acme', ...args, join(folder, `${name}.pub`))
  return read(`${name}-cert.pub`)
}

describe('the certificate of a key', () => {
  it('is kept with the key, shown, offered with it, and taken away', async () => {
    const { keys } = serverBench()
    const { id } = await keys.keep(ada, 'ada')
    expect(keys.get(id).certificate).toBeNull()
    const line = certify('ada', '-n', 'ada,deploy', '-z', '7', '-V', 'always:20990101000000Z')
    expect((await keys.certify(id, `# ours\n${line}\n`)).certificate).toEqual({
      id: 'ada@acme',
      serial: '7',
      principals: ['ada', 'deploy'],
      validUntil: Date.UTC(2099, 0, 1),
      authority: fingerprint(parsePublicKey(read('authority.pub')).blob),
    })
    expect(await keys.login(id)).toMatchObject({ kind: 'private', certificate: line })
    expect((await keys.certify(id, null)).certificate).toBeNull()
    expect(await keys.login(id)).not.toHaveProperty('certificate')
  })

  it.each([
    ['not-a-certificate', () => read('ada.pub')],
    ['certificate-of-host', () => certify('ada', '-h')],
    ['certificate-of-another-key', () => certify('other')],
    ['certificate-over', () => certify('ada', '-V', '20200101:20200201')],
  ])('is refused as %s', async (reason, text) => {
    const { keys } = serverBench()
    const { id } = await keys.keep(ada, 'ada')
    await expect(keys.certify(id, text())).rejects.toMatchObject({ code: 'key-unreadable', facts: { reason } })
    expect(fittingCertificate(text(), ada.publicKey, Date.now())).toBeNull()
  })

  it('is the one for this key that ends last, where a text has several', () => {
    const over = certify('ada', '-V', '20200101:20200201')
    const renewed = certify('ada', '-V', '20200101:20990201')
    const text = [certify('other'), over, `${renewed} comment`, certify('ada', '-h')].join('\n')
    expect(fittingCertificate(text, ada.publicKey, Date.now())).toBe(`${renewed} comment`)
  })

  it('is found beside the key in a folder', async () => {
    const line = certify('ada')
    const found = await findKeyFiles(folder)
    expect(found.find(({ name }) => name === 'ada')?.certificate?.trim()).toBe(line)
    expect(found.find(({ name }) => name === 'authority')?.certificate).toBeNull()
    expect(found.map(({ name }) => name)).toEqual(['ada', 'authority', 'other'])
  })

  it('is asked of the agent that holds the key', async () => {
    const line = certify('other')
    const agent = await startPrivateAgent(ada.privateKey)
    try {
      const env = { PATH: process.env.PATH, SSH_AUTH_SOCK: agent.socket }
      execFileSync('ssh-add', ['-q', join(folder, 'other')], { env, stdio: 'ignore' })
      expect((await agentCertificate(agent.socket, other.publicKey))?.split(' ')[1]).toBe(line.split(' ')[1])
      expect(await agentCertificate(agent.socket, ada.publicKey)).toBeNull()
    } finally {
      await agent.close()
    }
  })

  it('that has ended is named when the host refuses the key', () => {
    const refused = new Failure('publickey-denied', { host: 'h' })
    const key = { id: 'k', type: 'ssh-ed25519', fingerprint: 'SHA256:a' }
    const certificate = { id: '', serial: '0', principals: [], validUntil: 1000, authority: '' }
    expect(nameKey(refused, { ...key, certificate }).facts).toMatchObject({ key: 'k', certificateUntil: '1000' })
    expect(nameKey(refused, { ...key, certificate: null }).facts).not.toHaveProperty('certificateUntil')
  })
})
