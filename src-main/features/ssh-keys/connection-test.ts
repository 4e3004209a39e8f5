import { randomUUID } from 'node:crypto'
import { type SshAddress, type SshStep, type SshTest, sshSteps } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import { fingerprint } from '../../ssh/fingerprint'
import type { HostKey } from '../../ssh/known-hosts'
import { reachPort, resolveHost, scanHostKeys } from '../../ssh/scan-host-keys'
import { type LoginKey, openSshLogin, type SshLogin } from '../../ssh/ssh-login'
import { testLogin } from '../../ssh/test-login'
import type { HostKeyBook } from '../host-keys/host-key-book'

/** What a connection test needs from others. */
export interface ConnectionTestParts {
  readonly book: HostKeyBook
  readonly now: () => number
  /** `git ls-remote` with this login; the default branch first. */
  readonly branches: (
    address: string,
    login: SshLogin,
    signal: AbortSignal,
  ) => Promise<readonly { readonly name: string; readonly default: boolean }[]>
  readonly announce: (test: SshTest) => void
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

/** Runs the steps one by one and announces each. An unknown host key waits for a person; a changed one ends the test. */
export const startConnectionTest = (
  address: SshAddress,
  key: () => Promise<LoginKey>,
  parts: ConnectionTestParts,
): RunningTest => {
  const abort = new AbortController()
  const { signal } = abort
  let answer: ((fingerprint: string) => void) | null = null
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
    mark(step, { state: 'running' })
    try {
      const result = await act()
      mark(step, { state: 'passed', milliseconds: parts.now() - from, detail: detail(result) })
      return result
    } catch (error) {
      mark(step, { state: 'failed', milliseconds: parts.now() - from })
      throw error
    }
  }

  const { host, port } = address

  /** The first of the shown keys that the book knows decides; nothing weaker is asked about. */
  const checkHostKey = async (): Promise<string> => {
    const shown = await scanHostKeys(host, port, signal)
    const verdicts = shown.map((hostKey) => ({ hostKey, verdict: parts.book.judge(host, port, hostKey) }))
    const known = verdicts.find(({ verdict }) => verdict.kind === 'known')
    if (known !== undefined) return describe(known.hostKey)
    const changed = verdicts.find(({ verdict }) => verdict.kind === 'changed')
    if (changed?.verdict.kind === 'changed') {
      const old = changed.verdict.known[0]
      throw new Failure('host-key-changed', {
        host,
        shown: fingerprint(changed.hostKey.blob),
        known: old === undefined ? '' : fingerprint(old.blob),
      })
    }
    const unknown = verdicts.find(({ verdict }) => verdict.kind === 'unknown')
    if (unknown === undefined) throw new Failure('host-key-refused', { host })
    await askPerson(unknown.hostKey)
    await parts.book.confirm(host, port, unknown.hostKey)
    return describe(unknown.hostKey)
  }

  const askPerson = (hostKey: HostKey): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = fingerprint(hostKey.blob)
      answer = (given) => {
        if (given !== asked) return
        answer = null
        show({ state: 'running', hostKey: null })
        resolve()
      }
      signal.addEventListener('abort', () => reject(new Failure('cancelled')), { once: true })
      const published = parts.book.isPublished(host, port, hostKey)
      show({ state: 'asks-host-key', hostKey: { host, port, type: hostKey.type, fingerprint: asked, published } })
    })

  const steps = async (): Promise<void> => {
    await run(
      'resolve',
      () => resolveHost(host),
      (found) => found,
    )
    await run(
      'reach',
      () => reachPort(host, port, 10_000, signal),
      () => null,
    )
    await run('host-key', checkHostKey, (detail) => detail)
    const login = await openSshLogin(await key(), parts.book.linesFor(host, port))
    try {
      await run(
        'login',
        () => testLogin(login, address, signal),
        ({ text }) => text || null,
      )
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
      show({ branches: [...branches] })
    } finally {
      await login.close()
    }
  }

  const done = steps().then(
    () => show({ state: 'passed' }),
    (error: unknown) => {
      const failure = error instanceof Failure ? error : new Failure('unexpected', { where: 'ssh.test' })
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

const describe = ({ type, blob }: HostKey): string => `${type} ${fingerprint(blob)}`
