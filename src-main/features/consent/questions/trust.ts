import type { Fact, Question } from '../../../../src-preload/consent-question'
import { type Language, locales } from '../../../../src-preload/contract/language'
import { Failure } from '../../../../src-preload/contract/outcome'
import { fingerprint as fingerprintOf } from '../../../ssh/fingerprint'
import type { ShownKey } from '../../host-keys/look-at-host'
import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'
import { removeKeyQuestion } from './removals'

const shownHost = (host: string, port: number): string => (port === 22 ? host : `${host}:${port}`)

/** A host's key, for a git host, or for a server with who logs in there and what is deployed to it. */
export const hostKeyQuestion = (
  { host, port, type, fingerprint, published }: ShownKey,
  words: ConsentWords,
  server?: { readonly place: string; readonly apps: readonly string[] },
): Question => {
  const said = words.hostKey
  const { labels } = words
  const differs = published !== null && published !== fingerprint
  const facts: readonly Fact[] = [
    ...(server === undefined || server.apps.length === 0
      ? []
      : [{ kind: 'text', label: labels.apps, value: server.apps.join(', ') } as const]),
    { kind: 'text', label: labels.keyType, value: type },
    { kind: 'code', label: labels.fingerprint, value: fingerprint },
    ...(differs ? [{ kind: 'code', label: labels.published, value: published } as const] : []),
  ]
  return {
    title: server === undefined ? said.title(shownHost(host, port)) : said.serverTitle(server.place),
    text: published === null ? said.unpublished : differs ? said.differs : said.matches,
    facts,
    note: said.note,
    tone: differs ? 'grave' : 'plain',
    verb: said.verb,
  }
}

/** Lines of a file that are shown one by one; their number is in the title. */
const mostShownEntries = 20

/** Keys of hosts. */
export const hostKeyQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'hostKeys'> => ({
  confirm: async ({ host, port, fingerprint }) =>
    hostKeyQuestion(await known.hostKey(host, port, fingerprint), words()),
  take: async ({ text }) => {
    const entries = known.newHostKeys(text)
    if (entries.length === 0) return null
    const said = words().hostKey
    const authorities = entries.some(({ marker }) => marker === 'cert-authority')
    return {
      title: said.take(entries.length),
      text: authorities ? said.takeAuthorities : said.takeText,
      facts: entries.slice(0, mostShownEntries).map(({ patterns, marker, type, blob }) => ({
        kind: 'code',
        label: `${marker === null ? '' : `@${marker} `}${patterns.join(', ')} ${type}`,
        value: fingerprintOf(blob),
      })),
      note: said.note,
      tone: authorities ? 'grave' : 'plain',
      verb: said.takeVerb,
    }
  },
  forget: async ({ ids }) => {
    const said = words().hostKey
    const keys = known.hostKeys().filter(({ id, from }) => from === 'confirmed' && ids.includes(id))
    if (keys.length === 0) return null
    return {
      title: said.forget([...new Set(keys.map(({ host }) => host))].join(', ')),
      text: said.forgetText,
      facts: keys.map(({ host, type, fingerprint }) => ({
        kind: 'code',
        label: `${host} ${type}`,
        value: fingerprint,
      })),
      note: said.forgetNote,
      tone: 'grave',
      verb: said.forgetVerb,
    }
  },
})

/** Without the usual port. */
const hostOf = (host: string): string => host.replace(/:443$/, '')

/** Certificates that no authority vouches for. */
export const certificateQuestions = (
  known: Known,
  words: () => ConsentWords,
  language: () => Language,
): QuestionsOf<'certificates'> => {
  const day = (moment: string): string => {
    const at = Date.parse(moment)
    return Number.isFinite(at)
      ? new Intl.DateTimeFormat(locales[language()], { dateStyle: 'long', timeZone: 'UTC' }).format(at)
      : moment
  }
  return {
    trust: async ({ host, sha256 }) => {
      const { labels, certificate: said } = words()
      const shown = await known.certificate(host, sha256)
      const replaces = shown.trusted !== null && shown.trusted !== shown.sha256
      return {
        title: said.title(hostOf(shown.host)),
        text: [
          replaces ? said.replaces : shown.subject === shown.issuer ? said.selfSigned : said.unknownIssuer,
          ...shown.misfits.map((misfit) => said.misfits[misfit]),
        ].join(' '),
        facts: [
          { kind: 'text', label: labels.issuedFor, value: shown.subject },
          { kind: 'text', label: labels.issuedBy, value: shown.issuer },
          { kind: 'text', label: labels.valid, value: `${day(shown.validFrom)} – ${day(shown.validTo)}` },
          replaces
            ? { kind: 'change', label: labels.sha256, before: shown.trusted ?? '', after: shown.sha256 }
            : { kind: 'code', label: labels.sha256, value: shown.sha256 },
        ],
        note: `${said.note} ${shown.misfits.length === 0 ? said.noteAll : said.noteAccounts}`,
        tone: replaces ? 'grave' : 'plain',
        verb: said.verb,
      }
    },
    forget: async ({ host }) => {
      const { labels, certificate: said } = words()
      const trusted = known.trustedCertificate(host)
      if (trusted === null) return null
      return {
        title: said.forget(hostOf(trusted.host)),
        text: said.forgetText,
        facts: [
          { kind: 'text', label: labels.issuedFor, value: trusted.subject },
          { kind: 'code', label: labels.sha256, value: trusted.sha256 },
        ],
        note: '',
        tone: 'grave',
        verb: said.forgetVerb,
      }
    },
  }
}

/** The key that a connection test waits for, the access that keys get, and keys that go. */
export const sshKeyQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'sshKeys'> => ({
  remove: async ({ id }) => removeKeyQuestion(known.key(id), words()),
  confirmHostKey: async ({ testId, fingerprint }) => {
    const asked = known.askedHostKey(testId)
    if (asked?.fingerprint !== fingerprint) throw new Failure('conflict', { what: 'host-key' })
    return hostKeyQuestion(asked, words())
  },
  addDeployKey: async ({ id, accountId, repositoryId }) => {
    if (known.keyMadeHere(id)) return null
    const { labels, access: said } = words()
    const { name, fingerprint } = known.key(id)
    const path = await known.repositoryPath(accountId, repositoryId)
    return {
      title: said.deployKey(path),
      text: said.deployKeyText,
      facts: [
        { kind: 'text', label: labels.key, value: name },
        { kind: 'code', label: labels.fingerprint, value: fingerprint },
      ],
      note: '',
      tone: 'plain',
      verb: said.deployKeyVerb,
    }
  },
})
