import { ownOf } from '../../src-preload/contract/own'
import type { english } from './local-failures'
import type { FailureSentences } from './sentence'
import { storageReason } from './storage-reason'

export const german: FailureSentences<typeof english> = {
  'invalid-input': {
    title: ({ says }) =>
      says('field', (field) => `${ownOf(fields, field) ?? `„${field}“`} ist ungültig.`, 'Eine Eingabe ist ungültig.'),
    cause: ({ says }) => says('least', (least) => `Mindestens ${least} Zeichen sind nötig.`, ''),
    fix: 'Prüfen Sie die Eingabe und versuchen Sie es erneut.',
  },
  'keychain-unavailable': {
    title: 'Hier gibt es keinen Schlüsselbund.',
    cause: ({ get }) =>
      get('reason') === 'not-kept'
        ? 'Er antwortet, behält aber nicht, was er bekommt.'
        : 'Diese Sitzung hat keinen Dienst, der Geheimnisse verwahrt, oder er weigert sich.',
    fix: 'Wählen Sie, wo die App ihre Geheimnisse verwahrt.',
  },
  'keychain-locked': {
    title: 'Der Schlüsselbund ist gesperrt.',
    cause: 'Vielleicht wartet ein Dialog des Systems auf sein Passwort.',
    fix: 'Entsperren Sie ihn und fragen Sie dann erneut.',
  },
  'vault-locked': {
    title: 'Ihre Geheimnisse sind gesperrt.',
    cause: 'Die App braucht Ihre Passphrase, um sie zu lesen.',
    fix: 'Entsperren Sie sie, um fortzufahren.',
  },
  'vault-damaged': {
    title: 'Die gespeicherten Geheimnisse sind nicht lesbar.',
    cause: ({ get }) =>
      get('reason') === 'newer'
        ? 'Eine neuere Version der App hat sie geschrieben.'
        : 'Ihre Datei ist beschädigt, oder ihr Schlüssel fehlt im Schlüsselbund.',
    fix: ({ get }) =>
      get('reason') === 'newer'
        ? 'Installieren Sie diese Version wieder. Nichts wird gelöscht.'
        : 'Sehen Sie sich die Möglichkeiten an. Nichts wird gelöscht.',
  },
  'storage-failed': {
    title: 'Die App konnte ihre Daten nicht lesen oder speichern.',
    cause: ({ get, says }) =>
      says(
        'path',
        (path) =>
          ({
            full: `Auf dem Datenträger von ${path} ist kein Platz mehr, oder Ihr Anteil daran ist aufgebraucht.`,
            'read-only': `Der Datenträger von ${path} kann nur gelesen werden.`,
            denied: `Sie dürfen ${path} nicht lesen oder schreiben.`,
            other: `${path} kann nicht verwendet werden.`,
          })[storageReason(get('reason'))],
        'Die Festplatte ist voll, schreibgeschützt, oder die Berechtigung fehlt.',
      ),
    fix: ({ get }) =>
      ({
        full: 'Geben Sie dort Platz frei und versuchen Sie es dann erneut.',
        'read-only': 'Machen Sie den Datenträger beschreibbar und versuchen Sie es dann erneut.',
        denied: 'Geben Sie sich dort das Recht zu lesen und zu schreiben und versuchen Sie es dann erneut.',
        other: 'Schaffen Sie Platz oder Schreibzugriff und versuchen Sie es dann erneut.',
      })[storageReason(get('reason'))],
  },
  'demo-failed': {
    title: 'Die Demo kam nicht bis zum Ende.',
    cause: 'Was sie dazu sagt, steht im Terminal, in dem diese App gestartet wurde.',
    fix: 'Lesen Sie es dort und starten Sie die Demo dann erneut.',
  },
  conflict: {
    title: 'Das wird gerade verwendet.',
    cause: ({ says }) =>
      says('usedBy', (users) => `${users} hängt davon ab.`, 'Etwas anderes hat es geändert oder hängt davon ab.'),
    fix: 'Sehen Sie noch einmal nach und wiederholen Sie es, wenn es dann noch sinnvoll ist.',
  },
  'consent-withheld': {
    title: 'Es wurde nichts geändert.',
    cause: ({ get }) => ownOf(withheldReasons, get('why') ?? '')?.cause ?? 'Sie haben eben mehrmals abgelehnt.',
    fix: ({ get }) => ownOf(withheldReasons, get('why') ?? '')?.fix ?? 'Versuchen Sie es in einer Minute erneut.',
  },
  cancelled: { title: 'Abgebrochen.', cause: 'Es wurde nichts geändert.', fix: '' },
  unexpected: {
    title: 'In der App ist etwas schiefgegangen.',
    cause: 'Das sollte nicht vorkommen. Einzelheiten stehen im Protokoll.',
    fix: 'Versuchen Sie es erneut. Kommt es wieder, melden Sie es mit den Belegen.',
  },
}

const fields: Readonly<Record<string, string>> = {
  url: 'Die Adresse',
  token: 'Das Token',
  proxy: 'Die Proxy-Adresse',
  gitPath: 'Der Pfad des Git-Programms',
  passphrase: 'Die Passphrase',
  folder: 'Der Ordner',
  host: 'Der Host',
  address: 'Die Adresse',
  clientId: 'Die Client-ID',
  label: 'Der Name',
  name: 'Der Name',
}

const withheldReasons: Readonly<Record<string, { readonly cause: string; readonly fix: string }>> = {
  open: {
    cause: 'Eine andere Frage wartet auf Ihre Antwort.',
    fix: 'Beantworten Sie sie und versuchen Sie es erneut.',
  },
  pages: {
    cause: 'Es wurden eben viele Seiten geöffnet.',
    fix: 'Versuchen Sie es in einer Minute erneut.',
  },
  behind: {
    cause: 'Ein anderes Fenster lag davor.',
    fix: 'Holen Sie dieses nach vorn und versuchen Sie es erneut.',
  },
  copies: {
    cause: 'Es wurden eben viele Texte kopiert.',
    fix: 'Versuchen Sie es in einer Minute erneut.',
  },
  unshown: {
    cause: 'Der Dialog dafür ließ sich nicht öffnen.',
    fix: 'Starten Sie die App neu und versuchen Sie es erneut.',
  },
}
