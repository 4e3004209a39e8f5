import { ownOf } from '../../src-preload/contract/own'
import type { FailureSentences } from './sentence'
import type { english } from './sign-in-failures'

export const german: FailureSentences<typeof english> = {
  'auth-expired': {
    title: ({ get }) =>
      get('reason') === 'answer-lost'
        ? 'Die Anmeldung konnte nicht erneuert werden.'
        : `${ownOf(credentials, get('kind') ?? '') ?? 'Anmeldung'} ${get('expiredAt') === null && get('until') === null ? 'nicht mehr akzeptiert' : 'abgelaufen'}.`,
    cause: ({ get, provider, day }) => {
      if (get('reason') === 'answer-lost') return lostAnswer(provider)
      const expired = day('expiredAt') ?? day('until')
      return expired === null
        ? `${provider} hat die Zugangsdaten abgelehnt: Sie sind abgelaufen oder wurden dort widerrufen.`
        : `${provider} akzeptiert diese Zugangsdaten nicht mehr. Sie sind am ${expired} abgelaufen.`
    },
    fix: 'Melden Sie sich erneut an. Ihre Apps bleiben verbunden.',
  },
  'auth-revoked': {
    title: ({ get }) => `${ownOf(credentials, get('kind') ?? '') ?? 'Zugriff'} widerrufen.`,
    cause: ({ provider }) =>
      `${provider} akzeptiert diese Zugangsdaten nicht mehr: Der Zugriff wurde dort entzogen, oder das Token wurde gelöscht oder ersetzt.`,
    fix: 'Melden Sie sich erneut an. Ihre Apps bleiben verbunden.',
  },
  'expires-soon': {
    title: ({ relative }) => {
      const until = relative('until')
      return until === null ? 'Dieses Token läuft bald ab.' : `Dieses Token läuft ${until} ab.`
    },
    cause: 'Die App kann es nicht erneuern: Es wurde von Hand angelegt.',
    fix: 'Legen Sie dort ein neues an und setzen Sie es an seine Stelle. Ihre Apps bleiben verbunden.',
  },
  'scope-missing': {
    title: ({ says }) =>
      says('scope', (scope) => `Diesem Konto fehlt der Scope „${scope}“.`, 'Dieses Konto darf vielleicht zu wenig.'),
    cause: ({ get, provider }) =>
      get('why') === 'no-person'
        ? 'Ohne ihn ist nicht zu erfahren, wem das Token gehört. Tokens für einzelne Repositorys können ihn nicht haben und funktionieren hier deshalb nicht.'
        : (blocked(get('blocks') ?? '') ?? `${provider} antwortet, verweigert aber, worum die App gebeten hat.`),
    fix: ({ get, says }) =>
      get('why') === 'no-person'
        ? `Erzeugen Sie ein Token mit Zugriff auf alle Repositorys und diesen Scopes: ${get('needs') ?? ''}.`
        : says(
            'scope',
            (scope) => `Verbinden Sie das Konto neu und erlauben Sie „${scope}“.`,
            'Verbinden Sie das Konto neu und erlauben Sie alles, worum die Anmeldeseite bittet.',
          ),
  },
  'sso-required': {
    title: ({ says }) =>
      says('owner', (owner) => `${owner} verlangt Single Sign-on.`, 'Eine Organisation verlangt Single Sign-on.'),
    cause: 'Ohne eine Single-Sign-on-Sitzung fehlen ihre Repositorys.',
    fix: 'Öffnen Sie die Seite des Anbieters, starten Sie dort die Sitzung und aktualisieren Sie dann.',
  },
  'repos-hidden': {
    title: 'Nicht angezeigte Repositorys.',
    cause: ({ get, says }) =>
      get('why') === 'not-installed'
        ? says(
            'owner',
            (owner) => `Die App ist für ${owner} nicht installiert und sieht deshalb keines der Repositorys.`,
            'Die App ist noch für keinen Besitzer installiert und sieht deshalb keine.',
          )
        : says(
            'owner',
            (owner) => `Die App sieht nur die Repositorys, die bei ${owner} für sie ausgewählt wurden.`,
            'Die App sieht nur die Repositorys, die für sie ausgewählt wurden.',
          ),
    fix: 'Fügen Sie die fehlenden auf der Seite des Anbieters hinzu und aktualisieren Sie dann.',
  },
  'access-denied': {
    title: ({ says }) =>
      says('path', (path) => `Dieses Konto darf ${path} nicht lesen.`, 'Der Zugriff wurde nicht erteilt.'),
    cause: ({ get }) =>
      ownOf(deniedBecause, get('why') ?? '') ?? (get('path') === null ? deniedInBrowser : deniedThere),
    fix: ({ says }) =>
      says(
        'path',
        () => 'Bitten Sie dort um Zugriff oder verwenden Sie ein anderes Konto.',
        'Beginnen Sie von vorn und erlauben Sie den Zugriff, oder melden Sie sich auf anderem Weg an.',
      ),
  },
  'client-id-missing': {
    title: ({ get }) => {
      const host = get('host') ?? 'diesen Host'
      return get('missing') === 'client-secret'
        ? `Die OAuth-App für ${host} hat kein Client-Secret.`
        : `Für ${host} ist keine OAuth-App eingerichtet.`
    },
    cause: ({ get }) =>
      get('missing') === 'client-secret'
        ? 'Dieser Anbieter verlangt es bei der Rückkehr aus dem Browser.'
        : 'Die Anmeldung im Browser braucht die Client-ID einer App, die dort einmal registriert wird.',
    fix: 'Richten Sie eine OAuth-App ein oder verbinden Sie sich mit einem Token.',
  },
  'client-rejected': {
    title: ({ provider }) => `${provider} akzeptiert diese OAuth-App nicht.`,
    cause: ({ says }) =>
      says(
        'detail',
        (detail) => `Die Antwort lautet: ${detail}${/[.!?]$/.test(detail) ? '' : '.'}`,
        'Client-ID, Client-Secret oder Callback-Adresse weichen von der Registrierung ab.',
      ),
    fix: 'Vergleichen Sie Client-ID, Client-Secret und Callback-Adresse mit der Registrierung.',
  },
  'grant-exists': {
    title: ({ get }) => `Die App hat bei ${get('host') ?? 'diesem Host'} noch eine frühere Berechtigung.`,
    cause: 'Der Host bleibt bei dem, was damals erlaubt wurde, und erweitert es nicht.',
    fix: 'Entfernen Sie die App auf der geöffneten Seite (Einstellungen → Anwendungen) und beginnen Sie dann von vorn.',
  },
  'device-flow-disabled': {
    title: ({ provider }) => `${provider} bietet hier keine Gerätecodes an.`,
    cause: 'In der OAuth-App ist der Device Flow ausgeschaltet, oder der Host hat keinen.',
    fix: 'Schalten Sie ihn dort in den Einstellungen der App ein, oder melden Sie sich auf anderem Weg an.',
  },
  'sign-in-expired': {
    title: 'Diese Anmeldung hat zu lange gedauert.',
    cause: 'Zur Sicherheit gilt sie nur wenige Minuten.',
    fix: 'Beginnen Sie von vorn.',
  },
  'sign-in-mismatch': {
    title: 'Diese Antwort gehört zu einer anderen Anmeldung.',
    cause: ({ get }) =>
      ownOf(mismatches, get('reason') ?? '') ??
      'Sie ist alt, wurde schon verwendet oder nicht hier begonnen. Es wurde nichts gesendet.',
    fix: 'Beginnen Sie von vorn und schließen Sie die Seite ab, die sich öffnet.',
  },
  'callback-unreachable': {
    title: 'Der Browser konnte nicht zur App zurückkehren.',
    cause: ({ says }) =>
      says(
        'port',
        (port) => `Port ${port} auf diesem Computer ist belegt.`,
        'Auf diesem Computer ließ sich kein Rückweg öffnen.',
      ),
    fix: 'Verwenden Sie einen Gerätecode, oder fügen Sie die Adresse ein, auf der Sie landen.',
  },
  'callback-outdated': {
    title: ({ get }) => `Die OAuth-App für ${get('host') ?? 'diesen Host'} hat eine alte Callback-Adresse.`,
    cause:
      'Diese Adresse teilten sich früher mehrere Hosts. Jetzt hat jeder seine eigene, damit keiner die Antwort eines anderen bekommt.',
    fix: ({ says }) =>
      says(
        'callback',
        (callback) =>
          `Tragen Sie beim Host diese Callback-Adresse ein: ${callback} – und speichern Sie dann die OAuth-App hier.`,
        'Tragen Sie beim Host die neue Callback-Adresse ein und speichern Sie dann die OAuth-App hier.',
      ),
  },
  'different-person': {
    title: ({ says }) =>
      says(
        'login',
        (login) => `Sie haben sich als ${login} angemeldet.`,
        'Sie haben sich als jemand anderes angemeldet.',
      ),
    cause: 'Das ist nicht die Person, der dieses Konto gehört.',
    fix: 'Behalten Sie es als eigenes Konto, oder melden Sie sich als die richtige Person an.',
  },
  'token-kind-refused': {
    title: ({ says, provider }) =>
      says(
        'kind',
        (kind) =>
          kind === 'too-short'
            ? `Das ist zu kurz für ein Token von ${provider}.`
            : ownOf(kinds, kind) === undefined
              ? 'Das ist kein Token.'
              : `Das ist ${ownOf(kinds, kind)}, kein Token.`,
        'Diese Art von Token funktioniert hier nicht.',
      ),
    cause: ({ says }) =>
      says(
        'kind',
        () => 'Die Eingabe wurde nirgendwohin gesendet.',
        'Es wurde für einen anderen Zweck oder einen anderen Host angelegt.',
      ),
    fix: ({ get }) =>
      get('kind') === 'too-short'
        ? 'Kopieren Sie es ganz. Wird es nicht mehr angezeigt, erstellen Sie ein neues.'
        : 'Fügen Sie ein persönliches Zugriffstoken mit den oben genannten Scopes ein.',
  },
}

