import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Befehle',
  placeholder: 'Befehl, Konto oder Repository eingeben',
  nothing: 'Nichts passt.',
  open: 'Suchen',
  repositories: 'Repositorys',
  clipboard: 'Aus der Zwischenablage',
  goTo: 'Gehe zu',
}
