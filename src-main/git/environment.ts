import { dirname } from 'node:path'
import { harmlessChecks } from '../../src-preload/contract/entities/fsck-check'
import { safeSearchPath } from '../programs/search-path'
import type { GitTarget, HttpsTransport } from './transport'

/** One setting of git, as `git config` names it. */
export type GitSetting = readonly [key: string, value: string]

/** What the environment of every git process is made from. */
export interface EnvironmentParts {
  /** The app's own environment, of which only the search path and what Windows needs to start a program is taken. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** An empty folder of ours, HOME of every git process. */
  readonly home: string
  /** An empty file of ours, which stands in for the person's and the system's configuration. */
  readonly emptyConfig: string
}

const windowsNeeds = ['SystemRoot', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'ProgramData', 'ProgramFiles']

/** The environment of any git process: built from nothing, so that no `GIT_*`, `EDITOR`, proxy or askpass of the person acts. */
export const baseEnvironment = (parts: EnvironmentParts): Record<string, string> => {
  const { inherited, platform, home, emptyConfig } = parts
  const path = inherited.PATH ?? inherited.Path ?? ''
  const needs = platform === 'win32' ? windowsNeeds : []
  return {
    ...Object.fromEntries(needs.flatMap((name) => (inherited[name] === undefined ? [] : [[name, inherited[name]]]))),
    // git looks there for ssh and for its own parts.
    PATH: safeSearchPath(path),
    HOME: home,
    ...(platform === 'win32' ? { USERPROFILE: home } : {}),
    // Fixed words, since failures are told apart by them.
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: emptyConfig,
    GIT_ATTR_NOSYSTEM: '1',
    // The home folder may lie in a repository of the person, whose configuration would then count.
    GIT_CEILING_DIRECTORIES: dirname(home),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_PROTOCOL_FROM_USER: '0',
  }
}

/**
 * Settings of a git that talks to a remote (git-config(1)): nothing of the remote is run, no other transport, no
 * redirect, no second address. `throwaway` adds what suits a folder that is deleted afterwards.
 */
export const protectiveSettings = (
  target: GitTarget,
  options: { readonly platform: NodeJS.Platform; readonly throwaway: boolean },
): readonly GitSetting[] => {
  const { address, transport } = target
  const { platform, throwaway } = options
  return [
    ['credential.helper', ''],
    ['credential.interactive', 'false'],
    ['core.askPass', ''],
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['submodule.recurse', 'false'],
    ['fetch.recurseSubmodules', 'false'],
    ['protocol.allow', 'never'],
    ['protocol.https.allow', 'always'],
    ['protocol.ssh.allow', 'always'],
    ...(address.insecure ? [['protocol.http.allow', 'always'] as const] : []),
    ['http.followRedirects', 'false'],
    ['http.sslVerify', 'true'],
    // Less than a byte a second for half a minute: the connection is dead, not slow.
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', '30'],
    ['transfer.credentialsInUrl', 'die'],
    ['transfer.fsckObjects', 'true'],
    ['transfer.bundleURI', 'false'],
    ['fetch.fsckObjects', 'true'],
    // Refusing these would refuse real projects, and here nothing is deployed from them.
    ...harmlessChecks.map((check) => [`fetch.fsck.${check}`, 'ignore'] as const),
    ['core.protectHFS', 'true'],
    ['core.protectNTFS', 'true'],
    ['safe.bareRepository', 'explicit'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['advice.detachedHead', 'false'],
    ...(throwaway
      ? ([
          ['core.symlinks', 'false'],
          ['core.fsync', 'none'],
        ] as const)
      : []),
    ...(transport.kind === 'https' ? httpSettings(transport, platform) : []),
  ]
}

/** With the user's name git asks for the password, which stands in no setting. */
const proxySetting = ({ proxy = '', proxyLogin }: Pick<HttpsTransport, 'proxy' | 'proxyLogin'>): string =>
  proxyLogin === undefined ? proxy : proxy.replace('://', `://${encodeURIComponent(proxyLogin.username)}@`)

const httpSettings = (transport: HttpsTransport, platform: NodeJS.Platform): readonly GitSetting[] => [
  // An empty value means "no proxy at all".
  ['http.proxy', proxySetting(transport)],
  ...(transport.proxyLogin === undefined ? [] : [['http.proxyAuthMethod', 'basic'] as const]),
  ...(transport.caFile === undefined ? [] : [['http.sslCAInfo', transport.caFile] as const]),
  // Without the system configuration, git for Windows would know no authorities but those it is told about here.
  ...(platform === 'win32' ? [['http.sslBackend', 'schannel'] as const] : []),
  ...(platform === 'win32' && transport.caFile !== undefined ? [['http.schannelUseSSLCAInfo', 'true'] as const] : []),
]

/** Which transports git may use at all; it overrides every `protocol.*` setting (git(1), `GIT_ALLOW_PROTOCOL`). */
export const allowedProtocols = ({ address }: GitTarget): string => (address.insecure ? 'https:ssh:http' : 'https:ssh')

/** Settings as environment variables, which unlike `-c` arguments no other user of the machine can read (git-config(1)). */
export const settingsEnvironment = (settings: readonly GitSetting[]): Record<string, string> => ({
  GIT_CONFIG_COUNT: String(settings.length),
  ...Object.fromEntries(
    settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
})

/** The whole environment of a git that talks to `target`. `helper` are the settings of the credential pipe. */
export const remoteEnvironment = (
  parts: EnvironmentParts,
  target: GitTarget,
  options: { readonly throwaway: boolean; readonly helper: readonly GitSetting[] },
): Record<string, string> => {
  const { transport } = target
  const settings = [
    ...protectiveSettings(target, { platform: parts.platform, throwaway: options.throwaway }),
    ...options.helper,
  ]
  return {
    ...(transport.kind === 'ssh' ? transport.environment : {}),
    ...baseEnvironment(parts),
    ...settingsEnvironment(settings),
    GIT_ALLOW_PROTOCOL: allowedProtocols(target),
    ...(transport.kind === 'ssh'
      ? { GIT_SSH_COMMAND: transport.command, GIT_SSH_VARIANT: 'ssh', SSH_ASKPASS_REQUIRE: 'never' }
      : {}),
  }
}
