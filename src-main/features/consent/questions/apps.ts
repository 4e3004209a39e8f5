import type { Fact } from '../../../../src-preload/consent-question'
import type { AppForm } from '../../../../src-preload/contract/entities/app'
import { requireFolder, requireRootFolder } from '../../apps/app-settings'
import { requireSsh } from '../../apps/app-source'
import type { AppRecord } from '../../apps/apps-document'
import { compareLines, textLines } from '../compare-lines'
import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'
import { removeAppQuestion } from './removals'
import { deliveryQuestion, losesEncryption, placeOf } from './servers'
import { hostKeyQuestion } from './trust'

/** What decides what runs on a server, as a person reads it, in the order in which it is shown. */
interface Shown {
  readonly account: string
  readonly repository: string
  readonly branch: string
  readonly server: string
  readonly command: string
  readonly rootFolder: string
  readonly folder: string
  readonly variables: string
  readonly submodules: boolean
  readonly lfs: boolean
  readonly autoDeploy: boolean
  readonly allowedChecks: string
}

const lineCount = (text: string): number => text.split('\n').length

const commandFact = (before: string, after: string, words: ConsentWords): Fact => {
  const lines = before === '' ? textLines(after, words.lines) : compareLines(before, after, words.lines)
  return { kind: 'lines', label: words.labels.command(lineCount(after)), lines }
}

const nameOf = (value: string | boolean, words: ConsentWords): string =>
  typeof value === 'boolean' ? (value ? words.yes : words.no) : value === '' ? words.none : value

/** All of it, for an app that is new. What is off or empty goes without saying. */
const allFacts = (shown: Shown, words: ConsentWords): readonly Fact[] =>
  (Object.keys(shown) as (keyof Shown)[]).flatMap((name): Fact[] => {
    const value = shown[name]
    if (value === '' || value === false) return []
    return name === 'command'
      ? [commandFact('', shown.command, words)]
      : [{ kind: 'text', label: words.labels[name], value: nameOf(value, words) }]
  })

/** What is another than before; nothing where that gives nobody more than there was. */
const changedFacts = (before: Shown, after: Shown, words: ConsentWords): readonly Fact[] => {
  const names = (Object.keys(after) as (keyof Shown)[]).filter((name) => before[name] !== after[name])
  // What is only switched off needs nobody's consent.
  if (names.every((name) => after[name] === false)) return []
  return names.map(
    (name): Fact =>
      name === 'command'
        ? commandFact(before.command, after.command, words)
        : {
            kind: 'change',
            label: words.labels[name],
            before: nameOf(before[name], words),
            after: nameOf(after[name], words),
          },
  )
}

