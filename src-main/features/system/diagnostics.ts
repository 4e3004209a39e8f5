import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { Settings } from '../../../src-preload/contract/entities/settings'
import type { VaultStatus } from '../../../src-preload/contract/entities/vault'
import { saidTexts } from '../../../src-preload/contract/leaving'
import { Failure } from '../../../src-preload/contract/outcome'
import { saidText } from '../../../src-preload/contract/plain-text'
import type { SystemInfo } from '../../../src-preload/contract/system'
import { hideKnownSecrets } from '../../log/known-secrets'
import type { Fetch } from '../../network/fetch'

/** What diagnostics look at. None of it holds a secret, and none of it is a way to one. */
export interface DiagnosticsParts {
  readonly info: () => Promise<SystemInfo>
  readonly settings: () => Settings
  readonly vault: () => VaultStatus
  readonly accounts: () => readonly Account[]
  readonly deepLinks: {
    isOurs(): Promise<boolean>
    owner(): Promise<string | null>
    /** Milliseconds that a link takes through the system and back, or null when it did not come. */
    test(): Promise<number | null>
  }
  /** The last warnings and errors of the log, without secrets. */
  readonly lastFailures: () => readonly string[]
  readonly proxyFor: (url: string) => Promise<string | null>
  readonly fetch: Fetch
  readonly now: () => number
}

/** One line of the report; a check that fails is a line like any other. */
const line = async (name: string, look: () => Promise<string>): Promise<string> => {
  try {
    return `${name}: ${await look()}`
  } catch (error) {
    return `${name}: failed (${error instanceof Failure ? error.code : 'unexpected'})`
  }
}

/** Sends a request to ourselves over 127.0.0.1, as the loopback sign-in does. */
const roundTrip = async (fetch: Fetch, now: () => number): Promise<string> => {
  const server = createServer((_request, response) => response.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const from = now()
  try {
    const { port } = server.address() as AddressInfo
    const answer = await fetch(`http://127.0.0.1:${port}/`, { timeout: 3000 })
    return `${(await answer.text()) === 'ok' ? 'ok' : 'wrong answer'}, ${now() - from} ms`
  } finally {
    server.close()
  }
}

/** An address as it may be shown to strangers: a proxy can hold a login. */
const withoutLogin = (address: string | null): string => address?.replace(/\/\/[^/@]*@/, '//') ?? 'none'

/** A report to send to somebody who helps: versions, settings, states and self-tests, and no secret. */
export const describeInstall = async (parts: DiagnosticsParts): Promise<string> => {
  const { deepLinks, now } = parts
  const info = await parts.info()
  const vault = parts.vault()
  const { proxy, ...settings } = parts.settings()
  const checks = await Promise.all([
    line('links come here', async () => {
      if (!(await deepLinks.isOurs())) return `no, ${(await deepLinks.owner()) ?? 'nobody'} opens them`
      const milliseconds = await deepLinks.test()
      return milliseconds === null ? 'registered, but none came back within 5 s' : `yes, within ${milliseconds} ms`
    }),
    line('loopback', () => roundTrip(parts.fetch, now)),
    line('proxy', async () => `${proxy.mode}, ${withoutLogin(await parts.proxyFor('https://example.com/'))}`),
  ])
  return [
    `CloudAIPilot ${info.version} on ${info.platform}`,
    `electron ${info.electron}${info.runtimeEndOfLife ? ' (end of life)' : ''}, chromium ${info.chromium}, node ${info.node}`,
    `git ${info.git ?? 'missing'}, ${info.openssh ?? 'no OpenSSH'}`,
    `key storage: ${vault.state}, ${vault.holder ?? 'none'}${vault.failure === null ? '' : `, ${vault.failure.code}`}`,
    ...checks,
    `settings: ${JSON.stringify(saidTexts(settings))}`,
    ...parts
      .accounts()
      .map(
        ({ provider, host, kind, state, reason, checkedAt }) =>
          `account: ${provider} ${host} ${kind} ${state}${reason === null ? '' : ` (${reason.code})`}, checked ${checkedAt === null ? 'never' : new Date(checkedAt).toISOString()}`,
      ),
    ...parts.lastFailures().map((failure) => `log: ${failure}`),
    '',
  ]
    .map((text) => saidText(hideKnownSecrets(text)))
    .join('\n')
}
