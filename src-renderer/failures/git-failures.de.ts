import { allowableCheck } from '../../src-preload/contract/entities/fsck-check'
import { ownOf } from '../../src-preload/contract/own'
import type { english } from './git-failures'
import type { FailureSentences } from './sentence'

const notGit = (path: string) => `${path} ist kein Git-Programm.`
const installGit = 'Installieren Sie Git oder geben Sie an, wo es liegt.'

/** Warum ein Programm nicht als Git gestartet wird. */
const gitReasons: Readonly<Record<string, (path: string, at: string) => string>> = {
  missing: (path) => `Unter ${path} liegt nichts.`,
  'foreign-owner': (path) => `${path} gehört einem anderen Benutzer dieses Computers.`,
  writable: (path) => `Andere Benutzer dieses Computers können ${path} ändern.`,
  'folder-writable': (_path, at) => `Andere Benutzer dieses Computers können den Inhalt von ${at} ändern.`,
  cloned: (path, at) => `${path} liegt in ${at}. Dort könnte ein Repository ein eigenes Programm ablegen.`,
}

const gitFixes: Readonly<Record<string, string>> = {
  'foreign-owner': 'Wählen Sie ein Git, das Sie oder ein Administrator installiert haben.',
  writable: 'Erlauben Sie das Schreiben nur dem Eigentümer oder wählen Sie ein anderes Git.',
  'folder-writable': 'Erlauben Sie das Schreiben in diesem Ordner nur dem Eigentümer oder wählen Sie ein anderes Git.',
  cloned: 'Wählen Sie ein Git außerhalb geklonter Ordner.',
}

