import type { DiagnosisCheck, HidingFilter } from '../../../src-preload/contract/entities/diagnosis'
import { translate } from '../../language'
import { formatNoun } from '../../ui/numbers'
import { german } from './words.de'

const filters: Readonly<Record<HidingFilter, string>> = {
  text: 'the search',
  account: 'the account',
  owner: 'the owner',
  visibility: 'the visibility',
  archived: 'archived repositories',
  fork: 'forks',
  language: 'the language',
}

/** Words of "Why can't I see my repository?". */
export const english = {
  title: 'Why can’t I see my repository?',
  address: 'Repository',
  placeholder: 'owner/name, or any address of it',
  about: 'Its path, its page, or a clone address.',
  account: 'Seen by',
  anyAccount: 'Any account',
  start: 'Find out',
  again: 'Ask again',
  stop: 'Stop',
  checks: 'Checks',
  labels: {
    address: 'The address can be read',
    host: 'The host answers',
    clock: 'The clocks agree',
    account: 'An account is connected there',
    'sign-in': 'The sign-in works',
    scope: 'It may list repositories',
    owner: 'Its owner lets the app in',
    repository: 'The repository is visible',
    name: 'It still has this name',
    list: 'It is in the list',
    filters: 'The list’s filters show it',
    code: 'Git may read it',
  } satisfies Record<DiagnosisCheck, string>,
  branches: (count: string) => formatNoun(Number(count), 'branch', 'branches'),
  stranger: (owner: string) => `The account is not a member of ${owner}.`,
  hidden: 'Repositories not showing.',

  shown: { title: 'It is in the list.', text: (path: string, login: string) => `${login} sees ${path}.` },
  found: {
    title: 'It is in the list now.',
    text: (path: string) => `${path} came after the last listing. The list has been read again.`,
  },
  listing: {
    title: 'The list is still being read.',
    text: (path: string, login: string) => `${login} sees ${path}. It appears as soon as the list is complete.`,
  },
  filtered: {
    title: 'Your filters leave it out.',
    text: (path: string, by: readonly HidingFilter[]) =>
      by.length === 1 && by[0] === 'archived'
        ? `${path} is archived, and the list shows none that are.`
        : `${path} does not pass these filters: ${by.map((filter) => filters[filter]).join(', ')}.`,
  },
  moved: {
    title: 'Repository moved.',
    text: (asked: string, path: string) =>
      `${asked} is ${path} now. Whoever uses the old name is sent on, for a while.`,
  },
  notListed: {
    title: 'It is public, but not yours.',
    text: (path: string, login: string) =>
      `Everybody may see ${path}. The list holds the repositories that ${login} has a part in.`,
    textPrivate: (path: string, login: string) =>
      `${login} may look at ${path}, but has no part in it that would put it in the list.`,
  },
  notConnected: {
    title: (host: string | null) =>
      host === null ? 'No account is connected yet.' : `No account is connected to ${host}.`,
    text: 'Connect the account that may see it.',
    action: 'Connect Git Account',
  },
  notMember: {
    text: (login: string, owner: string) =>
      `${login} is not a member of ${owner}, so what is private there is hidden. Ask one of its owners to let you in, or connect another account.`,
    action: (owner: string) => `Open ${owner}`,
  },
  sshWorks: {
    title: 'It can be cloned.',
    text: 'This account has a key. A key has no list to look into: give the address itself wherever a repository is asked for.',
    action: 'Show account',
  },
  notFound: {
    title: (path: string, login: string) => `${login} does not see ${path}.`,
    cause: 'It is spelled differently, was deleted, or access was not given: providers answer the same to all three.',
    fix: 'Open it in the browser. If it is there, you are somebody else there than here.',
  },
  similar: 'Did you mean',
  show: 'Show it',
  showAll: 'Clear filters and show it',
  showList: 'Show the list',
  openPage: 'Open in browser',
} as const

export const words = translate(english, german)
