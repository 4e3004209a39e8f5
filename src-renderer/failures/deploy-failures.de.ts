import { ownOf } from '../../src-preload/contract/own'
import type { english } from './deploy-failures'
import type { FailureSentences } from './sentence'

/** What runs after a deploy that failed. */
const whatRuns = (live: string | null): string =>
  live === 'none'
    ? 'Von der App läuft noch kein Release.'
    : live === 'new'
      ? 'Das neue Release ist schon live.'
      : 'Das laufende Release blieb, wie es ist.'

export const german: FailureSentences<typeof english> = {
  'tool-missing': {
    title: ({ says }) => says('tool', (tool) => `${tool} fehlt auf dem Server.`, 'Dort fehlt ein Programm.'),
    cause: ({ says }) =>
      says(
        'message',
        (message) => `Der Server meldet: ${message}`,
        'Es ist nicht installiert oder liegt nicht im Suchpfad.',
      ),
    fix: 'Installieren Sie es dort und prüfen Sie dann erneut.',
  },
  'sudo-refused': {
    title: 'Der Server hat das nicht erlaubt.',
    cause: ({ get }) =>
      ownOf(sudoReasons, get('why') ?? '') ?? 'Dafür sind Administratorrechte nötig, die dieser Benutzer nicht hat.',
    fix: 'Fragen Sie den Administrator oder installieren Sie das Paket von Hand.',
  },
  'folder-refused': {
    title: ({ says }) =>
      says(
        'path',
        (path) => `${path} kann nicht verwendet werden.`,
        'Dieser Ordner auf dem Server kann nicht verwendet werden.',
      ),
    cause: ({ get, says }) =>
      get('why') === 'in-use'
        ? says(
            'usedBy',
            (name) => `Die App „${name}“ wird dorthin ausgeliefert.`,
            'Eine andere App wird dorthin ausgeliefert.',
          )
        : (ownOf(folderReasons, get('why') ?? '') ?? 'Er ist nicht beschreibbar oder gehört zu etwas anderem.'),
    fix: ({ get }) =>
      get('why') === 'open'
        ? 'Nehmen Sie ihnen auf dem Server dieses Recht (chmod go-w), oder wählen Sie dort einen anderen Ordner.'
        : 'Wählen Sie einen anderen Ordner auf dem Server.',
  },
  'folder-missing': {
    title: ({ says }) =>
      says('path', (path) => `Es gibt keinen Ordner „${path}“.`, 'Der Stammordner ist nicht vorhanden.'),
    cause: ({ get }) =>
      `${get('why') === 'link' ? 'Er ist ein symbolischer Link im Repository oder liegt unter einem.' : 'Der ausgelieferte Commit enthält ihn nicht.'} ${whatRuns(get('live'))}`,
    fix: 'Wählen Sie einen anderen Stammordner.',
  },
  'submodule-refused': {
    title: ({ says }) =>
      says(
        'path',
        (path) => `Das Submodul „${path}“ konnte nicht geholt werden.`,
        'Ein Submodul konnte nicht geholt werden.',
      ),
    cause: ({ says }) =>
      says(
        'host',
        (host) => `Der Server hat keinen Schlüssel für sein Repository auf ${host}.`,
        'Der Server darf es vielleicht nicht lesen.',
      ),
    fix: 'Verbinden Sie ein Konto, das es sehen kann, oder lassen Sie Submodule weg.',
  },
  'command-failed': {
    title: 'Der Befehl nach dem Deploy ist fehlgeschlagen.',
    cause: ({ get, says }) =>
      `${says('status', (status) => `Er endete mit Status ${status}.`, 'Er endete nicht gut.')} ${whatRuns(get('live'))}`,
    fix: 'Seine letzten Zeilen stehen im Protokoll.',
  },
  'deploy-interrupted': {
    title: 'Der Deploy wurde unterbrochen.',
    cause: ({ get }) =>
      get('live') === 'new'
        ? 'Sein Prozess auf dem Server endete zu früh, aber das neue Release ist schon live.'
        : `Sein Prozess auf dem Server endete zu früh. ${whatRuns(get('live'))}`,
    fix: 'Starten Sie den Deploy erneut.',
  },
  'receiver-down': {
    title: 'Auf dem Server wartet nichts auf Pushes.',
    cause: ({ says }) =>
      says('message', (message) => `Der Empfänger meldet: ${message}`, 'Das Webhook-Programm läuft dort nicht.'),
    fix: 'Reparieren Sie den Webhook: Er wird eingerichtet und neu gestartet.',
  },
  'hook-unreached': {
    title: ({ says }) => says('url', (url) => `Unter ${url} kam nichts an.`, 'Auf dem Server kam nichts an.'),
    cause: ({ says }) =>
      says(
        'status',
        (status) => `Der Anbieter rief die Adresse auf und erhielt den Status ${status}.`,
        says(
          'message',
          (message) => `Der Anbieter rief die Adresse auf und vermerkt „${message}“.`,
          'Der Anbieter erreicht diese Adresse nicht, oder etwas dazwischen antwortet an ihrer Stelle.',
        ),
      ),
    fix: 'Prüfen Sie Adresse und Firewall. Bis dahin wird der Branch regelmäßig abgefragt.',
  },
  'hook-signature': {
    title: 'Der Webhook ist mit einem anderen Secret signiert.',
    cause: ({ says }) =>
      says(
        'url',
        (url) => `Der letzte Aufruf von ${url} hatte eine falsche Signatur und wurde abgewiesen.`,
        'Sein letzter Aufruf hatte eine falsche Signatur und wurde abgewiesen.',
      ),
    fix: ({ get }) =>
      `${
        get('made') === 'by-hand'
          ? 'Kopieren Sie das Secret erneut und fügen Sie es beim Host ein.'
          : 'Reparieren Sie ihn: Anbieter und Server erhalten dasselbe Secret.'
      } Bis dahin wird der Branch regelmäßig abgefragt.`,
  },
  'hook-drifted': {
    title: 'Der Webhook wurde beim Anbieter geändert.',
    cause: ({ get }) => ownOf(driftReasons, get('what') ?? '') ?? 'Er ist nicht mehr so, wie er angelegt wurde.',
    fix: 'Reparieren Sie ihn, dann ist er wie zuvor.',
  },
}