export const german: FailureSentences<typeof english> = {
  'address-refused': {
    title: 'Diese Adresse kann nicht verwendet werden.',
    cause: ({ says, get }) =>
      get('reason') === 'alias'
        ? aliasOf(get)
        : says(
            'reason',
            (reason) => ownOf(addressReasons, reason) ?? 'Nur HTTPS- und SSH-Adressen werden akzeptiert.',
            '',
          ),
    fix: ({ says }) =>
      says(
        'corrected',
        (address) => `Meinten Sie ${address}${says('branch', (branch) => `, Branch ${branch}`, '')}?`,
        'Fügen Sie die Klonadresse von der Seite des Repositorys ein.',
      ),
  },
  'git-missing': {
    title: ({ says }) => says('version', () => 'Git ist zu alt.', 'Git wurde auf diesem Computer nicht gefunden.'),
    cause: ({ says }) =>
      says(
        'version',
        (version) => `Git ${version} ist zu alt, um vor dem geschützt zu sein, was ein Repository anrichten kann.`,
        says(
          'path',
          (path) =>
            says(
              'why',
              (why) =>
                ownOf(gitReasons, why)?.(
                  path,
                  says('at', (at) => at, path),
                ) ?? notGit(path),
              notGit(path),
            ),
          'Es liegt nicht im Suchpfad.',
        ),
      ),
    fix: ({ says }) =>
      says(
        'minimum',
        (minimum) => `Installieren Sie git ${minimum} oder neuer.`,
        says('why', (why) => ownOf(gitFixes, why) ?? installGit, installGit),
      ),
  },
  'clone-refused': {
    title: ({ says }) =>
      says('path', (path) => `${path} konnte nicht geklont werden.`, 'Das Repository konnte nicht geklont werden.'),
    cause: ({ says }) =>
      says(
        'message',
        (message) => `Git meldet: ${message}`,
        'Dieses Konto darf es vielleicht nicht lesen, oder es existiert nicht.',
      ),
    fix: 'Prüfen Sie den Zugriff des Kontos und versuchen Sie es dann erneut.',
  },
  'object-refused': {
    title: ({ says }) =>
      says(
        'path',
        (path) => `${path} hat eine Sicherheitsprüfung nicht bestanden.`,
        'Das Repository hat eine Sicherheitsprüfung nicht bestanden.',
      ),
    cause: ({ get, says }) =>
      says(
        'check',
        (check) => `Die Git-Prüfung „${check}“ hat das Objekt ${(get('object') ?? '').slice(0, 10)} abgelehnt.`,
        'Git hat ein Objekt im Verlauf abgelehnt.',
      ),
    fix: ({ get }) =>
      allowableCheck(get('check') ?? undefined) === null
        ? 'Verwenden Sie dieses Repository erst, wenn die Verantwortlichen das erklärt haben.'
        : 'Alte Commits enthalten diesen harmlosen Fehler oft. Sie können ihn für eine App zulassen.',
  },
  'path-refused': {
    title: ({ says }) =>
      says('path', (path) => `Der Pfad „${path}“ ist nicht sicher.`, 'Das Repository enthält einen unsicheren Pfad.'),
    cause: ({ get }) =>
      ownOf(pathReasons, get('why') ?? '') ?? 'Er könnte außerhalb des Ordners dieses Repositorys geschrieben werden.',
    fix: 'Dort wurde nichts geschrieben. Entfernen Sie den Pfad aus dem Repository.',
  },
  'repository-empty': {
    title: 'Das Repository ist leer.',
    cause: 'Die Verbindung funktioniert, aber es gibt noch keinen Commit zum Klonen.',
    fix: 'Pushen Sie einen ersten Commit und versuchen Sie es dann erneut.',
  },
  'branch-missing': {
    title: ({ says }) =>
      says('branch', (branch) => `Es gibt keinen Branch „${branch}“.`, 'Diesen Branch gibt es nicht.'),
    cause: 'Er wurde gelöscht oder umbenannt.',
    fix: 'Wählen Sie einen anderen Branch.',
  },
  'disk-full': {
    title: 'Die Festplatte ist voll.',
    cause: ({ says }) =>
      says('path', (path) => `In ${path} ist kein Platz mehr.`, 'Zum Schreiben ist kein Platz mehr.'),
    fix: 'Schaffen Sie Platz und versuchen Sie es dann erneut.',
  },
  'folder-not-empty': {
    title: ({ says }) => says('path', (path) => `${path} ist nicht leer.`, 'Der Ordner ist nicht leer.'),
    cause: 'Ein Klon überschreibt nie vorhandene Dateien.',
    fix: 'Wählen Sie einen anderen Ordner.',
  },
  'ssh-key-missing': {
    title: 'Noch kein SSH-Schlüssel passt zu diesem Repository.',
    cause: ({ says }) =>
      says(
        'host',
        (host) => `Um über SSH zu klonen, braucht es einen Schlüssel, den ${host} kennt. Hier gibt es keinen.`,
        'Um über SSH zu klonen, braucht es einen Schlüssel, den der Host kennt. Hier gibt es keinen.',
      ),
    fix: 'Erzeugen Sie einen Schlüssel und fügen Sie ihn beim Host hinzu, oder klonen Sie über HTTPS.',
  },
  'publickey-denied': {
    title: 'Zugriff verweigert (publickey).',
    cause: ({ day, get, says }) => {
      const host = get('host') ?? 'Der Host'
      const until = day('certificateUntil')
      if (until !== null)
        return `Das Zertifikat dieses Schlüssels ist am ${until} abgelaufen, und anders nimmt der Host ihn nicht an.`
      return get('why') === 'no-keys'
        ? `${host} lässt niemanden mit einem SSH-Schlüssel ein.`
        : `${host} kennt ${says('fingerprint', (print) => `den SSH-Schlüssel ${print}`, 'diesen SSH-Schlüssel')} nicht, oder nicht für dieses Repository.`
    },
    fix: ({ day, get }) =>
      day('certificateUntil') !== null
        ? 'Holen Sie ein neues Zertifikat und fügen Sie es dem Schlüssel hinzu.'
        : get('why') === 'no-keys'
          ? 'Bitten Sie den Betreiber, Schlüssel zuzulassen, oder verbinden Sie den Host auf anderem Weg.'
          : 'Fügen Sie dort die öffentliche Hälfte dem Repository oder Ihrem Benutzer hinzu.',
  },
  'key-type-refused': {
    title: 'Dieser Typ von SSH-Schlüssel wird nicht akzeptiert.',
    cause: ({ get, says }) =>
      says(
        'type',
        (type) =>
          get('host') === null
            ? `SSH-Server akzeptieren keine Schlüssel vom Typ ${type}.`
            : `Der Host lehnt ${type}-Schlüssel ab.`,
        'Der Host lehnt ihn als zu alt oder zu neu ab.',
      ),
    fix: 'Erzeugen Sie einen anderen: Ed25519, oder RSA mit 4.096 Bit für alte Hosts.',
  },
  'key-in-use': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} hat diesen Schlüssel schon.`,
    cause:
      'Ein anderes Repository oder eine Person verwendet ihn dort, und ein Schlüssel kann nur an einer Stelle stehen.',
    fix: 'Erzeugen Sie für dieses Repository einen eigenen Schlüssel.',
  },
  'too-many-attempts': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} hat nach zu vielen Schlüsseln abgebrochen.`,
    cause: ({ says }) =>
      `Es sind weniger Versuche erlaubt, als nötig waren, um ${says('fingerprint', (print) => `den Schlüssel ${print}`, 'den Schlüssel')} anzubieten.`,
    fix: 'Fügen Sie dort den öffentlichen Schlüssel hinzu, oder bitten Sie den Betreiber um mehr Versuche (MaxAuthTries).',
  },
  'connection-closed': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} hat die Verbindung geschlossen.`,
    cause: 'Sie endete, bevor etwas ausgetauscht wurde. Das tun Firewalls, Jump-Hosts oder überlastete Server.',
    fix: 'Versuchen Sie es gleich noch einmal.',
  },
  'key-unreadable': {
    title: 'Dieser SSH-Schlüssel ist nicht lesbar.',
    cause: ({ get }) => {
      const format = get('format') ?? ''
      if (get('reason') === 'other-format') return `Sein Format wird hier nicht gelesen: ${format}.`
      if (get('reason') === 'other-encryption') return `Seine Verschlüsselung wird hier nicht gelesen: ${format}.`
      return (
        ownOf(keyReasons, get('reason') ?? '') ??
        'Er ist beschädigt oder kein privater Schlüssel in einem bekannten Format.'
      )
    },
    fix: ({ get }) =>
      get('reason') === 'other-encryption'
        ? 'Speichern Sie ihn mit einer anderen Verschlüsselung, zum Beispiel mit ssh-keygen -p -f und dem Dateinamen.'
        : 'Wählen Sie eine andere Datei oder erzeugen Sie hier einen neuen.',
  },
  'passphrase-wrong': {
    title: ({ get }) =>
      get('reason') === 'needed' ? 'Dieser Schlüssel hat eine Passphrase.' : 'Diese Passphrase stimmt nicht.',
    cause: ({ get }) => (get('reason') === 'needed' ? 'Ohne sie ist er nicht lesbar.' : ''),
    fix: ({ get }) =>
      get('reason') === 'needed'
        ? 'Geben Sie sie unter dem Schlüssel ein.'
        : 'Geben Sie sie noch einmal ein. Achten Sie auf Großbuchstaben und die Tastaturbelegung.',
  },
}

const pathReasons: Readonly<Record<string, string>> = {
  duplicate: 'Der Commit enthält ihn doppelt oder in einer Schreibweise, die manche Systeme nicht unterscheiden.',
  name: 'Dieser Name ist für Git oder das Dateisystem reserviert.',
  'not-a-folder': 'Unter ihm liegen weitere Pfade, er ist aber kein Ordner.',
  link: 'Er ist ein symbolischer Link oder liegt unter einem.',
  unreadable: 'Die Dateiliste des Commits ist beschädigt oder viel zu lang.',
}

const keyReasons: Readonly<Record<string, string>> = {
  'no-known-hosts': 'Darin ist keine Zeile einer known_hosts-Datei.',
  'not-a-certificate': 'Darin ist kein OpenSSH-Zertifikat (id_ed25519-cert.pub).',
  'certificate-of-host': 'Dieses Zertifikat ist für einen Host, nicht für einen Benutzer.',
  'certificate-of-another-key': 'Dieses Zertifikat gehört zu einem anderen Schlüssel.',
  'certificate-over': 'Dieses Zertifikat ist abgelaufen.',
  'public-key': 'Das ist die öffentliche Hälfte. Die private heißt genauso, ohne „.pub“.',
  'not-a-key': 'Darin ist kein privater Schlüssel.',
  'cut-off': 'Sein Ende fehlt. Kopieren Sie ihn ganz, von BEGIN bis END.',
  'several-keys': 'Er enthält mehrere Schlüssel.',
  'too-large': 'Das ist viel zu groß für einen Schlüssel.',
  'too-slow': 'Seine Passphrase zu prüfen dauert länger, als je ein ehrlicher Schlüssel verlangt.',
  file: 'Die Datei ist nicht lesbar.',
}

/** Was ein Alias bedeutet, mit den Wörtern von ssh_config(5). */
const aliasOf = (get: (name: string) => string | null): string => {
  const parts = [
    ['HostName', get('hostName')],
    ['Port', get('port')],
    ['User', get('user')],
    ['IdentityFile', get('identityFile')],
    ['ProxyJump', get('proxyJump')],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]))
  const direct = get('proxyJump') === null ? '' : ' Die App verbindet sich direkt, ohne Jump-Host.'
  return `„${get('alias') ?? ''}“ ist ein Alias in Ihrer SSH-Konfiguration: ${parts.join(', ')}.${direct}`
}

const addressReasons: Readonly<Record<string, string>> = {
  empty: 'Sie ist leer.',
  'too-long': 'Sie ist zu lang.',
  'control-characters': 'Sie enthält unsichtbare Zeichen.',
  option: 'Sie beginnt wie eine Option für ein Programm.',
  'local-path': 'Sie ist ein Ordner auf diesem Computer.',
  scheme: 'Nur HTTPS- und SSH-Adressen werden akzeptiert.',
  'not-ssh': 'Sie ist eine HTTPS-Adresse, ein SSH-Schlüssel braucht die SSH-Adresse.',
  'other-host': 'Der Schlüssel dieses Kontos gehört zu einem anderen Host.',
  'scheme-missing': 'Sie beginnt nicht mit https:// oder git@.',
  'plain-http': 'Ohne Verschlüsselung könnte unterwegs jeder das Token lesen.',
  credentials: 'Sie enthält einen Benutzernamen oder ein Passwort. Lassen Sie beides weg: Das Konto hat seine eigenen.',
  'user-missing': 'Der Benutzername vor dem Host fehlt, meist „git@“.',
  'user-invalid': 'Der Benutzername vor dem Host ist ungültig.',
  'host-invalid': 'Der Name des Hosts ist ungültig.',
  'lookalike-host':
    'Der Name des Hosts enthält Buchstaben, die wie andere aussehen. Vergleichen Sie seinen echten Namen.',
  'port-invalid': 'Der Port ist ungültig.',
  'path-missing': 'Der Pfad zum Repository fehlt.',
  'path-invalid': 'Der Pfad zum Repository ist ungültig.',
  percent: 'Sie enthält ein Prozentzeichen, das sich auf zwei Arten lesen lässt.',
  page: 'Sie ist eine Seite des Repositorys, nicht seine Klonadresse.',
  query: 'Nach dem Pfad darf nichts folgen: Lassen Sie weg, was nach „?“ oder „#“ steht.',
}
