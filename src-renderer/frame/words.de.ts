import type { Translated } from '../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  navigation: 'Hauptnavigation',
  settings: 'Einstellungen',
  path: 'Aktueller Ort',
  general: 'Allgemeine Einstellungen',
  about: 'Über CloudAIPilot',
  accounts: 'Git-Konten',
  search: 'Suchen',
}
