import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { HostKey } from '../ssh/known-hosts'
import { parsePublicKey } from '../ssh/public-key'
import { freePort } from './free-port'
import { listen } from './loopback-server'
import { descendants } from './process-watch'

/** A real sshd on loopback whose user is a stranger to this machine (or, without root, ourselves with a home of its own). */
export interface TestSshServer {
  readonly host: string
  /** Behind a relay whose connections can be cut. */
  readonly port: number
  readonly user: string
  /** Home folder of that user; nothing else of the machine is used. */
  readonly home: string
  /** Null where no password can be given to the user. */
  readonly password: string | null
  readonly hostKey: HostKey
  /** Starts sshd again on the same port with another host key, as after a new installation; returns that key. */
  changeHostKey(): Promise<HostKey>
  /** Has the host key signed by an authority and shows that certificate beside it. @param args further ones of ssh-keygen */
  certifyHost(authorityFile: string, ...args: readonly string[]): Promise<void>
  /** Adds a line to `authorized_keys`. */
  authorize(publicKey: string): void
  /** Gives the user another login shell, which only root can. @returns whether it is in use */
  useShell(path: string): boolean
  /** Runs a command as that user, outside ssh. */
  as(program: string, ...args: readonly string[]): string
  /** Gives a file or folder to that user. */
  own(path: string): void
  /** How many connections there have been. */
  connections(): number
  /** Cuts all connections now. */
  cut(): void
  /** Cuts the next connection after the server has sent this many bytes; null: no more. */
  cutAfter(bytes: number | null): void
  /** Stops sshd and all that it has started where they are: connections stay open, and nothing answers. */
  freeze(): void
  /** Lets them go on. */
  thaw(): void
  /** Numbers of all processes of that user. */
  processes(): readonly number[]
  close(): Promise<void>
}

export interface TestSshOptions {
  /** Further lines of sshd_config; of an option that is given twice, sshd takes the first. */
  readonly config?: readonly string[]
}

const isRoot = userInfo().uid === 0

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

interface Guest {
  readonly user: string
  readonly uid: number
  readonly gid: number
  readonly password: string | null
  remove(): void
}

/** Only root can make a user. Then the server's user has no rights here at all. */
const makeGuest = (home: string): Guest => {
  const { uid, gid, username } = userInfo()
  if (!isRoot) {
    mkdirSync(home, { mode: 0o755 })
    return { user: username, uid, gid, password: null, remove: () => undefined }
  }
  const user = `guest-${randomBytes(4).toString('hex')}`
  execFileSync('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/sh', '--no-user-group', user])
  const password = randomBytes(9).toString('base64url')
  execFileSync('chpasswd', { input: `${user}:${password}\n` })
  const [guestUid, guestGid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user]).toString()))
  return {
    user,
    uid: guestUid ?? -1,
    gid: guestGid ?? -1,
    password,
    remove: () => {
      execFileSync('userdel', ['--force', user], { stdio: 'ignore' })
    },
  }
}

