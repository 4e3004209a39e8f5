import { ownOf } from '../../src-preload/contract/own'
import type { FailureSentences } from './sentence'
import type { english } from './ssh-failures'

const lists: Readonly<Record<string, string>> = {
  kex: 'keinen Schlüsselaustausch',
  'host-key': 'keinen Host-Schlüsseltyp',
  cipher: 'keine Verschlüsselung',
  mac: 'keinen MAC',
  compression: 'keine Kompression',
}

export const german: FailureSentences<typeof english> = {
  'host-key-unknown': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} ist dieser App neu.`,
    cause: ({ says }) =>
      says(
        'fingerprint',
        (print) => `Er zeigt den Schlüssel ${print}.`,
        'Sein Host-Schlüssel wurde noch nicht bestätigt.',
      ),
    fix: 'Vergleichen Sie den Fingerabdruck mit dem, den der Betreiber veröffentlicht.',
  },
  'host-key-changed': {
    title: ({ get }) => `Der Host-Schlüssel von ${get('host') ?? 'diesem Host'} hat sich geändert.`,
    cause: ({ get }) => {
      const shown = get('shown')
      const known = get('known')
      const keys = shown === null || known === null ? '' : ` Er zeigt jetzt ${shown}; bisher war es ${known}.`
      return `Entweder wurde der Server neu eingerichtet, oder jemand sitzt dazwischen. Es wurde nichts gesendet.${keys}`
    },
    fix: 'Fragen Sie den Betreiber nach dem neuen Fingerabdruck. Erst danach vergessen Sie den alten unter „Host-Schlüssel“.',
  },
  'host-key-refused': {
    title: ({ get }) =>
      get('reason') === 'certificate'
        ? `Das Zertifikat von ${get('host') ?? 'diesem Host'} ist nicht gültig.`
        : `Der Host-Schlüssel von ${get('host') ?? 'diesem Host'} gilt als unsicher.`,
    cause: ({ get }) =>
      get('reason') === 'certificate'
        ? (ownOf(certificateMisfits, get('why') ?? '') ?? 'Es gilt nicht für diesen Host oder nicht zu dieser Zeit.')
        : 'Er wurde zurückgezogen, oder seine private Hälfte ist bekannt geworden.',
    fix: 'Verbinden Sie sich nicht. Fragen Sie den Betreiber des Hosts.',
  },
  'no-common-algorithm': {
    title: ({ get }) =>
      `${get('host') ?? 'Der Host'} und diese App haben ${ownOf(lists, get('what') ?? '') ?? 'keinen Algorithmus'} gemeinsam.`,
    cause: ({ says }) =>
      [
        says('theirs', (theirs) => `Der Host bietet: ${theirs}.`, 'Der Host bietet nichts an.'),
        says('ours', (ours) => `Diese App: ${ours}.`, ''),
      ]
        .join(' ')
        .trim(),
    fix: 'Bitten Sie den Betreiber, den SSH-Server zu aktualisieren oder einen der anderen zuzulassen.',
  },
  'second-factor-needed': {
    title: ({ get }) => `${get('host') ?? 'Der Host'} verlangt mehr als einen Schlüssel.`,
    cause: ({ says }) =>
      `Der erste Nachweis wurde angenommen, danach ein zweiter verlangt${says('methods', (methods) => ` (${methods})`, '')}.`,
    fix: 'Verwenden Sie einen Benutzer, der sich nur mit Schlüssel anmeldet, oder bitten Sie den Betreiber um einen (AuthenticationMethods publickey).',
  },
  'shell-refused': {
    title: ({ get }) =>
      ownOf(shellTitles, get('why') ?? '') ?? 'Dieser Benutzer darf auf dem Server keine Befehle ausführen.',
    cause: ({ get, says }) =>
      says(
        'message',
        (message) => `Der Server meldet: ${message}`,
        ownOf(shellReasons, get('why') ?? '') ?? 'Die Shell hat den Befehl nicht ausgeführt.',
      ),
    fix: ({ get }) =>
      ownOf(shellFixes, get('why') ?? '') ??
      'Verwenden Sie einen anderen Benutzer, oder geben Sie diesem eine Login-Shell wie /bin/sh.',
  },
}

const certificateMisfits: Readonly<Record<string, string>> = {
  'not-for-hosts': 'Es gilt für einen Benutzer, nicht für einen Host.',
  signature: 'Seine Signatur ist falsch.',
  'not-yet-valid': 'Es ist noch nicht gültig.',
  expired: 'Es ist abgelaufen.',
  'unknown-option': 'Es enthält eine Option, die diese App nicht kennt.',
  'other-host': 'Es gilt für einen anderen Host.',
}

const shellTitles: Readonly<Record<string, string>> = {
  'start-up-file': 'Eine Startdatei auf dem Server startet eine andere Shell.',
  'no-channel': 'Der Server lässt niemanden Befehle ausführen.',
  speaks: 'Anstelle von Git hat etwas anderes geantwortet.',
}

const shellReasons: Readonly<Record<string, string>> = {
  'start-up-file': 'Sie ersetzt die Shell durch „exec“, daher läuft der Befehl nie.',
  'no-channel': 'Die Anmeldung gelingt, aber danach gibt es keine Sitzung (MaxSessions).',
  'no-commands': 'Die Anmeldung gelingt, aber Befehle werden abgelehnt.',
  silent: 'Die Shell endete sofort und ohne Meldung, wie /bin/false.',
}

const shellFixes: Readonly<Record<string, string>> = {
  'start-up-file': 'Beschränken Sie das in ~/.bashrc oder ~/.profile auf Terminals: [ -t 1 ] && exec zsh',
  speaks:
    'Geben Sie diesem Benutzer eine Shell, die Befehle ausführt. Begrüßt eine Startdatei, dann nur in Terminals: [ -t 1 ] && echo Willkommen',
  'no-channel': 'Bitten Sie den Betreiber, Sitzungen in sshd_config zuzulassen, und prüfen Sie dann erneut.',
}