const lostAnswer = (provider: string) =>
  `Die Antwort von ${provider} auf die letzte Erneuerung ging verloren, weil die App oder die Verbindung vorher endete.`

const credentials: Readonly<Record<string, string>> = { oauth: 'OAuth-Token', token: 'Token' }

const blocks: Readonly<Record<string, string>> = {
  listing: 'Private Repositorys werden nicht aufgelistet.',
  cloning: 'Private Repositorys können nicht geklont werden.',
}
const blocked = (names: string): string | null =>
  names
    .split(' ')
    .flatMap((name) => ownOf(blocks, name) ?? [])
    .join(' ') || null

const kinds: Readonly<Record<string, string>> = {
  'ssh-key': 'ein SSH-Schlüssel',
  address: 'eine Adresse',
  'e-mail': 'eine E-Mail-Adresse',
  password: 'ein Passwort',
}

/** Why an answer is not taken, where it is more than an old link. */
const mismatches: Readonly<Record<string, string>> = {
  issuer: 'Sie nennt einen anderen Anbieter als den gefragten. Es wurde nichts gesendet.',
  'issuer-missing': 'Dieser Host sagt immer, wer er ist, diese Antwort aber nicht. Es wurde nichts gesendet.',
  callback: 'Sie kam an der Callback-Adresse eines anderen Hosts an. Es wurde nichts gesendet.',
  'verification-page':
    'Sie führt auf eine Seite eines anderen Hosts, auf der der Code jemand anderen einließe. Es wurde nichts geöffnet.',
  'address-missing': 'Es wird die ganze Adresse gebraucht, von Anfang an. Es wurde nichts gesendet.',
}

const deniedInBrowser = 'Auf der Anmeldeseite wurde abgebrochen oder abgelehnt.'
const deniedThere = 'Der Host weiß, wer Sie sind, und lehnt ab.'

const deniedBecause: Readonly<Record<string, string>> = {
  'git-login':
    'Der Anbieter akzeptiert dieses Konto, aber nicht für Git. Vielleicht ist dort das Klonen über HTTPS ausgeschaltet.',
  code: 'Das Konto sieht, dass es existiert, darf aber seinen Code nicht lesen.',
  password: 'Der Server akzeptierte den Benutzer oder den Schlüssel nicht.',
}
