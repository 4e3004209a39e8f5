import { earlierDeepLink } from '../../src-main/deep-link/address'
import { callbacksToRegister } from '../../src-main/oauth/callbacks'
import type { Provider } from '../../src-main/providers/provider'
import { providers } from '../../src-main/providers/registry'
import { allowsRedirect as atBitbucket } from '../forge/bitbucket/sign-in'
import type { OAuthApp } from '../forge/credentials'
import type { DialectId } from '../forge/forge-state'
import { allowsRedirect as atGitea } from '../forge/gitea/authorize'
import { allowsRedirect as atGitHub } from '../forge/github/authorize'
import { allowsRedirect as atGitLab } from '../forge/gitlab/authorize'

/** A host that people sign in at, and how the real one compares callbacks. */
export interface Host {
  readonly name: string
  readonly address: string
  readonly provider: Provider
  readonly dialect: DialectId
  readonly allows: (app: OAuthApp, address: string) => boolean
}

const host = (name: string, address: string, id: string, dialect: DialectId, allows: Host['allows']): Host => {
  const provider = providers.find((one) => one.id === id)
  if (provider === undefined) throw new Error(`No provider ${id}`)
  return { name, address, provider, dialect, allows }
}

/** Every kind of host. */
export const hosts: readonly Host[] = [
  host('github.com', 'https://github.com', 'github', 'github', atGitHub),
  host('GitHub Enterprise Server', 'https://github.acme.example', 'github', 'github', atGitHub),
  host('gitlab.com', 'https://gitlab.com', 'gitlab', 'gitlab', atGitLab),
  host('a GitLab', 'https://git.acme.example/gitlab', 'gitlab', 'gitlab', atGitLab),
  host('bitbucket.org', 'https://bitbucket.org', 'bitbucket', 'bitbucket', atBitbucket),
  host('a Gitea', 'https://gitea.acme.example', 'gitea', 'gitea', atGitea),
  host('a Forgejo', 'https://forgejo.acme.example', 'gitea', 'forgejo', atGitea),
  host('Codeberg', 'https://codeberg.org', 'gitea', 'forgejo', atGitea),
]

/** Hosts that are hostile from the start, one of each provider. */
export const strangers: readonly Host[] = ['github.com', 'gitlab.com', 'bitbucket.org', 'a Gitea'].flatMap((like) =>
  hosts
    .filter(({ name }) => name === like)
    .map((one) => ({ ...one, name: `a stranger like ${like}`, address: `https://${one.dialect}.evil.example/git` })),
)

const redirectOf = ({ provider, address }: Host) => provider.signIn(address).redirect

/** What a person registered at a host: its own callbacks, those of before, or both. */
export const registrations = (at: Host): readonly (readonly string[])[] => {
  const redirect = redirectOf(at)
  if (redirect === undefined) return []
  const port = typeof redirect.loopback === 'number' ? `:${redirect.loopback}` : ''
  const own = callbacksToRegister(at.address, redirect)
  const earlier = [
    ...(redirect.deepLink ? [earlierDeepLink] : []),
    `http://${redirect.loopbackHost}${port}/oauth/callback/${at.provider.id}`,
  ]
  // A consumer of Bitbucket has one callback.
  return at.dialect === 'bitbucket' ? [own, earlier] : [[...own, ...earlier]]
}

/** An OAuth app as the host knows it. */
export const registeredApp = (redirectUris: readonly string[]): OAuthApp => ({
  id: 1,
  kind: 'oauth-app',
  name: 'CloudAIPilot',
  slug: 'cloudaipilot',
  clientId: 'the-honest-client',
  clientSecret: '',
  redirectUris,
  confidential: false,
  deviceFlow: false,
  expiringTokens: false,
  permissions: {},
})

const pathOf = (address: string): string => address.replace(/^[a-z]+:\/\/[^/]*/, '')

/**
 * Addresses that a hostile authorize page may ask an honest one to send the browser to.
 * @param pending what the sign-in at the hostile host has named
 * @param registered the callbacks that the honest host knows
 */
export const askedFor = (pending: string, registered: readonly string[], hostile: string): readonly string[] => {
  const port = /^http:\/\/[\d.]+(:\d+)/.exec(pending)?.[1] ?? ''
  const known = registered.flatMap((one) => [one, one.replace(/^(http:\/\/127\.0\.0\.1)\//, `$1${port}/`)])
  const bases = [...known, pending, earlierDeepLink]
  const iss = `iss=${encodeURIComponent(hostile)}`
  const addresses = bases.flatMap((base) => [
    base,
    `${base}/`,
    `${base}?${iss}`,
    `${base}/?${iss}`,
    `${base}#`,
    `${base}x`,
    `${base}${pathOf(pending)}`,
    `${base}/../..${pathOf(pending)}`,
    `${base}/..%2f..${pathOf(pending)}`,
    base.replace('://', '://x.'),
    base.replace('://', '://x@'),
    base.toUpperCase(),
    base.replace('/callback', '/%63allback'),
    base.replace('127.0.0.1', 'localhost'),
    base.replace('127.0.0.1', '127.1'),
  ])
  return [...new Set(addresses)]
}

/** Where a browser ends up: one takes dots and escapes out of an address, an older one leaves a foreign scheme alone. */
export const landings = (address: string): readonly string[] => [...new Set([address, new URL(address).href])]
