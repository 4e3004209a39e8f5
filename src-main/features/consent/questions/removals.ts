import type { Fact, Question } from '../../../../src-preload/consent-question'
import type { Server } from '../../../../src-preload/contract/entities/server'
import type { SshKey } from '../../../../src-preload/contract/entities/ssh-key'
import type { AppRecord } from '../../apps/apps-document'
import type { ConsentWords } from '../words'

/** What the app keeps on a server for itself. */
const ownFolder = '~/.cloudaipilot'

const grave = { note: '', tone: 'grave' } as const

const keyFacts = ({ name, fingerprint }: Pick<SshKey, 'name' | 'fingerprint'>, words: ConsentWords): Fact[] => [
  { kind: 'text', label: words.labels.key, value: name },
  { kind: 'code', label: words.labels.fingerprint, value: fingerprint },
]

/** An app that goes; null where all that goes can be made again. @param server its name and who logs in there */
export const removeAppQuestion = (
  app: Pick<AppRecord, 'name' | 'folder' | 'variables'>,
  { server, clean }: { readonly server: string; readonly clean: boolean },
  words: ConsentWords,
): Question | null => {
  const { labels, removal: said } = words
  const hasVariables = app.variables.length > 0
  if (!clean && !hasVariables) return null
  return {
    title: clean ? said.appAndFolder(app.name) : said.app(app.name),
    text: [...(clean ? [said.releases] : []), ...(hasVariables ? [said.variables] : []), said.forGood].join(' '),
    facts: [
      { kind: 'text', label: labels.app, value: app.name },
      { kind: 'text', label: labels.server, value: server },
      ...(clean ? [{ kind: 'code', label: labels.folder, value: app.folder } as const] : []),
      ...(hasVariables ? [{ kind: 'text', label: labels.variables, value: app.variables.join(', ') } as const] : []),
    ],
    verb: said.appVerb,
    ...grave,
  }
}

/** A server that goes; null where it is only forgotten. @param key the one that goes with it, or null */
export const removeServerQuestion = (
  server: Pick<Server, 'name'>,
  { place, clean, key }: { readonly place: string; readonly clean: boolean; readonly key: SshKey | null },
  words: ConsentWords,
): Question | null => {
  const { labels, removal: said } = words
  if (!clean && key === null) return null
  return {
    title: said.server(server.name),
    text: [...(clean ? [said.remnants] : []), ...(key === null ? [] : [said.loginKey]), said.forGood].join(' '),
    facts: [
      { kind: 'text', label: labels.server, value: place },
      ...(clean ? [{ kind: 'code', label: labels.folder, value: ownFolder } as const] : []),
      ...(key === null ? [] : keyFacts(key, words)),
    ],
    verb: said.serverVerb,
    ...grave,
  }
}

/** A key that goes; null where an agent keeps it. */
export const removeKeyQuestion = (key: SshKey, words: ConsentWords): Question | null => {
  const { removal: said } = words
  if (key.from === 'agent') return null
  return {
    title: said.key(key.name),
    text: `${said.privateKey} ${said.forGood}`,
    facts: keyFacts(key, words),
    verb: said.keyVerb,
    ...grave,
  }
}
