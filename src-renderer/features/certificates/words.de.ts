import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

/** What git makes of a certificate that is trusted by hand. */
const git = {
  expired: 'Auch Git achtet auf die Daten und klont nicht über HTTPS, bis der Host ein neues hat.',
  'not-yet-valid': 'Auch Git achtet auf die Daten und klont bis dahin nicht über HTTPS.',
  'wrong-host': 'Auch Git vergleicht den Namen und klont nicht über HTTPS von dieser Adresse.',
}

export const german: Translated<typeof english> = {
  question: 'Nicht vertrauenswürdiges Zertifikat',
  title: 'Vertrauenswürdige Zertifikate',
  about: 'Zertifikate, für die niemand sonst bürgt. Jedem wird nur für einen Host vertraut.',
  none: 'Keine. Zeigt ein Host ein Zertifikat, das dieser Computer nicht kennt, werden Sie gefragt.',
  ask: (host) => `${host} zeigt dieses Zertifikat:`,
  facts: {
    subject: 'Ausgestellt für',
    issuer: 'Ausgestellt von',
    validFrom: 'Gültig ab',
    validTo: 'Gültig bis',
    sha256: 'SHA-256-Fingerabdruck',
  },
  advice:
    'Vertrauen Sie ihm nur, wenn Sie diesen Fingerabdruck vom Betreiber des Hosts erhalten haben. Es gilt dann für diesen Host, für die Schnittstelle des Anbieters und für Git, bis Sie es vergessen lassen.',
  git,
  changed: {
    title: 'Der Host zeigt jetzt ein anderes Zertifikat.',
    cause: 'Es hat sich in der Zwischenzeit geändert. Keinem wurde vertraut.',
    fix: 'Vergleichen Sie das oben angezeigte.',
  },
  copy: 'Fingerabdruck kopieren',
  trust: (host) => `Diesem Zertifikat für ${host} vertrauen`,
  cancel: 'Abbrechen',
  trusted: (host) => `Dem Zertifikat von ${host} wird vertraut`,
  tryAgain: 'Versuchen Sie erneut, was fehlgeschlagen ist.',
  trustedSince: 'vertraut',
  forget: 'Vergessen',
  forgetHost: (host) => `Zertifikat von ${host} vergessen`,
  forgetTitle: (host) => `Zertifikat von ${host} vergessen?`,
  forgetText: (host) =>
    `Konten bei ${host} sind dann nicht mehr erreichbar, außer eine bekannte Stelle bürgt für den Host.`,
  forgetVerb: 'Zertifikat vergessen',
}
