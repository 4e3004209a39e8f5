import { ownOf } from '../src-preload/contract/own'
import type { Consent } from './consented'
import type { JudgePassphrase } from './credentials/passphrase/judge-aside'
import type { EnvelopeVault } from './credentials/vault-door'
import type { Accounts } from './features/accounts/accounts'
import type { Deployments } from './features/apps/create-deployments'
import type { CertificateBook } from './features/certificates/certificate-book'
import { createConsent } from './features/consent/consent'
import { entryVerdict } from './features/consent/entry-verdict'
import { createGate } from './features/consent/gate'
import type { Known } from './features/consent/known'
import { createQuestions } from './features/consent/questions'
import { consentWordsIn } from './features/consent/words'
import type { createImports } from './features/imports/imports'
import type { Repositories } from './features/repositories/repositories'
import type { OAuthApps } from './features/settings/oauth-apps'
import { normaliseHost } from './features/sign-ins/normalise-host'
import type { createSsh } from './features/ssh-keys/ssh-features'
import type { ShellParts } from './shell-parts'

/** Milliseconds that a host has to show its key. */
const longestLookMs = 15_000

/** What consent is asked about: the features, as main knows them. */
export interface ConsentSources extends Pick<ShellParts, 'stores' | 'showQuestion' | 'language' | 'clock'> {
  readonly vault: EnvelopeVault
  readonly judgePassphrase: JudgePassphrase
  readonly certificates: CertificateBook
  readonly ssh: ReturnType<typeof createSsh>
  readonly deployments: Deployments
  readonly accounts: Pick<Accounts, 'access'>
  readonly repositories: Pick<Repositories, 'handlers'>
  readonly oauthApps: OAuthApps
  readonly imports: ReturnType<typeof createImports>
}

/** Puts the questions together with what main knows, and with the dialog that shows them. */
export const connectConsent = (parts: ConsentSources): Consent => {
  const { stores, certificates, ssh, deployments, accounts } = parts
  const known: Known = {
    settings: () => stores.settings.read(),
    oauthApps: parts.oauthApps.list,
    normaliseHost,
    vault: parts.vault.status,
    certificate: async (host, sha256) => {
      const shown = await certificates.shown(host, sha256)
      return { ...shown, trusted: certificates.trusted(shown.host)?.sha256 ?? null }
    },
    trustedCertificate: certificates.trusted,
    hostKey: (host, port, fingerprint) => ssh.hosts.shown(host, port, fingerprint, AbortSignal.timeout(longestLookMs)),
    hostKeys: ssh.book.list,
    newHostKeys: ssh.book.newIn,
    askedHostKey: ssh.sshKeys.askedHostKey,
    trustsHost: (host, port) => ssh.book.linesFor(host, port) !== '',
    key: ssh.keys.get,
    keyMadeHere: (id) => ssh.keys.get(id).from === 'made',
    server: deployments.servers.access.get,
    ownsKey: (id) => stores.servers.read().servers.some((server) => server.id === id && server.keyMade),
    app: deployments.apps.access.record,
    apps: () => stores.apps.read().apps,
    account: accounts.access.record,
    repositoryPath: async (accountId, id) => (await parts.repositories.handlers.get({ accountId, id })).path,
    webhookUrl: (appId) => {
      const { webhooks } = stores.webhooks.read()
      return ownOf(webhooks, appId)?.ownUrl ?? null
    },
    foundLogin: parts.imports.found,
  }
  const ask = createConsent({
    show: parts.showQuestion,
    speech: () => {
      const { cancel, unread, reveal } = consentWordsIn(parts.language())
      return { language: parts.language(), cancel, unread, reveal }
    },
    judge: async (typed) => entryVerdict(await parts.judgePassphrase(typed), consentWordsIn(parts.language()).vault),
    now: parts.clock.now,
  })
  return createGate(createQuestions(known, parts.language), ask)
}
