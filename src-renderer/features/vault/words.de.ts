import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Schlüsselspeicher',
  crumbs: ['Einstellungen', 'Schlüsselspeicher'],
  about:
    'Token und private Schlüssel liegen verschlüsselt auf diesem Computer. Hier steht, wer den Schlüssel dazu verwahrt.',

  mark: {
    opening: 'wird geöffnet',
    waiting: 'wartet auf Schlüsselbund',
    choose: 'Speicher wählen',
    locked: 'gesperrt',
    damaged: 'Geheimnisse unlesbar',
  },
  holderMark: {
    keychain: 'Schlüsselbund',
    'safe-storage': 'Systemspeicher',
    passphrase: 'Passphrase',
    session: 'nur diese Sitzung',
  },
  markLabel: (word) => `Schlüsselspeicher: ${word}`,

  holders: {
    keychain: 'Der Schlüsselbund des Systems',
    'safe-storage': 'Der Speicher des Desktops',
    passphrase: 'Eine Passphrase, die Sie beim Start der App eingeben',
    session: 'Niemand: Beim Beenden werden sie vergessen',
  },
  keptBy: 'Verwahrt von',
  state: 'Zustand',
  open: 'Offen',
  sessionNote: 'Nach dem Beenden der App müssen Konten neu verbunden werden.',
  moveTitle: 'Ein besserer Ort ist verfügbar',
  moveTo: {
    keychain: 'In den Schlüsselbund verschieben',
    'safe-storage': 'In den Systemspeicher verschieben',
    passphrase: 'Mit einer Passphrase schützen',
    session: '',
  },

  waitingTitle: 'Warten auf den Schlüsselbund',
  waitingText: 'Vielleicht fragt ein Dialog des Systems nach seinem Passwort. Konten warten, bis er offen ist.',
  retry: 'Erneut fragen',

  chooseTitle: 'Wählen Sie, wo Geheimnisse verwahrt werden',
  chooseText:
    'Diese Sitzung hat keinen Schlüsselbund, der den Schlüssel verwahren kann. Ungeschützt wird nie etwas gespeichert.',
  passphraseTitle: 'Mit einer Passphrase schützen',
  passphraseAbout:
    'Sie geben sie beim Start der App ein. Sie lässt sich nicht wiederherstellen: Ohne sie müssen Konten neu verbunden werden.',
  passphraseVerb: 'Passphrase festlegen',
  sessionTitle: 'Nur für diese Sitzung behalten',
  sessionAbout: 'Sie bleiben im Arbeitsspeicher und sind nach dem Beenden fort.',
  sessionVerb: 'Nur für diese Sitzung',

  lockedTitle: 'Ihre Geheimnisse sind gesperrt',
  lockedText: 'Ihre Passphrase öffnet sie. Konten warten so lange.',
  unlock: 'Entsperren',
  unlockAgain: 'Erneut versuchen',
  wrongTitle: 'Diese Passphrase stimmt nicht',
  wrongText: 'Achten Sie auf Großbuchstaben und die Tastaturbelegung.',
  forgotten: 'Vergessen?',

  damagedTitle: 'Die gespeicherten Geheimnisse sind nicht lesbar',
  damagedText:
    'Ihre Datei ist beschädigt, oder ihr Schlüssel fehlt im Schlüsselbund. Wurde der Schlüsselbund gesperrt oder ersetzt, fragen Sie ihn erneut. Sonst beginnen Sie neu: Die alte Datei bleibt erhalten, Konten bleiben in der Liste und bitten um erneutes Verbinden.',
  startOver: 'Neu beginnen',
  openPanel: 'Schlüsselspeicher öffnen',
}
