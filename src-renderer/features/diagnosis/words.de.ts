import type { HidingFilter } from '../../../src-preload/contract/entities/diagnosis'
import type { Translated } from '../../../src-preload/contract/language'
import { formatNoun } from '../../ui/numbers'
import type { english } from './words'

const filters = {
  text: 'die Suche',
  account: 'das Konto',
  owner: 'der Besitzer',
  visibility: 'die Sichtbarkeit',
  archived: 'archivierte Repositorys',
  fork: 'Forks',
  language: 'die Sprache',
} satisfies Record<HidingFilter, string>

export const german: Translated<typeof english> = {
  title: 'Warum sehe ich mein Repository nicht?',
  address: 'Repository',
  placeholder: 'Besitzer/Name oder eine seiner Adressen',
  about: 'Sein Pfad, seine Seite oder eine Klonadresse.',
  account: 'Gesehen von',
  anyAccount: 'Beliebiges Konto',
  start: 'Herausfinden',
  again: 'Erneut fragen',
  stop: 'Anhalten',
  checks: 'Prüfungen',
  labels: {
    address: 'Die Adresse ist lesbar',
    host: 'Der Host antwortet',
    clock: 'Die Uhren stimmen überein',
    account: 'Ein Konto ist dort verbunden',
    'sign-in': 'Die Anmeldung funktioniert',
    scope: 'Sie darf Repositorys auflisten',
    owner: 'Der Besitzer lässt die App zu',
    repository: 'Das Repository ist sichtbar',
    name: 'Es heißt noch so',
    list: 'Es steht in der Liste',
    filters: 'Die Filter der Liste zeigen es',
    code: 'Git darf es lesen',
  },
  branches: (count) => formatNoun(Number(count), 'Branch', 'Branches'),
  stranger: (owner) => `Das Konto ist kein Mitglied von ${owner}.`,
  hidden: 'Nicht angezeigte Repositorys.',

  shown: { title: 'Es steht in der Liste.', text: (path, login) => `${login} sieht ${path}.` },
  found: {
    title: 'Es steht jetzt in der Liste.',
    text: (path) => `${path} kam nach der letzten Auflistung hinzu. Die Liste wurde neu gelesen.`,
  },
  listing: {
    title: 'Die Liste wird noch gelesen.',
    text: (path, login) => `${login} sieht ${path}. Es erscheint, sobald die Liste vollständig ist.`,
  },
  filtered: {
    title: 'Ihre Filter lassen es aus.',
    text: (path, by) =>
      by.length === 1 && by[0] === 'archived'
        ? `${path} ist archiviert, und die Liste zeigt keine archivierten.`
        : `${path} passt nicht zu diesen Filtern: ${by.map((filter) => filters[filter]).join(', ')}.`,
  },
  moved: {
    title: 'Repository umgezogen.',
    text: (asked, path) => `${asked} ist jetzt ${path}. Der alte Name führt noch eine Weile dorthin.`,
  },
  notListed: {
    title: 'Es ist öffentlich, aber nicht Ihres.',
    text: (path, login) =>
      `Alle dürfen ${path} sehen. Die Liste enthält die Repositorys, an denen ${login} beteiligt ist.`,
    textPrivate: (path, login) =>
      `${login} darf ${path} ansehen, ist aber nicht so daran beteiligt, dass es in der Liste stünde.`,
  },
  notConnected: {
    title: (host) => (host === null ? 'Noch kein Konto ist verbunden.' : `Kein Konto ist mit ${host} verbunden.`),
    text: 'Verbinden Sie das Konto, das es sehen darf.',
    action: 'Git-Konto verbinden',
  },
  notMember: {
    text: (login, owner) =>
      `${login} ist kein Mitglied von ${owner}, deshalb bleibt verborgen, was dort privat ist. Bitten Sie einen der Besitzer um Aufnahme oder verbinden Sie ein anderes Konto.`,
    action: (owner) => `${owner} öffnen`,
  },
  sshWorks: {
    title: 'Es lässt sich klonen.',
    text: 'Dieses Konto hat einen Schlüssel. Ein Schlüssel hat keine Liste: Geben Sie überall, wo nach einem Repository gefragt wird, die Adresse selbst an.',
    action: 'Konto anzeigen',
  },
  notFound: {
    title: (path, login) => `${login} sieht ${path} nicht.`,
    cause: 'Es schreibt sich anders, wurde gelöscht, oder der Zugriff fehlt: Anbieter antworten auf alles drei gleich.',
    fix: 'Öffnen Sie es im Browser. Ist es dort zu sehen, sind Sie dort jemand anderes als hier.',
  },
  similar: 'Meinten Sie',
  show: 'Anzeigen',
  showAll: 'Filter zurücksetzen und anzeigen',
  showList: 'Liste anzeigen',
  openPage: 'Im Browser öffnen',
}
