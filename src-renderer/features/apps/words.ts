import type { App, AppTrigger } from '../../../src-preload/contract/entities/app'
import type { Removal, RemovalStep } from '../../../src-preload/contract/entities/removal'
import { translate } from '../../language'
import { formatNoun } from '../../ui/numbers'
import { german } from './words.de'

/** Words of the list of apps, of one app, and of taking one away. */
export const english = {
  title: 'Apps',
  one: 'App',
  crumbs: ['Apps'],
  create: 'New app',
  emptyTitle: 'Deploy your first app',
  emptyText:
    'An app is a branch of a repository that runs on a server of yours. A push to the branch becomes a new release there.',
  filter: 'Filter apps',
  noMatch: (text: string) => `No app matches “${text}”.`,
  count: (count: number) => formatNoun(count, 'app'),
  asking: (count: number) => `${formatNoun(count, 'app')} ${count === 1 ? 'needs' : 'need'} attention`,
  refresh: 'Ask the servers',
  more: (name: string) => `More for ${name}`,
  goneServer: 'a server that is gone',

  states: {
    'never-deployed': 'Not deployed yet',
    deploying: 'Deploying',
    live: 'Live',
    failed: 'Last deploy failed',
    unknown: 'Not known now',
  } satisfies Record<App['state'], string>,
  triggers: {
    webhook: 'Each push deploys',
    'server-poll': 'The server looks for pushes',
    'desktop-poll': 'This computer looks for pushes',
    none: 'Deploys by hand',
  } satisfies Record<AppTrigger, string>,
  liveCommit: (commit: string) => `${commit} is live`,
  by: (author: string) => `commit by ${author}`,
  deployedAt: 'deployed',
  took: (time: string) => `in ${time}`,

  actions: {
    deploy: 'Deploy',
    'show-log': 'Show log',
    refresh: 'Check again',
    edit: 'Change the app',
    webhook: 'Show webhook',
    account: 'Show accounts',
    key: 'Show deploy key',
    server: 'Show server',
  },
  open: 'Show app',
  edit: 'Edit',
  move: 'Move to another account',
  remove: 'Remove app',
  copyCommit: 'Copy commit',
  copied: 'Copied',

  goneTitle: 'This app is not here any more',
  goneText: 'It was removed.',
  backToList: 'Show apps',
  tabs: { deploys: 'Deploys', releases: 'Releases', rules: 'Watch paths', webhook: 'Webhook', about: 'Settings' },
  tabsLabel: 'Parts of the app',

  facts: {
    account: 'Git Account',
    repository: 'Repository',
    branch: 'Branch',
    rootFolder: 'Root folder',
    watchPaths: 'Watch paths',
    server: 'Server',
    folder: 'Folder',
    command: 'After-deploy command',
    variables: 'Variables',
    starts: 'Deploys start',
    extras: 'Also fetched',
    created: 'Created',
  },
  wholeRepository: 'the whole repository',
  everyPush: 'every file',
  noCommand: 'none',
  submodules: 'submodules',
  lfs: 'Git LFS files',
  byItself: { webhook: 'with each push', poll: 'with each push, by polling' } satisfies Record<App['startsBy'], string>,
  byHand: 'by hand',
  deployKey: 'Deploy key',
  deployKeyPlaced:
    'Read-only, made on the server, and placed at the host by the app. Its private half never leaves the server.',
  deployKeyByHand:
    'Made on the server; its private half never leaves it. Add this public half to the repository, read-only.',
  deployKeyNone: 'It is made on the server with the first check or deploy.',
  copyKey: 'Copy public key',
  fingerprint: 'Fingerprint',

  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',

  removing: {
    title: (name: string) => `Remove ${name}?`,
    text: (server: string) =>
      `Pushes no longer deploy it. On ${server} the running release is left alone unless you say so.`,
    goes: 'What goes',
    webhook: (path: string) => `The webhook of ${path}`,
    key: (path: string) => `The deploy key of ${path}`,
    byHandKey: 'The deploy key: you remove it at the host',
    variables: (count: number) => `${formatNoun(count, 'variable')} in the vault`,
    history: 'Its history in this app',
    clean: 'Also remove its folder on the server',
    cleanAbout: (folder: string) => `${folder} with its releases. What runs from it stops working.`,
    verb: 'Remove app',
  },
  moving: {
    title: (count: number, name: string) =>
      count === 1 ? `Move ${name} to another account` : `Move ${formatNoun(count, 'app')} to another account`,
    text: 'The app checks first whether the other account can see the repository. Webhook and deploy key follow.',
    account: 'Git Account',
    none: 'There is no other account that could take it.',
    all: 'Move apps to another account',
    nothing: 'No app depends on this account.',
    verb: 'Check and move',
    moved: 'Moved',
    stayed: 'Stayed',
  },

  removal: {
    title: (name: string) => `${name} was removed`,
    openTitle: (name: string) => `Removing ${name} is not finished`,
    open: (count: number) => `${formatNoun(count, 'step')} still to be done.`,
    allDone: 'Everything that the app had made was removed, and looked for again to make sure.',
    steps: (name: string) => `What was removed with ${name}`,
    show: 'Show what is left',
    dismiss: 'Dismiss',
    finish: 'Finish there',
    kinds: {
      webhook: 'Webhook',
      'deploy-key': 'Deploy key',
      receiver: 'Receiver',
      releases: 'Releases',
      'server-key': 'Key on the server',
      'authorized-key': 'Authorized key',
      'local-secret': 'Secrets on this computer',
    } satisfies Record<RemovalStep['what'], string>,
    outcomes: {
      removed: 'Removed',
      'already-gone': 'Already gone',
      queued: 'Tried again later',
      'by-hand': 'To be done by you',
      kept: 'Kept',
    } satisfies Record<RemovalStep['outcome'], string>,
    of: { app: 'app', server: 'server' } satisfies Record<Removal['kind'], string>,
  },
} as const

export const words = translate(english, german)
