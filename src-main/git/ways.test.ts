import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Secret } from '../credentials/secret'
import { shellWord } from '../ssh/ssh-options'
import { makeCertificate } from '../testing/certificates'
import { seedRepository } from '../testing/git-repositories'
import { startGitServer } from '../testing/git-server'
import { listen } from '../testing/loopback-server'
import { requireAddress } from './address'
import { writeCaFile } from './ca-file'
import { createGit, type Git } from './create-git'
import type { HttpsTransport, SshTransport } from './transport'

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const run = promisify(execFile)
let root: string
let repositories: string
let git: Git

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ways-'))
  repositories = join(root, 'repositories')
  await seedRepository(repositories, 'o/app.git', { commits: [{ subject: 'One', files: { a: '1' } }] })
  git = createGit({ folder: join(root, 'app'), gitPath: () => null, credentialHelper: [] })
})
afterAll(() => rm(root, { recursive: true }))

const at = (origin: string, more: Partial<HttpsTransport> = {}) => ({
  address: requireAddress(`${origin}/o/app.git`),
  transport: { kind: 'https' as const, credential: { origin, username: 'me', password: new Secret('pw') }, ...more },
})

describe('https', () => {
  it('trusts a certificate that the person trusted, for its own name, and no other', async () => {
    const identity = makeCertificate('127.0.0.1')
    const server = await startGitServer({
      root: repositories,
      tls: identity,
      credential: { username: 'me', password: 'pw' },
    })
    const caFile = join(root, 'trusted.pem')
    await writeFile(caFile, identity.cert)
    expect(await git.listBranches(at(server.origin, { caFile }))).toHaveLength(1)

    const untrusted = { code: 'certificate-untrusted', facts: { host: new URL(server.origin).host } }
    await expect(git.listBranches(at(server.origin))).rejects.toMatchObject(untrusted)
    await writeFile(caFile, makeCertificate('127.0.0.1').cert)
    await expect(git.listBranches(at(server.origin, { caFile }))).rejects.toMatchObject(untrusted)
    await writeFile(caFile, identity.cert)
    const other = await startGitServer({ root: repositories, tls: identity, address: '127.0.0.2' })
    await expect(git.listBranches(at(other.origin, { caFile }))).rejects.toMatchObject({
      code: 'certificate-untrusted',
      facts: { why: 'wrong-host' },
    })
    expect(other.requests).toEqual([])
    await other.close()
    await server.close()
  })

  it('trusts a certificate of an authority that nobody knows, when the person trusted it', async () => {
    const identity = makeCertificate('127.0.0.1', makeCertificate('authority', null, true))
    const server = await startGitServer({ root: repositories, tls: identity })
    const caFile = await writeCaFile(join(root, 'trusted'), identity.cert)
    expect(await git.listBranches(at(server.origin, { caFile }))).toHaveLength(1)
    expect(await writeCaFile(join(root, 'trusted'), identity.cert)).toBe(caFile)
    await server.close()
  })

  it('finds the login of an IPv6 address with a port', async () => {
    const server = await startGitServer({
      root: repositories,
      address: '::1',
      credential: { username: 'me', password: 'pw' },
    })
    expect(await git.listBranches(at(server.origin))).toHaveLength(1)
    await server.close()
  })

  it('goes through the given proxy, which sees no credential, and names one that wants a login', async () => {
    let said = ''
    const proxy = await listen(
      createServer((socket) => {
        socket.once('data', (chunk) => {
          said = chunk.toString('latin1')
          socket.end(
            'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n',
          )
        })
      }),
    )
    const target = { ...at('https://example.com', { proxy: proxy.url }) }
    await expect(git.listBranches(target)).rejects.toMatchObject({ code: 'proxy-login', facts: { proxy: proxy.url } })
    expect(said).toMatch(/^CONNECT example\.com:443 /)
    expect(said).not.toMatch(/^(?:proxy-)?authorization:/im)
    await proxy.close()
    await expect(git.listBranches(target)).rejects.toMatchObject({ code: 'unreachable', facts: { proxy: proxy.url } })
  })
})

describe('ssh', () => {
  /** A real sshd for one connection, on the other end of a pipe. */
  const sshTo = async (authorized: string): Promise<SshTransport> => {
    const folder = await mkdtemp(join(root, 'ssh-'))
    await mkdir('/run/sshd', { recursive: true }).catch(() => undefined)
    for (const name of ['host', 'mine'])
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
    const [host, keys, config] = [join(folder, 'host'), join(folder, 'keys'), join(folder, 'config')]
    if (authorized === 'mine') await copyFile(join(folder, 'mine.pub'), keys)
    await writeFile(
      config,
      `HostKey ${host}\nAuthorizedKeysFile ${keys}\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nLogLevel QUIET\n`,
    )
    const { stdout } = await run('ssh-keygen', ['-y', '-f', host])
    await writeFile(join(folder, 'known'), `example.com ${stdout}`)
    const options = [
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'IdentityAgent=none',
      'StrictHostKeyChecking=yes',
      `IdentityFile=${join(folder, 'mine')}`,
      `UserKnownHostsFile=${join(folder, 'known')}`,
      `ProxyCommand=/usr/sbin/sshd -i -f ${config}`,
    ]
    const words = ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])]
    return { kind: 'ssh', command: words.map(shellWord).join(' '), environment: { SSH_AUTH_SOCK: '/nowhere' } }
  }
  const { username } = userInfo()
  const address = () => requireAddress(`ssh://${username}@example.com${repositories}/o/app.git`)

  it('asks and clones with the command that it is given', async () => {
    const transport = await sshTo('mine')
    const target = { address: address(), transport }
    expect(await git.listBranches(target)).toMatchObject([{ name: 'main', default: true }])
    expect(await git.testClone(target)).toMatchObject({ branch: 'main', subject: 'One' })
    const gone = { address: requireAddress(`ssh://${username}@example.com/nowhere.git`), transport }
    await expect(git.listBranches(gone)).rejects.toMatchObject({ code: 'not-found', facts: { path: 'nowhere' } })
  })

  it('names a key that is refused', async () => {
    const transport = await sshTo('nobody')
    await expect(git.testClone({ address: address(), transport })).rejects.toMatchObject({
      code: 'publickey-denied',
      facts: { host: 'example.com' },
    })
  })

  it('refuses a way that does not fit the address', async () => {
    const transport = await sshTo('mine')
    const https = requireAddress('https://example.com/o/app.git')
    await expect(git.listBranches({ address: https, transport })).rejects.toMatchObject({ code: 'address-refused' })
  })
})
