import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Vertrauenswürdige Zertifikate',
  about: 'Zertifikate, für die niemand sonst bürgt. Jedem wird nur für einen Host vertraut.',
  none: 'Keine. Zeigt ein Host ein Zertifikat, das dieser Computer nicht kennt, werden Sie gefragt.',
  changed: {
    title: 'Der Host zeigt jetzt ein anderes Zertifikat.',
    cause: 'Es hat sich in der Zwischenzeit geändert. Keinem wurde vertraut.',
    fix: 'Versuchen Sie es erneut, um das jetzige zu vergleichen.',
  },
  trusted: (host) => `Dem Zertifikat von ${host} wird vertraut`,
  tryAgain: 'Versuchen Sie erneut, was fehlgeschlagen ist.',
  trustedSince: 'vertraut',
  forget: 'Vergessen',
  forgetHost: (host) => `Zertifikat von ${host} vergessen`,
}
