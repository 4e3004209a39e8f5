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
    title: (host) => `Ist das wirklich ${host}?`,
    unseen: 'Er wurde noch nie gesehen. Vergleichen Sie den Fingerabdruck mit dem, den Sie vom Administrator erhalten.',
    published: 'Er gleicht dem Schlüssel, den der Host veröffentlicht.',
    foreign: (published) =>
      `Das ist nicht der Schlüssel, den der Host veröffentlicht: ${published}. Fahren Sie nur fort, wenn Sie wissen, warum.`,
    trust: 'Diesem Host-Schlüssel vertrauen',
  },
}
