import type { Translated } from '../../../src-preload/contract/language'
import { formatCount, formatNoun } from '../../ui/numbers'
import type { english } from './deploy-words'

export const german: Translated<typeof english> = {
  deploy: 'Ausliefern',
  cancel: 'Deploy abbrechen',
  states: {
    queued: 'Wartet',
    running: 'Wird ausgeliefert',
    succeeded: 'Live',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
    unchanged: 'Nichts Neues',
    unknown: 'Unbekannt',
  },
  succeeded: 'Erfolgreich',
  reasons: {
    first: 'Erster Deploy',
    manual: 'Von Hand',
    push: 'Push',
    poll: 'Push, durch Abfragen bemerkt',
    rollback: 'Zurückgesetzt',
  },
  phases: {
    connect: 'Verbinden',
    key: 'Deploy-Schlüssel',
    fetch: 'Holen',
    release: 'Release',
    command: 'Befehl',
    switch: 'Live gehen',
    clean: 'Aufräumen',
    report: 'Melden',
  },
  phasesLabel: 'Phasen',
  by: (author) => `Commit von ${author}`,
  unknownCommit: 'Commit noch unbekannt',
  queuedText: 'Er beginnt, wenn der Deploy davor beendet ist.',
  unchangedText: 'Der neueste Commit ist schon live, oder kein überwachter Pfad wurde geändert.',

  log: 'Protokoll',
  logEmpty: 'Das Protokoll ist leer.',
  cut: (size) => `… ${size} ausgelassen …`,
  logWaiting: 'Warten auf die erste Zeile.',
  search: 'Protokoll durchsuchen',
  matches: (at, of) => `${formatCount(at)} von ${formatCount(of)}`,
  noMatches: 'Kein Treffer',
  previous: 'Vorheriger Treffer',
  next: 'Nächster Treffer',
  copy: 'Protokoll kopieren',
  copyEnd: (lines) => `Letzte ${formatNoun(lines, 'Zeile', 'Zeilen')} kopieren`,
  toEnd: 'Dem Ende folgen',
  lines: (count) => formatNoun(count, 'Zeile', 'Zeilen'),

  history: 'Verlauf',
  historyEmptyTitle: 'Noch nicht ausgeliefert',
  historyEmptyText:
    'Der erste Deploy erzeugt einen Schlüssel auf dem Server, holt den Branch und bringt das erste Release live.',
  older: 'Ältere anzeigen',
  showDeploy: (commit) => `Protokoll von ${commit} anzeigen`,

  releasesAbout:
    'Die drei neuesten Releases bleiben auf dem Server. Zurücksetzen wechselt sofort zu einem davon, ohne etwas zu holen oder auszuführen.',
  releasesEmpty: 'Auf dem Server ist noch kein Release.',
  current: 'Live',
  rollback: 'Zurücksetzen',
  rollbackTo: (release) => `Auf ${release} zurücksetzen`,

  rulesAbout:
    'Muster wie in .gitignore, eines je Zeile: Der letzte Treffer zählt, „!“ nimmt etwas wieder aus. Leer überwacht jede Datei.',
  rulesLabel: 'Überwachte Pfade',
  rulesPlaceholder: 'src/\npackage.json\n!docs/',
  rulesResult: (deploying, all) =>
    `Von den letzten ${formatNoun(all, 'Commit', 'Commits')} ${deploying === 1 ? 'wäre' : 'wären'} ${formatCount(deploying)} ausgeliefert worden.`,
  rulesTrying: 'Werden an den letzten Commits erprobt',
  rulesEmpty: 'Der Branch hat keine Commits, an denen sie erprobt werden könnten.',
  wouldDeploy: 'Deploy',
  wouldNot: 'Übersprungen',
  byPattern: (pattern) => `durch ${pattern}`,
  noPattern: 'kein Muster passt',
  anyFile: 'jede Datei wird überwacht',
  files: (count) => formatNoun(count, 'Datei', 'Dateien'),
  saveRules: 'Überwachte Pfade speichern',
  savedRules: 'Gespeichert',
}
