import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Tastenkürzel',
  group: 'Hilfe',
  palette: 'Befehle, Konten und Repositorys',
  connect: 'Git-Konto verbinden',
  checkAll: 'Alle Konten prüfen',
  repositories: 'Repositorys',
  accounts: 'Git-Konten',
  keys: 'SSH-Schlüssel',
  settings: 'Einstellungen',
  back: 'Zurück',
  forward: 'Vorwärts',
  close: 'Bereich oder Dialog schließen',
  zoomIn: 'Größer',
  zoomOut: 'Kleiner',
  zoomReset: 'Originalgröße',
  sheet: 'Diese Übersicht',
}
