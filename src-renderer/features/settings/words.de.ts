import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  general: 'Allgemein',
  generalCrumbs: ['Einstellungen', 'Allgemein'],
  appearance: 'Darstellung',
  appearanceAbout: 'Hell oder dunkel. „System“ folgt dem Desktop.',
  appearances: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languageAbout: 'Des Fensters, der Menüs und der Benachrichtigungen. „System“ folgt dem Desktop.',
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  window: 'Fenster',
  closeToTray: 'Weiterlaufen, wenn das Fenster geschlossen wird',
  noTray:
    'Dieser Desktop hat keinen Infobereich, aus dem die App zurückzuholen wäre. Sie endet daher trotzdem mit ihrem Fenster.',
  closeToTrayAbout:
    'Konten werden im Hintergrund geprüft und erneuert. Öffnen und beenden über das Symbol im Infobereich.',
  startAtLogin: 'Beim Anmelden starten',
  lookForUpdates: 'Einmal am Tag nach Updates suchen',
  network: 'Netzwerk',
  networkCrumbs: ['Einstellungen', 'Netzwerk'],
  proxy: 'Proxy',
  proxyAbout: 'Wird für jeden Anbieter und für Git verwendet.',
  proxyModes: { system: 'System', none: 'Keiner', manual: 'Manuell' },
  proxyUrl: 'Proxy-Adresse',
  proxyUrlAbout: 'http://, https:// oder socks5://, ohne Benutzername und Passwort.',
  proxyUrlWrong: 'Das ist keine Proxy-Adresse: http://, https:// oder socks5:// mit einem Host, ohne Benutzername.',
  git: 'Git',
  gitPath: 'Git-Programm',
  gitPathAbout: 'Leer lassen, um das Programm aus dem Suchpfad zu verwenden.',
  gitFound: (version) => `In Gebrauch: git ${version}`,
  gitNone: 'Es wurde kein Git gefunden.',
  useInTerminal: 'Meine Konten im Terminal verwenden',
  useInTerminalAbout:
    'git clone, fetch und push über HTTPS melden sich dann von selbst bei den Hosts der Konten an, auch wenn diese App nicht läuft.',
  save: 'Speichern',
  cancel: 'Abbrechen',

  about: 'Über',
  aboutFacts: {
    version: 'CloudAIPilot',
    electron: 'Electron',
    chromium: 'Chromium',
    node: 'Node',
    platform: 'Plattform',
    git: 'git',
    openssh: 'OpenSSH',
    links: 'Links aus dem Browser',
  },
  missing: 'Nicht gefunden',
  linksOwned: 'Werden in dieser App geöffnet',
  linksForeign: 'Gehören einem anderen Programm oder keinem. Die Anmeldung nutzt die anderen Rückwege.',
  testLinks: 'Testen',
  testingLinks: 'Warten auf den Link',
  linksCameBack: (time) => `Der Testlink kam nach ${time} zurück.`,
  linksLost: (owner) =>
    owner === null
      ? 'Der Testlink kam nicht zurück: Kein Programm öffnet ihn.'
      : `Der Testlink kam nicht zurück. Er wird von ${owner} geöffnet.`,
  claimLinks: 'Anmeldelinks hier öffnen',
  copyDiagnostics: 'Diagnosedaten kopieren',
  copyVersions: 'Versionen kopieren',
  forTryingOnly: 'Dieses Paket ist nur zum Ausprobieren',
  forTryingOnlyText:
    'Es wurde ohne die offizielle Laufzeit gebaut. Verwahren Sie darin keine Zugangsdaten, auf die es ankommt.',
  endOfLife: (electron) => `Electron ${electron} erhält keine Sicherheitsupdates mehr`,
  endOfLifeText:
    'Die App zeigt in ihrem Fenster keine Inhalte aus dem Netz, bekannte Lücken sind damit außer Reichweite. Eine unterstützte Laufzeit ist trotzdem sicherer. Installieren Sie das aktuelle Paket von CloudAIPilot.',

  oauthApps: 'OAuth-Apps',
  oauthCrumbs: ['Einstellungen', 'OAuth-Apps'],
  oauthAbout:
    'Für die Anmeldung im Browser muss ein Anbieter diese App kennen. Registrieren Sie sie einmal je Host und tragen Sie die Client-ID hier ein.',
  add: 'OAuth-App hinzufügen',
  edit: 'Bearbeiten',
  remove: 'Entfernen',
  removeTitle: (host) => `OAuth-App für ${host} entfernen?`,
  removeText:
    'Verbundene Konten bleiben, können aber nicht über den Browser erneuert oder neu verbunden werden, bis sie wieder eingerichtet ist.',
  removeVerb: 'OAuth-App entfernen',
  noneTitle: 'Noch keine OAuth-App eingerichtet',
  noneText: 'Sie wird nur für die Anmeldung im Browser gebraucht. Persönliche Zugriffstoken funktionieren ohne sie.',
  secretKept: 'Secret im Schlüsselspeicher',
  noSecret: 'kein Secret',
  earlierCallback: 'alte Callback-Adresse',
  from: { settings: 'Hier eingerichtet', environment: 'Aus der Umgebung', bundled: 'In der App enthalten' },

  formTitle: 'OAuth-App einrichten',
  formEditTitle: (host) => `OAuth-App für ${host}`,
  provider: 'Anbieter',
  host: 'Host',
  steps: 'Beim Anbieter',
  openRegistration: 'Registrierungsseite öffnen',
  step1:
    'Öffnen Sie die Seite, auf der OAuth-Apps registriert werden, und legen Sie eine neue an. Der Name ist beliebig, zum Beispiel „CloudAIPilot“.',
  step1renew: 'Öffnen Sie die Seite Ihrer OAuth-Apps und wählen Sie diese aus.',
  step2: 'Tragen Sie diese Callback-Adressen ein, jede genau so:',
  step2one: 'Tragen Sie diese Callback-Adresse genau so ein:',
  newCallbacks:
    'Jeder Host hat jetzt eine eigene Callback-Adresse. Tragen Sie diese zusätzlich ein und speichern Sie dann hier. Danach können Sie die alten entfernen.',
  step3: 'Erlauben Sie diese Scopes oder Berechtigungen:',
  hintPublic:
    'Wo die Seite „Confidential“ anbietet, entfernen Sie das Häkchen: Eine Desktop-App kann kein Secret geheim halten.',
  hintSecret:
    'Legen Sie dort auch ein Client-Secret an und kopieren Sie es sofort: Die meisten Seiten zeigen es nur in diesem Moment.',
  hintDevice:
    'Wo ein Device Flow angeboten wird, schalten Sie ihn ein: Die Anmeldung mit einem Code funktioniert ohne das Secret.',
  hereTitle: 'Hier',
  clientId: 'Client-ID',
  clientSecret: 'Client-Secret',
  secretNeeded: 'Dieser Anbieter verlangt es. Es kommt in den Schlüsselspeicher und wird nie wieder angezeigt.',
  secretForBrowser: 'Nötig für die Rückkehr aus dem Browser; die Anmeldung mit einem Code funktioniert ohne.',
  secretOptional: 'Leer lassen, außer der Anbieter hat die App als vertraulich angelegt.',
  secretKeep: 'Leer lassen, um das gespeicherte zu behalten.',
  copyCallback: 'Callback-Adresse kopieren',
  noRegistration: 'Dieser Host hat keine Seite, um eine App zu registrieren. Verwenden Sie dort ein Token.',
}
