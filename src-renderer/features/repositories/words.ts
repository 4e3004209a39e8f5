import { translate } from '../../language'
import { formatCount, formatNoun } from '../../ui/numbers'
import { german } from './words.de'

/** Words of the repository browser. */
export const english = {
  title: 'Repositories',
  crumbs: ['Repositories'],
  search: 'Search repositories',
  placeholder: 'Search by owner or name',
  refresh: 'Refresh',
  stop: 'Stop',
  testClone: 'Test clone',
  connect: 'Connect Git Account',
  emptyTitle: 'Connect an account to see its repositories',
  emptyText:
    'Every repository that your git accounts can see is listed here, private ones included, and each can be test-cloned.',
  noneTitle: 'No repositories here yet',
  noneText: 'The account works, but sees no repository. It may be limited to chosen repositories: look at its access.',
  manageAccounts: 'Show accounts',
  noMatchTitle: 'No repository matches',
  noMatchText: 'Try fewer letters, or clear the filters.',
  clear: 'Clear search and filters',
  whyMissing: 'Why can’t I see my repository?',
  hidden: 'Repositories not showing',
  incomplete: 'What could not be listed',
  counts: (total: number, known: number) =>
    total === known
      ? formatNoun(known, 'repository', 'repositories')
      : `${formatCount(total)} of ${formatNoun(known, 'repository', 'repositories')}`,
  loading: (count: number, total: number | null) =>
    total === null
      ? `Listing, ${formatCount(count)} so far`
      : `Listing, ${formatCount(count)} of ${formatCount(total)}`,
  complete: 'Listed',
  allAccounts: 'All accounts',
  account: 'Account',
  owner: 'Owner',
  anyOwner: 'Any owner',
  visibility: 'Visibility',
  visibilities: { any: 'Public and private', private: 'Private', public: 'Public' },
  archived: 'Archived',
  archivedChoices: { no: 'Without archived', any: 'With archived', yes: 'Only archived' },
  fork: 'Forks',
  forks: { any: 'With forks', no: 'Without forks', yes: 'Only forks' },
  language: 'Language',
  anyLanguage: 'Any language',
  sort: 'Sort',
  sorts: { pushed: 'Last push', name: 'Name' },
  marks: { private: 'Private', archived: 'Archived', fork: 'Fork' },
  neverPushed: 'never pushed',
  partial: 'The list may not be complete.',
  details: 'Details',
  close: 'Close details',
  openPage: 'Open in browser',
  httpsAddress: 'HTTPS clone address',
  sshAddress: 'SSH clone address',
  copyHttps: 'Copy HTTPS address',
  copySsh: 'Copy SSH address',
  branches: 'Branches',
  searchBranches: 'Search branches',
  moreBranches: 'Show more',
  defaultBranch: 'default',
  protectedBranch: 'protected',
  noBranches: 'This repository is empty: it has no branch yet.',
  noBranchMatch: 'No branch matches.',
} as const

export const words = translate(english, german)
