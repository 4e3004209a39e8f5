import type { Deploy, DeployPhase } from '../../../src-preload/contract/entities/app'
import { translate } from '../../language'
import { formatCount, formatNoun } from '../../ui/numbers'
import { german } from './deploy-words.de'

/** Words of deploys, their log, releases, and rules. */
export const english = {
  deploy: 'Deploy',
  cancel: 'Cancel deploy',
  states: {
    queued: 'Queued',
    running: 'Deploying',
    succeeded: 'Live',
    failed: 'Failed',
    cancelled: 'Cancelled',
    unchanged: 'Nothing new',
    unknown: 'Not known',
  } satisfies Record<Deploy['state'], string>,
  succeeded: 'Succeeded',
  reasons: {
    first: 'First deploy',
    manual: 'By hand',
    push: 'Push',
    poll: 'Push, seen by polling',
    rollback: 'Roll back',
  } satisfies Record<Deploy['reason'], string>,
  phases: {
    connect: 'Connect',
    key: 'Deploy key',
    fetch: 'Fetch',
    release: 'Release',
    command: 'Command',
    switch: 'Go live',
    clean: 'Tidy up',
    report: 'Report',
  } satisfies Record<DeployPhase, string>,
  phasesLabel: 'Phases',
  /** Of the commit; who asked for the deploy is another question. */
  by: (author: string) => `commit by ${author}`,
  unknownCommit: 'commit not known yet',
  queuedText: 'It starts when the deploy before it has ended.',
  unchangedText: 'The newest commit is live already, or no watched path was changed.',

  log: 'Log',
  logEmpty: 'The log is empty.',
  cut: (size: string) => `… ${size} cut …`,
  logWaiting: 'Waiting for the first line.',
  search: 'Search the log',
  matches: (at: number, of: number) => `${formatCount(at)} of ${formatCount(of)}`,
  noMatches: 'No match',
  previous: 'Previous match',
  next: 'Next match',
  copy: 'Copy log',
  copyEnd: (lines: number) => `Copy last ${formatNoun(lines, 'line')}`,
  toEnd: 'Follow the end',
  lines: (count: number) => formatNoun(count, 'line'),

  history: 'History',
  historyEmptyTitle: 'Not deployed yet',
  historyEmptyText: 'The first deploy makes a key on the server, fetches the branch and puts the first release live.',
  older: 'Show older',
  showDeploy: (commit: string) => `Show the log of ${commit}`,

  releasesAbout:
    'The newest three releases stay on the server. Rolling back switches to one at once, without fetching or running anything.',
  releasesEmpty: 'There is no release on the server yet.',
  current: 'Live',
  rollback: 'Roll back',
  rollbackTo: (release: string) => `Roll back to ${release}`,

  rulesAbout:
    'Patterns as in .gitignore, one a line: the last match wins, “!” takes something out again. Empty watches every file.',
  rulesLabel: 'Watch paths',
  rulesPlaceholder: 'src/\npackage.json\n!docs/',
  rulesResult: (deploying: number, all: number) =>
    `${formatCount(deploying)} of the last ${formatNoun(all, 'commit')} would have deployed.`,
  rulesTrying: 'Trying them on the last commits',
  rulesEmpty: 'The branch has no commits to try them on.',
  wouldDeploy: 'Deploys',
  wouldNot: 'Skipped',
  byPattern: (pattern: string) => `by ${pattern}`,
  noPattern: 'no pattern fits',
  anyFile: 'every file is watched',
  files: (count: number) => formatNoun(count, 'file'),
  saveRules: 'Save watch paths',
  savedRules: 'Saved',
} as const

export const words = translate(english, german)
