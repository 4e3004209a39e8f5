import type { Translated } from '../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  loading: 'Wird geladen',
  close: 'Schließen',
  show: 'Anzeigen',
  hide: 'Ausblenden',
  copied: 'Kopiert',
  checks: {
    waiting: 'wartet',
    running: 'läuft',
    passed: 'bestanden',
    warned: 'mit Warnung bestanden',
    failed: 'fehlgeschlagen',
    skipped: 'übersprungen',
  },
  hostKey: {
    title: (host) => `Dem SSH-Schlüssel von ${host} wird noch nicht vertraut`,
    unseen: 'Vergleichen Sie ihn einmal. Danach geht die Verbindung weiter.',
    foreign: 'Es ist nicht der Schlüssel, den der Host veröffentlicht. Möglicherweise fängt jemand die Verbindung ab.',
    compare: 'Host-Schlüssel vergleichen',
  },
}
