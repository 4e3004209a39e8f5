import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'CloudAIPilot kann seinen Ordner nicht verwenden',
  reasons: {
    'read-only': 'Der Datenträger, auf dem er liegt, lässt sich nur lesen.',
    full: 'Auf dem Datenträger ist kein Platz mehr, oder Ihr Anteil daran ist verbraucht.',
    denied:
      'Sie dürfen dort nicht lesen oder schreiben. Vielleicht gehört er jemand anderem, etwa nach einem Start mit sudo.',
    'no-folder': 'Wo ein Ordner sein muss, liegt eine Datei.',
    'no-file': 'Das ist keine Datei, die die App dort angelegt haben kann.',
    broken: 'Das System konnte dort nicht lesen oder schreiben.',
  },
  actions: {
    'read-only':
      'Machen Sie den Datenträger beschreibbar, oder verschieben Sie den Ordner auf einen anderen. Starten Sie CloudAIPilot dann erneut.',
    full: 'Schaffen Sie etwas Platz. Starten Sie CloudAIPilot dann erneut.',
    denied:
      'Übernehmen Sie ihn, oder geben Sie sich das Recht, dort zu lesen und zu schreiben. Starten Sie CloudAIPilot dann erneut.',
    'no-folder': 'Verschieben Sie diese Datei. Starten Sie CloudAIPilot dann erneut.',
    'no-file': 'Verschieben Sie sie. Starten Sie CloudAIPilot dann erneut.',
    broken: 'Prüfen Sie den Datenträger. Starten Sie CloudAIPilot dann erneut.',
  },
  untouched: 'Darin wurde nichts verändert.',
  quit: 'Beenden',
}
