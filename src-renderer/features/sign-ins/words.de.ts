import type { Translated } from '../../../src-preload/contract/language'
import { formatNoun } from '../../ui/numbers'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Git-Konto verbinden',
  reconnectTitle: (name) => `${name} neu verbinden`,
  crumbs: ['Organisationseinstellungen', 'Integrationen', 'Git-Konten', 'Verbinden'],
  chooseAbout: 'Wo liegen Ihre Repositorys?',
  providers: 'Anbieter',
  or: 'oder',
  host: 'Host',
  hostAbout: 'Fügen Sie eine beliebige Adresse ein, auch eine Klonadresse. Die App findet den Anbieter heraus.',
  hostPlaceholder: 'git.example.com',
  otherHosts: 'Bekannte Hosts',
  detecting: 'Wird untersucht',
  isProvider: (title) => `Das ist ${title}.`,
  otherProvider: (title) => `Das sieht nach ${title} aus.`,
  takeProvider: (title) => `${title} verwenden`,
  unknownProvider: 'Der Anbieter ließ sich nicht erkennen. Wählen Sie ihn oben aus.',
  anyHostTitle: 'Andere (SSH-Schlüssel)',
  change: 'Ändern',
  anyHost: 'Beliebiger Git-Host',
  selfHosted: ' oder eigener',

  browserButton: 'Im Browser fortfahren',
  browserAbout: (host) => `Öffnet ${host}. Danach geht es hier von selbst weiter.`,
  deviceButton: 'Mit einem Code anmelden',
  deviceAbout: (host) => `Geben Sie bei ${host} einen kurzen Code ein. Funktioniert mit jedem Gerät.`,
  tokenButton: 'Persönliches Zugriffstoken',
  tokenAbout: 'Von Hand beim Anbieter angelegt, mit den Scopes Ihrer Wahl.',
  otherWays: 'Andere Wege',
  noClient: (host) => `Für ${host} ist keine OAuth-App eingerichtet`,
  noClientText:
    'Die Anmeldung im Browser braucht eine App, die dort einmal registriert wird. Ein Token funktioniert ohne.',
  noSecret: (host) => `Die OAuth-App für ${host} hat kein Client-Secret`,
  noSecretText: 'Dieser Anbieter verlangt es bei der Rückkehr aus dem Browser.',
  oldCallback: (host) => `Die OAuth-App für ${host} hat eine alte Callback-Adresse`,
  oldCallbackText:
    'Jetzt hat jeder Host seine eigene. Tragen Sie die neue dort ein und speichern Sie dann die App hier.',
  renewCallback: 'Neue Callback-Adresse eintragen',
  renewCallbackAbout: 'Damit funktioniert die Anmeldung im Browser hier wieder.',
  setUp: 'OAuth-App einrichten',
  addSecret: 'Client-Secret hinzufügen',
  addSecretAbout: 'Damit funktioniert auch hier die Anmeldung im Browser.',
  notes: {
    'insecure-http': 'Die Verbindung zu diesem Host ist nicht verschlüsselt.',
    'secret-needed': 'Dieser Anbieter braucht für den Browser ein Client-Secret, für einen Code keines.',
    'for-deploys': 'Deploys legen Webhooks und Deploy-Schlüssel an, deshalb wird mehr als Lesezugriff verlangt.',
    'device-recommended': 'Hier empfiehlt sich ein Code: Er braucht kein Client-Secret.',
  },

  token: 'Persönliches Zugriffstoken',
  tokenScopes: 'Es braucht diese Scopes:',
  createToken: (host) => `Bei ${host} anlegen`,
  usernames: { email: 'E-Mail-Adresse', username: 'Benutzername' },
  refused: {
    title: (provider) => `${provider} akzeptiert dieses Token nicht.`,
    cause: 'Es wurde falsch eingegeben, ist abgelaufen oder wurde dort gelöscht.',
    fix: 'Kopieren Sie es erneut oder legen Sie ein neues an.',
  },
  tokenFound: (token: string) => `Token im eingefügten Text gefunden: ${token}`,
  connect: 'Verbinden',
  cancel: 'Abbrechen',

  waitingTitle: 'Im Browser fortfahren',
  waitingText: (host) =>
    `Melden Sie sich bei ${host} an und erlauben Sie den Zugriff. Dieses Fenster macht dann von selbst weiter.`,
  opens: 'Öffnet',
  timeLeft: 'Verbleibende Zeit',
  stillWaiting: 'Die richtige Antwort steht noch aus: Schließen Sie die zuletzt geöffnete Seite ab.',
  removeTitle: 'Frühere Berechtigung entfernen',
  removeText: (host: string) =>
    `Entfernen Sie die App auf der geöffneten Seite von ${host}. Danach geht es hier von selbst weiter.`,
  removeFix: 'Entfernen Sie sie unter Einstellungen → Anwendungen. Die Anmeldung beginnt dann von selbst neu.',
  openAgain: 'Erneut öffnen',
  copyLink: 'Link kopieren',
  notBack: 'Nicht zurückgekommen?',
  roads: {
    'deep-link': 'Über den eigenen Link der App zurückkehren',
    loopback: 'Über das Netzwerk dieses Computers zurückkehren',
    paste: 'Die Adresse einfügen, auf der Sie gelandet sind',
  },
  roadNow: {
    'deep-link':
      'Der Browser sollte fragen, ob er CloudAIPilot öffnen darf. Stimmen Sie zu oder nehmen Sie einen anderen Weg:',
    loopback:
      'Der Browser sollte auf einer Seite dieses Computers enden. Ist sie nicht erreichbar, nehmen Sie einen anderen Weg:',
    paste: 'Kopieren Sie am Ende die Adresse aus der Adressleiste des Browsers und fügen Sie sie hier ein:',
  },
  useDevice: 'Stattdessen mit einem Code anmelden',
  useToken: 'Stattdessen ein persönliches Zugriffstoken verwenden',
  pasteLabel: 'Adresse, auf der Sie gelandet sind',
  pasteAbout: 'Sie beginnt mit cloudaipilot:// oder http://127.0.0.1 und enthält „code=“.',
  pasteButton: 'Diese Adresse verwenden',

  deviceTitle: 'Geben Sie diesen Code im Browser ein',
  deviceText: (host) => `Öffnen Sie ${host} und geben Sie ihn dort ein. Dieses Fenster macht dann von selbst weiter.`,
  deviceCode: 'Code',
  copyCode: 'Code kopieren',
  openPage: 'Seite öffnen',

  busyTitle: 'Anmeldung läuft',
  exchanging: 'Die Antwort ist da. Der Zugriff wird angefordert.',
  checking: 'Der Zugriff ist da. Es wird geprüft, wer Sie sind und was Sie sehen.',

  differentTitle: (login) => `Angemeldet als ${login}`,
  differentText: 'Das ist nicht die Person, der dieses Konto gehört. Es wurde nichts geändert.',
  keepAsNew: 'Als neues Konto behalten',
  again: 'Erneut anmelden',

  failedTitle: 'Nicht verbunden',
  startAgain: 'Von vorn beginnen',

  connectedTitle: (login) => `Verbunden als ${login}`,
  repositories: (count) => formatNoun(count, 'Repository', 'Repositorys'),
  selections: {
    all: 'Die App darf alle Repositorys dieses Kontos sehen.',
    chosen: 'Die App sieht nur die Repositorys, die Sie für sie ausgewählt haben.',
    full: 'Dieser Host gibt der App alles, was Sie selbst dürfen.',
    unknown: '',
  },
  manageAccess: 'Zugriff verwalten',
  twin: 'Diese Person ist bei diesem Host bereits verbunden.',
  replaceTwin: 'Altes Konto ersetzen',
  browse: 'Repositorys durchsehen',
  another: 'Weiteres verbinden',
  done: 'Fertig',

  barWaiting: (host) => `Anmeldung bei ${host}`,
  barWaitingText: 'Schließen Sie sie im Browser ab oder machen Sie hier weiter.',
  barAttention: (host) => `Die Anmeldung bei ${host} braucht Sie`,
  goOn: 'Weiter',
}
