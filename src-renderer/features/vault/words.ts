import { translate } from '../../language'
import { german } from './words.de'

/** Words of the key storage. */
export const english = {
  title: 'Key storage',
  crumbs: ['Settings', 'Key storage'],
  about: 'Tokens and private keys are encrypted on this computer. This says who keeps the key to them.',

  mark: {
    opening: 'opening',
    waiting: 'waiting for the keychain',
    choose: 'choose key storage',
    locked: 'locked',
    damaged: 'secrets unreadable',
  },
  holderMark: {
    keychain: 'keychain',
    'safe-storage': 'system storage',
    passphrase: 'passphrase',
    session: 'this session only',
  },
  markLabel: (word: string) => `Key storage: ${word}`,

  holders: {
    keychain: 'The keychain of your system',
    'safe-storage': 'The storage of your desktop',
    passphrase: 'A passphrase that you type when the app starts',
    session: 'Nobody: they are forgotten when you quit',
  },
  keptBy: 'Kept by',
  state: 'State',
  open: 'Open',
  sessionNote: 'Accounts have to be connected again after the app is quit.',
  moveTitle: 'A better place is available',
  moveTo: {
    keychain: 'Move to the keychain',
    'safe-storage': 'Move to the system storage',
    passphrase: 'Protect with a passphrase',
    session: '',
  },

  waitingTitle: 'Waiting for the keychain',
  waitingText: 'A dialog of your system may be asking for its password. Accounts wait until it is open.',
  retry: 'Ask again',

  chooseTitle: 'Choose where secrets are kept',
  chooseText: 'This session has no keychain that can keep the key. Nothing is ever stored unprotected.',
  passphraseTitle: 'Protect them with a passphrase',
  passphraseAbout:
    'You type it when the app starts. It can’t be recovered: without it, accounts have to be connected again.',
  passphraseVerb: 'Set passphrase',
  sessionTitle: 'Keep them for this session only',
  sessionAbout: 'They stay in memory and are gone when you quit.',
  sessionVerb: 'Use this session only',

  lockedTitle: 'Your secrets are locked',
  lockedText: 'Your passphrase opens them. Accounts wait until then.',
  unlock: 'Unlock',
  unlockAgain: 'Try again',
  wrongTitle: 'That passphrase is not right',
  wrongText: 'Check capital letters and the keyboard layout.',
  forgotten: 'Forgotten it?',

  damagedTitle: 'The stored secrets can’t be read',
  damagedText:
    'Their file is damaged, or its key is gone from the keychain. If the keychain was locked or replaced, ask it again. Otherwise start over: the old file is kept, accounts stay in the list and ask to reconnect.',
  startOver: 'Start over',
  openPanel: 'Open key storage',
} as const

export const words = translate(english, german)
