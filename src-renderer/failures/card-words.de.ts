import type { Translated } from '../../src-preload/contract/language'
import type { english } from './card-words'

export const german: Translated<typeof english> = {
  evidence: 'Belege',
  copy: 'Belege kopieren',
  code: 'Code',
}
