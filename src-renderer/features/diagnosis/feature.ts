import { later } from '../../later'
import { navigate } from '../../location'
import type { Feature } from '../../route'
import { words as repositoryWords } from '../repositories/words'
import { diagnosis } from './use-diagnosis'
import { words } from './words'

/** "Why can't I see my repository?": a panel over any screen. */
export const diagnosisFeature: Feature = {
  name: 'diagnosis',
  routes: [
    {
      path: '/diagnosis',
      crumbs: [words.title],
      page: later(async () => (await import('./diagnosis-panel')).DiagnosisPanel),
      panel: true,
    },
  ],
  commands: () => [
    {
      id: 'diagnosis',
      group: repositoryWords.title,
      label: words.title,
      keywords: 'missing hidden not showing find',
      run: () => navigate('/diagnosis'),
    },
  ],
  start: diagnosis.start,
}
