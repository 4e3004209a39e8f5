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

const shellTitles: Readonly<Record<string, string>> = {
  'start-up-file': 'Eine Startdatei auf dem Server startet eine andere Shell.',
  'no-channel': 'Der Server lässt niemanden Befehle ausführen.',
}

const shellReasons: Readonly<Record<string, string>> = {
  'start-up-file': 'Sie ersetzt die Shell durch „exec“, daher läuft der Befehl nie.',
  'no-channel': 'Die Anmeldung gelingt, aber danach gibt es keine Sitzung (MaxSessions).',
  'no-commands': 'Die Anmeldung gelingt, aber Befehle werden abgelehnt.',
  silent: 'Die Shell endete sofort und ohne Meldung, wie /bin/false.',
}

const shellFixes: Readonly<Record<string, string>> = {
  'start-up-file': 'Beschränken Sie das in ~/.bashrc oder ~/.profile auf Terminals: [ -t 1 ] && exec zsh',
  'no-channel': 'Bitten Sie den Betreiber, Sitzungen in sshd_config zuzulassen, und prüfen Sie dann erneut.',
}