const sudoReasons: Readonly<Record<string, string>> = {
  password: 'Dieses Passwort stimmt nicht, oder der Benutzer darf sudo nicht verwenden.',
  missing: 'Dort gibt es kein sudo.',
  needed: 'sudo fragt nach einem Passwort.',
}

const folderReasons: Readonly<Record<string, string>> = {
  'not-absolute': 'Er muss mit einem Schrägstrich beginnen und unter einem anderen Ordner liegen, z. B. /srv/app.',
  'not-writable': 'Der Benutzer, der sich anmeldet, darf dort nicht schreiben.',
  'not-ours': 'Darin liegen Dateien, die nicht von einem Deploy stammen.',
  'other-repository': 'Ein anderes Repository wird dorthin ausgeliefert.',
  'current-blocked':
    '„current“ darin ist eine eigene Datei oder ein eigener Ordner, nicht der Link, den ein Deploy umsetzt.',
  'other-owner': 'Er oder ein Ordner darin, der Deploys steuert, gehört einem anderen Benutzer des Servers.',
  open: 'Andere Benutzer des Servers dürfen dort schreiben und so bestimmen, was ausgeliefert wird.',
  linked: '„.deploy“ oder „releases“ darin ist ein symbolischer Link.',
}

const driftReasons: Readonly<Record<string, string>> = {
  deleted: 'Er wurde dort gelöscht.',
  url: 'Er ruft eine andere Adresse auf.',
  disabled: 'Er wurde ausgeschaltet.',
  events: 'Er meldet keine Pushes mehr.',
}
