import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Importieren, was schon da ist',
  about:
    'Anmeldungen, die gh, glab und git auf diesem Computer verwahren. Nachgesehen wird erst, wenn Sie darum bitten, und übernommen nur, was Sie auswählen.',
  look: 'Nach Anmeldungen suchen',
  none: 'Weder gh noch glab noch git verwahrt hier eine Anmeldung.',
  sources: {
    gh: 'das Programm von GitHub (gh)',
    glab: 'das Programm von GitLab (glab)',
    'git-credentials': 'die unverschlüsselte Passwortdatei von git',
    'git-helper': 'Credential Helper von git',
  },
  take: 'Verbinden',
  takeLogin: (login, host) => `${login} bei ${host} verbinden`,
  connected: (login) => `Verbunden als ${login}`,
}
