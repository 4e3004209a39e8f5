import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { hostOf, originOf } from './address'
import type { OpenCredentialPipe } from './credential-pipe'
import { type EnvironmentParts, remoteEnvironment } from './environment'
import { explainGit } from './explain'
import type { GitProgram } from './find-git'
import { type GitExit, runGit } from './git'
import type { GitCredential, GitTarget, GitTransport } from './transport'

/** One run of git against a remote. */
export interface RemoteRun {
  /** Arguments before the address. */
  readonly args: readonly string[]
  /** Operands after the address, which stands behind `--`. */
  readonly operands?: readonly string[]
  /** Time it may take in all, in ms. */
  readonly timeout: number
  /** What it writes is deleted afterwards. */
  readonly throwaway: boolean
  readonly branch?: string | null
  readonly signal?: AbortSignal
  readonly onLine?: (line: string) => void
  /** Has git write every line of the protocol to standard error. Headers, and so credentials, are no part of it. */
  readonly tracePackets?: boolean
}

/** Runs git against a remote under all protections. Resolves when it succeeded; rejects with a named `Failure` else. */
export type RunRemote = (target: GitTarget, run: RemoteRun) => Promise<GitExit>

/** What `createRunRemote` needs. */
export interface RemoteParts {
  readonly environment: EnvironmentParts
  readonly program: () => Promise<GitProgram>
  readonly openPipe: OpenCredentialPipe
}

/** libcurl undoes percent-encoding in the login of a proxy (CURLOPT_PROXYUSERPWD(3)). */
const forCurl = (text: string): string => text.replaceAll('%', '%25')

/** git asks for the password of a proxy as it does for that of a host (git-config(1), http.proxy). */
const proxyCredential = (transport: GitTransport): readonly GitCredential[] =>
  transport.kind === 'https' && transport.proxy !== undefined && transport.proxyLogin !== undefined
    ? [
        {
          origin: transport.proxy.replace(/\/$/, ''),
          username: forCurl(transport.proxyLogin.username),
          password: new Secret(forCurl(transport.proxyLogin.password.reveal())),
        },
      ]
    : []

/** Makes the one function through which git reaches remotes. */
export const createRunRemote =
  ({ environment, program, openPipe }: RemoteParts): RunRemote =>
  async (target, run) => {
    const { address, transport } = target
    if (address.kind !== transport.kind) throw new Failure('address-refused', { reason: 'scheme' })
    const credential = transport.kind === 'https' ? (transport.credential ?? null) : null
    if (credential !== null && new URL(credential.origin).origin !== originOf(address)) {
      throw new Failure('foreign-link-refused', { host: credential.origin, to: originOf(address) })
    }
    const { path } = await program()
    const credentials = [
      ...(credential === null ? [] : [{ ...credential, origin: originOf(address) }]),
      ...proxyCredential(transport),
    ]
    const pipe = credentials.length === 0 ? null : await openPipe(...credentials)
    try {
      const exit = await runGit({
        program: path,
        args: [...run.args, '--', address.url, ...(run.operands ?? [])],
        cwd: environment.home,
        environment: {
          ...remoteEnvironment(environment, target, { throwaway: run.throwaway, helper: pipe?.settings ?? [] }),
          ...pipe?.environment,
          ...(run.tracePackets === true ? { GIT_TRACE_PACKET: '1' } : {}),
        },
        timeout: run.timeout,
        ...(run.signal ? { signal: run.signal } : {}),
        ...(run.onLine ? { onLine: run.onLine } : {}),
        ...(pipe === null || pipe.descriptors === 0 ? {} : { descriptors: pipe.descriptors, feed: pipe.feed }),
      })
      if (exit.code === 0) return exit
      throw explainGit(exit, {
        address,
        branch: run.branch ?? null,
        hadCredential: credential !== null,
        proxy: transport.kind === 'https' ? (transport.proxy ?? null) : null,
        secrets: credentials.map(({ password }) => password),
      })
    } catch (error) {
      if (error instanceof Failure && error.code === 'proxy-login' && proxyCredential(transport).length > 0) {
        throw new Failure('proxy-login', { ...error.facts, refused: 'yes' }, { cause: error })
      }
      if (error instanceof Failure && error.code === 'timed-out' && error.facts.host === undefined) {
        throw new Failure('timed-out', { host: hostOf(address), ...error.facts }, { cause: error })
      }
      throw error
    } finally {
      await pipe?.close()
    }
  }
