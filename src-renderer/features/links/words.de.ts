import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Ein Link von außen',
  asked: 'Eine Seite oder ein Programm bittet CloudAIPilot, dieses Repository zu öffnen:',
  careful: 'Fahren Sie nur fort, wenn Sie selbst auf den Link geklickt haben. Bisher wurde nichts gesendet.',
  open: 'Repository öffnen',
  cancel: 'Abbrechen',
  strange: 'Eine Seite oder ein Programm hat CloudAIPilot diesen Link geschickt:',
  nothing: 'CloudAIPilot weiß nicht, worum er bittet. Es wurde nichts getan.',
  close: 'Schließen',
}
