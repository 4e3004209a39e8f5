import type { Fact, Question } from '../../../../src-preload/consent-question'
import { readPlace } from '../../servers/read-place'
import { receiverAddress } from '../../servers/receiver-address'
import { asciiAddress } from '../ascii-address'
import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'
import { removeServerQuestion } from './removals'
import { hostKeyQuestion } from './trust'

/** `user@host`, with the port where it is not the usual one. */
export const placeOf = (place: { readonly user: string; readonly host: string; readonly port: number }): string => {
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return `${place.user}@${host}${place.port === 22 ? '' : `:${place.port}`}`
}

/** Where webhooks are delivered to. */
export const deliveryQuestion = (before: string | null, after: string, words: ConsentWords, about: Fact): Question => {
  const { labels, none, server: said } = words
  return {
    title: said.deliveries,
    text: said.deliveriesText,
    facts: [about, { kind: 'change', label: labels.address, before: before ?? none, after: asciiAddress(after) }],
    note: '',
    tone: 'plain',
    verb: said.deliveriesVerb,
  }
}

/** Whether deliveries would no longer be encrypted, so that whoever is on their way reads what they carry. */
export const losesEncryption = (before: string, after: string): boolean =>
  before.startsWith('https:') && !after.startsWith('https:')

/** Machines that code is brought to. */
export const serverQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'servers'> => {
  const appsOn = (id: string) => known.apps().flatMap((app) => (app.serverId === id ? [app.name] : []))
  const keyFacts = (id: string): readonly Fact[] => {
    const { name, fingerprint } = known.key(id)
    const { labels } = words()
    return [
      { kind: 'text', label: labels.key, value: name },
      { kind: 'code', label: labels.fingerprint, value: fingerprint },
    ]
  }
  return {
    add: async ({ port, keyId, ...typed }) => {
      const { host, user } = readPlace(typed.host, typed.user)
      // A host that nobody trusts yet is asked about when its key is.
      if (!known.trustsHost(host, port)) return null
      const said = words().server
      return {
        title: said.add(placeOf({ host, port, user })),
        text: said.addText,
        facts: keyId === null ? [] : keyFacts(keyId),
        note: '',
        tone: 'plain',
        verb: said.addVerb,
      }
    },
    edit: async ({ id, port, keyId, ...typed }) => {
      const { host, user } = readPlace(typed.host, typed.user)
      const before = known.server(id)
      const [from, to] = [placeOf(before), placeOf({ host, port, user })]
      const newKey = keyId !== null && keyId !== before.keyId
      if (from === to && !newKey) return null
      const { labels, server: said } = words()
      const apps = appsOn(id)
      return {
        title: said.edit(before.name),
        text: said.editText,
        facts: [
          ...(from === to ? [] : [{ kind: 'change', label: labels.server, before: from, after: to } as const]),
          ...(newKey ? keyFacts(keyId) : []),
          ...(apps.length === 0 ? [] : [{ kind: 'text', label: labels.apps, value: apps.join(', ') } as const]),
        ],
        note: '',
        tone: 'plain',
        verb: said.editVerb,
      }
    },
    installKey: async ({ id }) => {
      const server = known.server(id)
      if (known.keyMadeHere(server.keyId)) return null
      const said = words().server
      return {
        title: said.installKey(placeOf(server)),
        text: said.installKeyText,
        facts: keyFacts(server.keyId),
        note: '',
        tone: 'plain',
        verb: said.installKeyVerb,
      }
    },
    confirmHostKey: async ({ id, fingerprint }) => {
      const server = known.server(id)
      const shown = await known.hostKey(server.host, server.port, fingerprint)
      return hostKeyQuestion(shown, words(), { place: placeOf(server), apps: appsOn(id) })
    },
    installReceiver: async ({ id }) => {
      const server = known.server(id)
      const { labels, server: said } = words()
      return {
        title: said.installReceiver(server.name),
        text: said.installReceiverText,
        facts: [{ kind: 'text', label: labels.server, value: placeOf(server) }],
        note: '',
        tone: 'plain',
        verb: said.installReceiverVerb,
      }
    },
    setReceiver: async ({ id, port, certificate, publicUrl }) => {
      const server = known.server(id)
      const { host, receiver } = server
      const after = receiverAddress({ host, receiver: { port, certificate, publicUrl } })
      const about: Fact = { kind: 'text', label: words().labels.server, value: `${server.name}, ${placeOf(server)}` }
      if (publicUrl !== null && publicUrl !== receiver.publicUrl) {
        return deliveryQuestion(receiver.publicUrl, publicUrl, words(), about)
      }
      return losesEncryption(receiver.address, after) ? deliveryQuestion(receiver.address, after, words(), about) : null
    },
    remove: async ({ id, clean }) => {
      const server = known.server(id)
      // It is refused as long as apps need it.
      if (appsOn(id).length > 0) return null
      const key = known.ownsKey(id) ? known.key(server.keyId) : null
      return removeServerQuestion(server, { place: placeOf(server), clean, key }, words())
    },
  }
}
