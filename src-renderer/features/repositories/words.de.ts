import type { Translated } from '../../../src-preload/contract/language'
import { formatCount, formatNoun } from '../../ui/numbers'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Repositorys',
  crumbs: ['Repositorys'],
  search: 'Repositorys durchsuchen',
  placeholder: 'Nach Besitzer oder Name suchen',
  refresh: 'Aktualisieren',
  stop: 'Anhalten',
  testClone: 'Testklon',
  connect: 'Git-Konto verbinden',
  emptyTitle: 'Verbinden Sie ein Konto, um seine Repositorys zu sehen',
  emptyText:
    'Hier steht jedes Repository, das Ihre Git-Konten sehen, auch private, und jedes lässt sich probeweise klonen.',
  noneTitle: 'Noch keine Repositorys',
  noneText:
    'Das Konto funktioniert, sieht aber kein Repository. Vielleicht ist es auf ausgewählte beschränkt: Prüfen Sie seinen Zugriff.',
  manageAccounts: 'Konten anzeigen',
  noMatchTitle: 'Kein Repository passt',
  noMatchText: 'Versuchen Sie es mit weniger Buchstaben oder setzen Sie die Filter zurück.',
  clear: 'Suche und Filter zurücksetzen',
  whyMissing: 'Warum sehe ich mein Repository nicht?',
  hidden: 'Nicht angezeigte Repositorys',
  incomplete: 'Was nicht aufgelistet werden konnte',
  counts: (total, known) =>
    total === known
      ? formatNoun(known, 'Repository', 'Repositorys')
      : `${formatCount(total)} von ${formatNoun(known, 'Repository', 'Repositorys')}`,
  loading: (count, total) =>
    total === null
      ? `Wird aufgelistet, bisher ${formatCount(count)}`
      : `Wird aufgelistet, ${formatCount(count)} von ${formatCount(total)}`,
  complete: 'Aufgelistet',
  allAccounts: 'Alle Konten',
  account: 'Konto',
  owner: 'Besitzer',
  anyOwner: 'Alle Besitzer',
  visibility: 'Sichtbarkeit',
  visibilities: { any: 'Öffentlich und privat', private: 'Privat', public: 'Öffentlich' },
  archived: 'Archiviert',
  archivedChoices: { no: 'Ohne archivierte', any: 'Mit archivierten', yes: 'Nur archivierte' },
  fork: 'Forks',
  forks: { any: 'Mit Forks', no: 'Ohne Forks', yes: 'Nur Forks' },
  language: 'Sprache',
  anyLanguage: 'Alle Sprachen',
  sort: 'Sortierung',
  sorts: { pushed: 'Letzter Push', name: 'Name' },
  marks: { private: 'Privat', archived: 'Archiviert', fork: 'Fork' },
  neverPushed: 'nie gepusht',
  partial: 'Die Liste ist vielleicht nicht vollständig.',
  details: 'Details',
  close: 'Details schließen',
  openPage: 'Im Browser öffnen',
  httpsAddress: 'HTTPS-Klonadresse',
  sshAddress: 'SSH-Klonadresse',
  copyHttps: 'HTTPS-Adresse kopieren',
  copySsh: 'SSH-Adresse kopieren',
  branches: 'Branches',
  searchBranches: 'Branches durchsuchen',
  moreBranches: 'Mehr anzeigen',
  defaultBranch: 'Standard',
  protectedBranch: 'geschützt',
  noBranches: 'Dieses Repository ist leer: Es hat noch keinen Branch.',
  noBranchMatch: 'Kein Branch passt.',
}
