import type { Translated } from '../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  received: {
    title: 'Zurück zu CloudAIPilot',
    text: 'CloudAIPilot hat die Antwort und schließt die Anmeldung ab. Sie können diese Seite schließen.',
  },
  denied: {
    title: 'Der Zugriff wurde nicht erteilt',
    text: 'Es wurde nichts verbunden. CloudAIPilot zeigt, was Sie als Nächstes tun können. Sie können diese Seite schließen.',
  },
  foreign: {
    title: 'Diese Antwort gehört zu keiner Anmeldung',
    text: 'Sie stammt vielleicht von einem früheren Versuch. Kehren Sie zu CloudAIPilot zurück und öffnen Sie die Anmeldeseite dort erneut.',
  },
}