/** sshd as root reads the home of the account; as anybody else it is told where the keys are and sets HOME itself. */
const sshdConfig = (folder: string, home: string, port: number, more: readonly string[]): string =>
  [
    ...more,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host_key')}`,
    `AuthorizedKeysFile ${join(home, '.ssh/authorized_keys')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'MaxStartups 100',
    'MaxSessions 64',
    'LogLevel ERROR',
    ...(isRoot ? [] : [`SetEnv HOME=${home}`]),
  ].join('\n')

/** A relay in front of sshd, since a test can't pull a cable. */
const startRelay = async (target: number) => {
  const pairs = new Set<readonly [Socket, Socket]>()
  let budget: number | null = null
  let count = 0
  const server = createServer((near) => {
    count += 1
    const far = connect({ host: '127.0.0.1', port: target })
    const pair = [near, far] as const
    const end = () => {
      near.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    pairs.add(pair)
    near.pipe(far)
    let left = budget
    budget = null
    far.on('data', (chunk) => {
      if (left !== null && chunk.length >= left) {
        near.write(chunk.subarray(0, left), end)
        left = 0
        return
      }
      if (left !== null) left -= chunk.length
      near.write(chunk)
    })
    for (const socket of pair) socket.on('error', end).on('close', end)
  })
  const { port, close } = await listen(server)
  return {
    port,
    close,
    connections: () => count,
    cut: () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
    },
    cutAfter: (bytes: number | null) => {
      budget = bytes
    },
  }
}

const processesOf = (uid: number, home: string): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        if (isRoot) return new RegExp(`^Uid:\\s+${uid}\\s`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'))
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(home)
      } catch {
        return false
      }
    })

const signalAll = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself.
    }
  }
}

/** A new host key in place of the one that is there. */
const makeHostKey = (folder: string): HostKey => {
  const file = join(folder, 'host_key')
  for (const old of [file, `${file}.pub`]) rmSync(old, { force: true })
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  const { type, blob } = parsePublicKey(readFileSync(`${file}.pub`, 'utf8'))
  return { type, blob }
}

const startSshd = async (folder: string, port: number): Promise<ChildProcess> => {
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  sshd.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  while (!(await accepts(port))) {
    if (sshd.exitCode !== null) throw new Error(`sshd ended with ${sshd.exitCode}: ${complaint}`)
  }
  return sshd
}

const endSshd = async (sshd: ChildProcess): Promise<void> => {
  if (sshd.exitCode !== null) return
  sshd.kill()
  await once(sshd, 'exit')
}

/** Starts it; resolves when it greets. */
export const startSshServer = async ({ config = [] }: TestSshOptions = {}): Promise<TestSshServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'))
  chmodSync(folder, 0o755)
  const home = join(folder, 'home')
  const guest = makeGuest(home)
  if (isRoot && !existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 })
  const inner = await freePort()
  writeFileSync(join(folder, 'sshd_config'), `${sshdConfig(folder, home, inner, config).replace(/$/, '\n')}`)
  let hostKey = makeHostKey(folder)
  let sshd = await startSshd(folder, inner)
  const relay = await startRelay(inner)
  const own = (path: string) => {
    if (isRoot) execFileSync('chown', ['-R', `${guest.uid}:${guest.gid}`, path])
  }
  const all = () => [
    ...(sshd.pid === undefined ? [] : [sshd.pid, ...descendants(sshd.pid)]),
    ...processesOf(guest.uid, home),
  ]
  const thaw = () => signalAll(all(), 'SIGCONT')

  return {
    host: '127.0.0.1',
    port: relay.port,
    user: guest.user,
    home,
    password: guest.password,
    get hostKey() {
      return hostKey
    },
    changeHostKey: async () => {
      await endSshd(sshd)
      hostKey = makeHostKey(folder)
      sshd = await startSshd(folder, inner)
      return hostKey
    },
    certifyHost: async (authorityFile, ...args) => {
      const file = join(folder, 'host_key')
      execFileSync('ssh-keygen', ['-q', '-s', authorityFile, '-I', 'host', '-h', ...args, `${file}.pub`])
      appendFileSync(join(folder, 'sshd_config'), `HostCertificate ${file}-cert.pub\n`)
      await endSshd(sshd)
      sshd = await startSshd(folder, inner)
    },
    own,
    authorize: (publicKey) => {
      const ssh = join(home, '.ssh')
      mkdirSync(ssh, { recursive: true, mode: 0o700 })
      writeFileSync(join(ssh, 'authorized_keys'), `${publicKey}\n`, { flag: 'a', mode: 0o600 })
      own(ssh)
    },
    useShell: (path) => {
      if (isRoot) execFileSync('usermod', ['--shell', path, guest.user])
      return isRoot
    },
    as: (program, ...args) =>
      execFileSync(program, [...args], {
        cwd: home,
        env: { HOME: home, PATH: process.env.PATH ?? '/usr/bin:/bin' },
        ...(isRoot ? { uid: guest.uid, gid: guest.gid } : {}),
      }).toString(),
    connections: relay.connections,
    cut: relay.cut,
    cutAfter: relay.cutAfter,
    freeze: () => signalAll(all(), 'SIGSTOP'),
    thaw,
    processes: () => processesOf(guest.uid, home),
    close: async () => {
      thaw()
      await relay.close()
      await endSshd(sshd)
      signalAll(processesOf(guest.uid, home), 'SIGKILL')
      guest.remove()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
