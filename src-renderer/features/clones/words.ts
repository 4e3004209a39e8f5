import type { CloneMode, ClonePhase } from '../../../src-preload/contract/entities/clone'
import { translate } from '../../language'
import { formatNoun } from '../../ui/numbers'
import { german } from './words.de'

/** Words of the test-clone sheet. */
export const english = {
  title: (path: string) => `Test clone ${path}`,
  mode: 'How much',
  modes: {
    quick: ['Quick check', 'Asks the server for its branches. Nothing is downloaded.'],
    shallow: ['Shallow test', 'Fetches the newest commit into a private folder and removes it again.'],
    full: ['Full clone', 'Clones everything into a folder that you choose.'],
  } satisfies Record<CloneMode, readonly [string, string]>,
  transport: 'By',
  branch: 'Branch',
  defaultBranch: 'Default branch',
  readingBranches: 'Reading the branches',
  noBranchMatch: 'No branch matches.',
  key: 'SSH key',
  fittingKey: 'The one that fits',
  byHttps: 'Use HTTPS',
  start: 'Test clone',
  startFull: 'Choose folder and clone',
  cancel: 'Cancel',
  close: 'Close',
  again: 'Test again',
  phases: {
    connect: 'Connect',
    count: 'Count',
    compress: 'Compress',
    receive: 'Receive',
    resolve: 'Resolve',
    checkout: 'Check out',
    read: 'Read',
  } satisfies Record<ClonePhase, string>,
  objects: (count: string) => `${count} objects`,
  progress: 'Progress',
  perSecond: 'a second',
  succeeded: 'It can be cloned',
  cancelled: 'Cancelled. Nothing was kept.',
  facts: {
    address: 'Address',
    branch: 'Branch',
    commit: 'Commit',
    author: 'Author',
    date: 'Date',
    subject: 'Message',
    branches: 'Branches',
    objects: 'Objects',
    size: 'On disk',
    time: 'Time',
    folder: 'Folder',
  },
  submodulesLeft: (count: number) =>
    `${formatNoun(count, 'submodule')} not fetched. Run “git submodule update --init --recursive” in the folder.`,
  pointersLeft: (count: number) =>
    `${formatNoun(count, 'file')} stored with Git LFS not fetched, only ${count === 1 ? 'its pointer' : 'their pointers'}. Install git-lfs and run “git lfs pull” in the folder.`,
  copy: 'Copy result',
  reveal: 'Show folder',
} as const

export const words = translate(english, german)
