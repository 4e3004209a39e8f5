import { randomUUID } from 'node:crypto'
import {
  type SshAddress,
  type SshKey,
  type SshStep,
  type SshTest,
  sshSteps,
} from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import { fingerprint } from '../../ssh/fingerprint'
import type { HostKey } from '../../ssh/known-hosts'
import { reachPort, resolveHost } from '../../ssh/scan-host-keys'
import { type LoginKey, openSshLogin, type SshLogin } from '../../ssh/ssh-login'
import { testLogin } from '../../ssh/test-login'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { HostLook } from '../host-keys/look-at-host'
import { nameKey } from './name-key'

/** What a connection test needs from others. */
export interface ConnectionTestParts {
  readonly book: Pick<HostKeyBook, 'linesFor'>
  readonly hosts: Pick<HostLook, 'look' | 'confirm'>
  readonly now: () => number
  /** `git ls-remote` with this login; the default branch first. */
  readonly branches: (
    address: string,
    login: SshLogin,
    signal: AbortSignal,
  ) => Promise<readonly { readonly name: string; readonly default: boolean }[]>
  readonly announce: (test: SshTest) => void
}

/** The key that is tested: what people know of it, and how to get hold of it for one operation. */
export interface TestedKey extends Pick<SshKey, 'id' | 'type' | 'fingerprint'>, Partial<Pick<SshKey, 'certificate'>> {
  readonly login: () => Promise<LoginKey>
}

/** A test that can be answered and ended. */
export interface RunningTest {
  state(): SshTest
  /** Trusts the key that was shown, if it is the one named, and goes on. */
  confirm(fingerprint: string): void
  cancel(): void
  /** Resolves when it passed, failed or was cancelled; never rejects. */
  readonly done: Promise<SshTest>
}

/** Time to open a connection, in ms. */
const patience = 10_000

/** Branches that are shown with the result; the rest is only counted. */
const shownBranches = 200

/** Runs the steps one by one and announces each. An unknown host key waits for a person; a changed one ends the test. */
export const startConnectionTest = (address: SshAddress, key: TestedKey, parts: ConnectionTestParts): RunningTest => {
  const abort = new AbortController()
  const { signal } = abort
  let answer: ((fingerprint: string) => void) | null = null
  /** Milliseconds that a person took to answer; no step is slow because of them. */
  let thought = 0
  let test: SshTest = {
    id: randomUUID(),
    address,
    state: 'running',
    steps: sshSteps.map((step) => ({ step, state: 'waiting', milliseconds: null, detail: null })),
    hostKey: null,
    branches: [],
    failure: null,
  }
  const show = (change: Partial<SshTest>) => {
    test = { ...test, ...change }
    parts.announce(test)
  }
  const mark = (step: SshStep, change: Partial<SshTest['steps'][number]>) =>
    show({ steps: test.steps.map((entry) => (entry.step === step ? { ...entry, ...change } : entry)) })

  const run = async <T>(step: SshStep, act: () => Promise<T>, detail: (result: T) => string | null): Promise<T> => {
    if (signal.aborted) throw new Failure('cancelled')
    const from = parts.now()
    thought = 0
    mark(step, { state: 'running' })
    try {
      const result = await act()
      mark(step, { state: 'passed', milliseconds: parts.now() - from - thought, detail: detail(result) })
      return result
    } catch (error) {
      mark(step, { state: 'failed', milliseconds: parts.now() - from - thought })
      throw error
    }
  }

  const { host, port } = address

  const checkHostKey = async (): Promise<string> => {
    const shown = await parts.hosts.look(host, port, signal)
    if (shown.kind === 'unknown') {
      await askPerson(shown.hostKey, shown.published)
      await parts.hosts.confirm(host, port, fingerprint(shown.hostKey.blob), signal)
    }
    return `${shown.hostKey.type} ${fingerprint(shown.hostKey.blob)}`
  }

  const askPerson = (hostKey: HostKey, published: string | null): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = fingerprint(hostKey.blob)
      const from = parts.now()
      answer = (given) => {
        if (given !== asked) return
        answer = null
        thought = parts.now() - from
        show({ state: 'running', hostKey: null })
        resolve()
      }
      if (signal.aborted) reject(new Failure('cancelled'))
      signal.addEventListener('abort', () => reject(new Failure('cancelled')), { once: true })
      show({ state: 'asks-host-key', hostKey: { host, port, type: hostKey.type, fingerprint: asked, published } })
    })

  const logIn = async () => {
    const login = await openSshLogin(await key.login(), parts.book.linesFor(host, port))
    try {
      return { login, ...(await testLogin(login, address, signal)) }
    } catch (error) {
      await login.close()
      throw error
    }
  }

  const steps = async (): Promise<void> => {
    await run(
      'resolve',
      () => resolveHost(host, signal),
      (found) => found,
    )
    await run(
      'reach',
      () => reachPort(host, port, patience, signal),
      () => null,
    )
    await run('host-key', checkHostKey, (detail) => detail)
    const { login } = await run('login', logIn, ({ text }) => text || null)
    try {
      const branches = await run(
        'repository',
        () => parts.branches(address.address, login, signal),
        () => null,
      )
      await run(
        'branches',
        async () => branches,
        (list) => String(list.length),
      )
      show({ branches: branches.slice(0, shownBranches) })
    } finally {
      await login.close()
    }
  }

  const done = steps().then(
    () => show({ state: 'passed' }),
    (error: unknown) => {
      const failure = error instanceof Failure ? nameKey(error, key) : new Failure('unexpected', { where: 'ssh.test' })
      const { code, facts } = failure
      show({
        state: code === 'cancelled' ? 'cancelled' : 'failed',
        hostKey: null,
        failure: { code, facts: { ...facts } },
      })
    },
  )

  return {
    state: () => test,
    confirm: (given) => answer?.(given),
    cancel: () => abort.abort(),
    done: done.then(() => test),
  }
}
