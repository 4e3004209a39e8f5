import type { VaultStatus } from '../../../src-preload/contract/entities/vault'
import { navigate } from '../../location'
import { StateMark, type StateTone } from '../../ui/state-mark'
import { useVault } from './use-vault'
import style from './vault.module.css'
import { words } from './words'

const markOf = ({ state, holder }: VaultStatus): { readonly tone: StateTone; readonly word: string } => {
  switch (state) {
    case 'open':
      return { tone: holder === 'session' ? 'warn' : 'good', word: words.holderMark[holder ?? 'session'] }
    case 'opening':
    case 'waiting':
      return { tone: 'busy', word: words.mark[state] }
    case 'damaged':
      return { tone: 'bad', word: words.mark.damaged }
    default:
      return { tone: 'warn', word: words.mark[state] }
  }
}

/** The line at the sidebar's foot: where secrets are kept, at a glance; opens the panel. */
export const VaultMark = () => {
  const status = useVault((state) => state.status)
  if (status === null) return null
  const { tone, word } = markOf(status)
  return (
    <button
      type="button"
      className={style.mark}
      aria-label={words.markLabel(word)}
      aria-haspopup="dialog"
      onClick={() => navigate('/vault')}
    >
      <StateMark tone={tone}>{word}</StateMark>
    </button>
  )
}
