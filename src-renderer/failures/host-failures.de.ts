import { ownOf } from '../../src-preload/contract/own'
import { formatNoun } from '../ui/numbers'
import type { english } from './host-failures'
import { onlyOther } from './proxy-offers'
import type { FailureSentences } from './sentence'

export const german: FailureSentences<typeof english> = {
  'not-found': {
    title: ({ get, says }) =>
      ownOf(missingThings, get('what') ?? '') ??
      says('path', (path) => `${path} ist nicht da.`, 'Das ist nicht mehr da.'),
    cause: ({ get }) =>
      ownOf(missingThings, get('what') ?? '') === undefined
        ? 'Es wurde gelöscht oder umbenannt, oder dieses Konto darf es nicht sehen.'
        : 'Inzwischen entfernt, oder es läuft nicht.',
    fix: 'Aktualisieren Sie, oder prüfen Sie, welche Repositorys das Konto sehen darf.',
  },
  moved: {
    title: 'Repository umgezogen.',
    cause: ({ says }) =>
      `${says('path', (path) => path, 'Es')} ${says('to', (to) => `ist jetzt ${to}.`, 'wurde umbenannt oder einem anderen Besitzer übertragen.')}`,
    fix: 'Aktualisieren Sie, um die neue Adresse zu verwenden.',
  },
  unreachable: {
    title: ({ get }) => `${get('host') ?? 'Der Host'} ist nicht erreichbar.`,
    cause: ({ get, says }) =>
      ownOf(tlsReasons, get('why') ?? '') ??
      says(
        'proxy',
        (proxy) =>
          get('why') === 'refused'
            ? `Der Proxy ${proxy} hat die Verbindung abgelehnt.`
            : `Über den Proxy ${proxy} kam keine Antwort.`,
        ownOf(unreachedReasons, get('why') ?? '') ?? 'Die Verbindung kam nicht zustande.',
      ),
    fix: ({ get }) =>
      get('why') === 'not-tls' || (get('why') === 'refused' && get('proxy') === null)
        ? 'Prüfen Sie Adresse und Port, und ob der Dienst läuft.'
        : 'Prüfen Sie Netzwerk, VPN und Proxy und versuchen Sie es dann erneut.',
  },
  'host-not-found': {
    title: 'Host nicht gefunden.',
    cause: ({ says }) =>
      says(
        'host',
        (host) => `Das Netzwerk, in dem Sie sind, kennt keinen Host namens ${host}.`,
        'Das Netzwerk, in dem Sie sind, kennt keinen solchen Host.',
      ),
    fix: 'Prüfen Sie die Schreibweise, oder verbinden Sie sich mit dem VPN, zu dem er gehört.',
  },
  'timed-out': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} hat zu lange gebraucht.`,
    cause: 'Er nahm die Verbindung an, antwortete aber nicht rechtzeitig.',
    fix: 'Versuchen Sie es erneut. Bleibt er langsam, ist der Host vielleicht überlastet.',
  },
  'rate-limited': {
    title: ({ provider, time }) => {
      const until = time('until')
      return `${provider} bittet um Geduld${until === null ? '' : ` bis ${until}`}.`
    },
    cause: ({ relative }) => {
      const until = relative('until')
      return `Es gab zu viele Anfragen.${until === null ? '' : ` Weitere werden ${until} angenommen.`}`
    },
    fix: 'Listen und Prüfungen laufen automatisch weiter. Alles andere können Sie dann erneut versuchen.',
  },
  'access-restricted': {
    title: ({ get, says, provider }) =>
      get('why') === 'refused'
        ? `${provider} hat die Anfrage abgelehnt.`
        : get('what') === 'deploy-keys'
          ? 'Deploy-Schlüssel sind dort abgeschaltet.'
          : says('owner', (owner) => `${owner} sperrt diese App.`, 'Eine Organisation sperrt diese App.'),
    cause: ({ get, says }) =>
      get('why') === 'refused'
        ? says(
            'message',
            (message) => `Die Antwort lautet: ${message}${/[.!?]$/.test(message) ? '' : '.'}`,
            'Ein Grund ist nicht angegeben: Dieses Konto darf das nicht, oder eine Regel des Hosts oder seines Netzwerks verbietet es.',
          )
        : get('what') === 'deploy-keys'
          ? 'Eine Regel der Organisation hat einen neuen Schlüssel sofort abgeschaltet.'
          : 'Die Besitzer entscheiden, welche Apps die Repositorys sehen dürfen.',
    fix: ({ get }) =>
      get('why') === 'refused'
        ? 'Prüfen Sie dort, was dieses Konto darf, oder fragen Sie einen Administrator.'
        : get('what') === 'deploy-keys'
          ? 'Bitten Sie einen Besitzer, Deploy-Schlüssel zu erlauben, und versuchen Sie es dann erneut.'
          : 'Bitten Sie einen Besitzer, die App freizugeben, und aktualisieren Sie dann.',
  },
  'server-error': {
    title: ({ provider }) => `${provider} hat selbst ein Problem.`,
    cause: ({ says }) =>
      says('status', (status) => `Die Antwort hatte den Status ${status}.`, 'Die Antwort war ein Fehler.'),
    fix: 'Versuchen Sie es in einigen Minuten erneut.',
  },
  'bad-answer': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} hat etwas Unlesbares gesendet.`,
    cause: ({ get }) =>
      ownOf(unreadable, get('why') ?? '') ?? 'Die Antwort ist nicht das, was ein Git-Anbieter sendet.',
    fix: 'Öffnen Sie den Host einmal im Browser und versuchen Sie es dann erneut.',
  },
  'rows-left-out': {
    title: ({ get }) => {
      const count = Number(get('count'))
      const entries = count > 0 ? formatNoun(count, 'Eintrag', 'Einträge') : 'Einige Einträge'
      return `${entries} von ${get('host') ?? 'diesem Host'} ${count === 1 ? 'ist' : 'sind'} nicht lesbar.`
    },
    cause: ({ says }) =>
      `In der Liste ${says('count', (count) => (count === '1' ? 'fehlt er' : 'fehlen sie'), 'fehlen sie')}.${says('at', (at) => ` Die erste falsche Stelle ist „${at}“.`, '')}`,
    fix: 'Aktualisieren Sie später. Bleibt es dabei, sehen Sie im Browser nach.',
  },
  'not-a-forge': {
    title: ({ get }) => `Unter ${get('host') ?? 'dieser Adresse'} wurde kein Git-Anbieter gefunden.`,
    cause: 'Der Host antwortet, aber nicht wie GitHub, GitLab, Bitbucket, Gitea oder Forgejo.',
    fix: 'Prüfen Sie die Adresse, oder wählen Sie den Anbieter von Hand.',
  },
  'intermediary-answered': {
    title: ({ get }) => `Vor ${get('host') ?? 'dem Host'} steht etwas anderes.`,
    cause: ({ get, says }) => {
      const who = says('who', (name) => name, 'Ein anderes Programm oder das Netzwerk')
      return get('why') === 'refused'
        ? `${who} hat die Anfrage abgelehnt, bevor sie dort ankam.`
        : `${who} hat an seiner Stelle geantwortet und verlangt eine eigene Anmeldung.`
    },
    fix: 'Öffnen Sie den Host einmal im Browser, oder bitten Sie den Administrator, Anfragen an seine API durchzulassen. Das Konto ist davon nicht betroffen.',
  },
  'certificate-untrusted': {
    title: ({ get }) => `Dem Zertifikat von ${get('host') ?? 'diesem Host'} wird nicht vertraut.`,
    cause: ({ get }) =>
      ownOf(certificateReasons, get('why') ?? '') ?? 'Niemand, den dieser Computer kennt, bürgt dafür.',
    fix: ({ says }) =>
      says(
        'sha256',
        () =>
          'Es wurde nichts gesendet. Sehen Sie es sich an, und vertrauen Sie ihm nur, wenn Sie wissen, von wem es stammt.',
        'Es wurde nichts gesendet. Fragen Sie den Betreiber des Hosts.',
      ),
  },
  'proxy-login': {
    title: ({ get }) =>
      get('refused') === null ? 'Der Proxy verlangt eine Anmeldung.' : 'Der Proxy akzeptiert die Anmeldung nicht.',
    cause: ({ get, says }) => {
      const proxy = says('proxy', (name) => name, 'Der Proxy')
      const offers = get('offers') ?? ''
      if (onlyOther(offers)) return `${proxy} akzeptiert nur ${offers}. Das unterstützt diese App nicht.`
      return get('refused') === null
        ? `${proxy} verlangt Benutzername und Passwort.`
        : `${proxy} lehnt Benutzername oder Passwort ab.`
    },
    fix: ({ get }) =>
      onlyOther(get('offers') ?? '')
        ? 'Verwenden Sie einen Proxy mit Basic-Anmeldung oder einen, der auf diesem Computer keine verlangt.'
        : 'Geben Sie beides in den Netzwerkeinstellungen ein. Es wird im Schlüsselspeicher aufbewahrt.',
  },
  'foreign-link-refused': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} verwies auf einen anderen Host.`,
    cause: ({ says }) =>
      says(
        'to',
        (to) => `Er leitete die App an ${to} weiter, wohin das Token nicht gelangen darf.`,
        says(
          'foreign',
          (to) => `Er verwies auf ${to}, wohin das Token nicht gelangen darf.`,
          'Das Token darf nicht dorthin gelangen.',
        ),
      ),
    fix: ({ get, host }) =>
      get('works') !== null
        ? 'Auch diese Adresse funktioniert auf diesem Computer: Verbinden Sie den Host unter ihr.'
        : get('account') === null
          ? 'Verbinden Sie den Host unter der Adresse, die er selbst verwendet.'
          : `Verbinden Sie ihn unter jener Adresse. Ist sie für diesen Computer falsch, können seine Links unter ${host} gelten.`,
  },
  'clock-wrong': {
    title: 'Die Uhr dieses Computers geht falsch.',
    cause: ({ says }) =>
      says(
        'minutes',
        (minutes) =>
          `Sie weicht ${minutes} ${minutes === '1' ? 'Minute' : 'Minuten'} ab, sodass Token und Zertifikate abgelaufen scheinen.`,
        'Sie weicht mehr als eine Minute ab, sodass Token und Zertifikate abgelaufen scheinen.',
      ),
    fix: 'Stellen Sie die Uhr auf automatisch und versuchen Sie es dann erneut.',
  },
}

const missingThings: Readonly<Record<string, string>> = {
  account: 'Dieses Konto ist nicht mehr da.',
  repository: 'Dieses Repository ist nicht mehr da.',
  'ssh-key': 'Dieser SSH-Schlüssel ist nicht mehr da.',
  'ssh-agent': 'Es wurde kein SSH-Agent gefunden.',
  'key-file': 'Diese Schlüsseldatei ist nicht mehr da.',
  'connection-test': 'Dieser Test ist vorbei.',
}

const unreadable: Readonly<Record<string, string>> = {
  html: 'Es kam eine Webseite. Vielleicht sitzt eine Anmeldeseite des Netzwerks dazwischen.',
  'not-json': 'Es kam etwas anderes als Daten. Vielleicht sitzt eine Anmeldeseite des Netzwerks dazwischen.',
  'wrong-shape':
    'Der Antwort fehlt, was ein Git-Anbieter sendet. Der Host ist vielleicht von anderer Art oder sehr alt.',
  truncated: 'Die Antwort war abgeschnitten.',
  'too-large': 'Die Antwort war zu groß, um richtig zu sein.',
  'not-http': 'Unter dieser Adresse wird kein HTTP gesprochen. Prüfen Sie den Port.',
  'not-git': 'Hinter dieser Adresse ist kein Git.',
  'page-circle': 'Die Liste führt zu ihrem eigenen Anfang zurück.',
  endless: 'Die Liste nimmt kein Ende.',
}

/** Why a host was not reached. */
const unreachedReasons: Readonly<Record<string, string>> = {
  refused: 'Er hat die Verbindung abgelehnt: An diesem Port antwortet kein Dienst, oder eine Firewall weist sie ab.',
  'no-route': 'Das Netzwerk, in dem Sie sind, hat keinen Weg dorthin.',
  blocked: 'Dieser Computer lässt die App keine Verbindung dorthin aufbauen.',
  closed: 'Er hat die Verbindung ohne Antwort geschlossen.',
  'no-name-server': 'Der Nameserver des Netzwerks hat nicht geantwortet.',
}

/** Why no encrypted connection to it was made, through a proxy or not. */
const tlsReasons: Readonly<Record<string, string>> = {
  tls: 'Er spricht keine ausreichend sichere Version von TLS.',
  'not-tls': 'An diesem Port antwortet ein Dienst, der kein TLS spricht.',
  'client-certificate': 'Er verlangt ein Client-Zertifikat, und das unterstützt diese App nicht.',
  'tls-failed': 'Eine verschlüsselte Verbindung mit ihm kam nicht zustande.',
}

/** Why a certificate is refused. */
export const certificateReasons: Readonly<Record<string, string>> = {
  expired: 'Es ist abgelaufen.',
  'not-yet-valid': 'Es ist noch nicht gültig. Prüfen Sie die Uhr dieses Computers.',
  revoked: 'Der Aussteller hat es zurückgezogen.',
  'self-signed': 'Der Host hat es selbst ausgestellt; niemand sonst bürgt dafür.',
  'unknown-issuer': 'Dieser Computer kennt den Aussteller nicht.',
  'wrong-host': 'Es gehört zu einem anderen Namen als dem dieses Hosts.',
  broken: 'Es ist nicht so aufgebaut, wie Zertifikate sein müssen.',
  changed: 'Es ist nicht das, dem Sie vertraut haben: Der Host bekam ein anderes, oder jemand sitzt dazwischen.',
}
