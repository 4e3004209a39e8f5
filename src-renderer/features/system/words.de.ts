import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  notices: {
    'settings-restored': {
      title: 'Ihre Einstellungen wurden wiederhergestellt',
      text: 'Ihre Datei war nicht lesbar. Die letzte gute Kopie ist zurück; die defekte Datei wurde beiseitegelegt.',
    },
    'vault-restored': {
      title: 'Ihre gespeicherten Geheimnisse wurden wiederhergestellt',
      text: 'Ihre Datei war nicht lesbar. Die letzte gute Kopie ist zurück. Ein Konto, das seither erneuert wurde, bittet vielleicht um erneutes Verbinden.',
    },
    'vault-rolled-back': {
      title: 'Ihre gespeicherten Geheimnisse stammen aus einer älteren Datei',
      text: 'Jemand oder ein Backup hat sie wiederhergestellt. Waren Sie es nicht, prüfen Sie, wer auf diesen Computer zugreifen kann, und verbinden Sie Ihre Konten neu.',
      action: 'Konten zeigen',
    },
    'deep-link-ignored': {
      title: 'Ein Link von außen wurde nicht beachtet',
      text: 'Er gehörte zu keiner hier begonnenen Anmeldung. Kam er nicht von Ihnen, ist nichts zu tun.',
    },
  },
  dismiss: 'Ausblenden',
  noAccount: 'Kein Konto zur Hand?',
  playDemo: 'Spielen Sie die Demo ab',
  demoAbout: 'in einem eigenen Fenster, gegen einen Git-Host auf diesem Computer. Sie rührt nichts von Ihnen an.',
  demoPlaying: 'Die Demo läuft in einem eigenen Fenster. Schließen Sie es, um sie zu beenden.',
}
