import type { Translated } from '../../../src-preload/contract/language'
import { formatNoun } from '../../ui/numbers'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: (path) => `Testklon von ${path}`,
  mode: 'Wie viel',
  modes: {
    quick: ['Schnelle Prüfung', 'Fragt den Server nach seinen Branches. Nichts wird heruntergeladen.'],
    shallow: ['Flacher Test', 'Holt den neuesten Commit in einen privaten Ordner und entfernt ihn wieder.'],
    full: ['Vollständiger Klon', 'Klont alles in einen Ordner Ihrer Wahl.'],
  },
  transport: 'Über',
  branch: 'Branch',
  defaultBranch: 'Standardbranch',
  readingBranches: 'Branches werden gelesen',
  noBranchMatch: 'Kein Branch passt.',
  key: 'SSH-Schlüssel',
  fittingKey: 'Der passende',
  byHttps: 'HTTPS verwenden',
  start: 'Testklon',
  startFull: 'Ordner wählen und klonen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  again: 'Erneut testen',
  phases: {
    connect: 'Verbinden',
    count: 'Zählen',
    compress: 'Komprimieren',
    receive: 'Empfangen',
    resolve: 'Auflösen',
    checkout: 'Auschecken',
    read: 'Lesen',
  },
  objects: (count) => `${count} Objekte`,
  progress: 'Fortschritt',
  perSecond: 'pro Sekunde',
  succeeded: 'Es lässt sich klonen',
  cancelled: 'Abgebrochen. Nichts wurde behalten.',
  facts: {
    address: 'Adresse',
    branch: 'Branch',
    commit: 'Commit',
    author: 'Autor',
    date: 'Datum',
    subject: 'Nachricht',
    branches: 'Branches',
    objects: 'Objekte',
    size: 'Auf der Festplatte',
    time: 'Dauer',
    folder: 'Ordner',
  },
  submodulesLeft: (count) =>
    `${formatNoun(count, 'Submodul', 'Submodule')} nicht geholt. Führen Sie im Ordner „git submodule update --init --recursive“ aus.`,
  pointersLeft: (count) =>
    `${formatNoun(count, 'Datei', 'Dateien')} aus Git LFS nicht geholt, nur ${count === 1 ? 'ihr Zeiger' : 'ihre Zeiger'}. Installieren Sie git-lfs und führen Sie im Ordner „git lfs pull“ aus.`,
  copy: 'Ergebnis kopieren',
  reveal: 'Ordner anzeigen',
}