/** What is brought to a server and run there, and where its deploys are started from. */
export const appQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'apps'> => {
  const serverName = (id: string) => {
    const server = known.server(id)
    return `${server.name}, ${placeOf(server)}`
  }
  const accountName = (id: string) => {
    const { label, login, host } = known.account(id)
    // The host first: a label is whatever the person typed.
    return `${new URL(host).host || host}, ${label || login}`
  }
  /** The host that says what an app's repository is; null for an account that is gone. */
  const hostOf = (accountId: string): string | null => {
    try {
      return known.account(accountId).host
    } catch {
      return null
    }
  }
  /** A record may name an account or a server that is gone. */
  const orId = (name: (id: string) => string, id: string): string => {
    try {
      return name(id)
    } catch {
      return id
    }
  }
  const ofRecord = (app: AppRecord): Shown => ({
    account: orId(accountName, app.source.accountId),
    repository: app.source.path,
    branch: app.branch,
    server: orId(serverName, app.serverId),
    command: app.command,
    rootFolder: app.rootFolder,
    folder: app.folder,
    variables: app.variables.join(', '),
    submodules: app.submodules,
    lfs: app.lfs,
    autoDeploy: app.autoDeploy,
    allowedChecks: app.allowedChecks.join(', '),
  })
  const repositoryOf = async (form: AppForm, before: AppRecord | null): Promise<string> => {
    const source = before?.source
    const { kind } = known.account(form.accountId)
    const byId = kind === 'ssh' ? null : form.repositoryId
    const typed = byId === null ? requireSsh(form.address) : null
    // An account with an interface looks the path up at its own host, whatever host the address names.
    const address = typed === null || kind === 'ssh' ? (typed?.url ?? null) : typed.path.replace(/^\/|\.git$/g, '')
    // By its id, or its address where there is none, it is the same one, whatever it is called by now.
    const same = byId === null ? kind === 'ssh' && source?.sshUrl === address : source?.repositoryId === byId
    if (source !== undefined && same && source.accountId === form.accountId) return source.path
    const name = byId === null ? (address ?? '') : await known.repositoryPath(form.accountId, byId)
    // Another one may have taken the name.
    return name === source?.path ? `${name} (${byId ?? address})` : name
  }
  const ofForm = async (form: AppForm, before: AppRecord | null): Promise<Shown> => ({
    account: accountName(form.accountId),
    repository: await repositoryOf(form, before),
    branch: form.branch,
    server: serverName(form.serverId),
    command: form.command.trim(),
    rootFolder: requireRootFolder(form.rootFolder),
    folder: requireFolder(form.folder),
    variables: form.variables
      .map(({ name, value }) =>
        value !== null && before?.variables.includes(name) ? words().app.newValue(name) : name,
      )
      .join(', '),
    submodules: form.submodules,
    lfs: form.lfs,
    autoDeploy: form.autoDeploy,
    allowedChecks: form.allowedChecks.join(', '),
  })

  return {
    save: async (form) => {
      const said = words().app
      const before = form.id === null ? null : known.app(form.id)
      const after = await ofForm(form, before)
      if (before === null) {
        const text = after.command === '' ? said.createTextNoCommand : said.createText
        return {
          title: said.create(form.name),
          text: text(known.server(form.serverId).name),
          facts: allFacts(after, words()),
          note: '',
          tone: 'plain',
          verb: said.createVerb,
        }
      }
      const facts = changedFacts(ofRecord(before), after, words())
      if (facts.length === 0) return null
      return {
        title: said.change(before.name),
        // By what can't be renamed from here: names of apps and servers change without a question.
        text: said.changeText(before.source.path, serverName(form.serverId)),
        facts,
        note: '',
        tone: 'plain',
        verb: said.changeVerb,
      }
    },
    remove: async ({ id, clean }) => {
      const app = known.app(id)
      return removeAppQuestion(app, { server: orId(serverName, app.serverId), clean }, words())
    },
    deploy: async ({ id, commit }) => {
      if (commit === null) return null
      const { labels, app: said } = words()
      const app = known.app(id)
      return {
        title: said.deploy(app.name),
        text: said.deployText(app.branch),
        facts: [
          { kind: 'text', label: labels.repository, value: app.source.path },
          { kind: 'code', label: labels.commit, value: commit },
          { kind: 'text', label: labels.server, value: orId(serverName, app.serverId) },
        ],
        note: '',
        tone: 'plain',
        verb: said.deployVerb,
      }
    },
    moveTo: async ({ ids, accountId }) => {
      const { labels, app: said } = words()
      const { host } = known.account(accountId)
      // The same host says the same of a repository, whichever of its accounts asks.
      const apps = ids.map(known.app).filter(({ source }) => hostOf(source.accountId) !== host)
      if (apps.length === 0) return null
      return {
        title: said.move,
        text: said.moveText,
        facts: [
          { kind: 'text', label: labels.account, value: accountName(accountId) },
          ...apps.map(({ name, source, serverId }): Fact => {
            const value = `${name}, ${source.path}, ${orId(serverName, serverId)}`
            return { kind: 'text', label: labels.app, value }
          }),
        ],
        note: '',
        tone: 'plain',
        verb: said.moveVerb,
      }
    },
    confirmHostKey: async ({ host, port, fingerprint }) =>
      hostKeyQuestion(await known.hostKey(host, port, fingerprint), words()),
  }
}

/** Where an app's deploys are started from. */
export const webhookQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'webhooks'> => ({
  setUrl: async ({ appId, url }) => {
    const before = known.webhookUrl(appId)
    if (url === before) return null
    const { name, serverId } = known.app(appId)
    const about: Fact = { kind: 'text', label: words().labels.app, value: name }
    if (url !== null) return deliveryQuestion(before, url, words(), about)
    // Back to the address of the server's own receiver.
    const { address } = known.server(serverId).receiver
    return losesEncryption(before ?? '', address) ? deliveryQuestion(before, address, words(), about) : null
  },
})
