import type { VaultStatus } from '../../../src-preload/contract/entities/vault'
import { navigate } from '../../location'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import type { StateTone } from '../../ui/state-mark'
import { useVault } from './use-vault'
import { words } from './words'

type Asking = Exclude<VaultStatus['state'], 'open' | 'opening'>

const bars: Record<Asking, { readonly tone: StateTone; readonly title: string; readonly text: string }> = {
  waiting: { tone: 'busy', title: words.waitingTitle, text: words.waitingText },
  choose: { tone: 'warn', title: words.chooseTitle, text: words.chooseText },
  locked: { tone: 'warn', title: words.lockedTitle, text: words.lockedText },
  damaged: { tone: 'bad', title: words.damagedTitle, text: words.damagedText },
}

/** Above every screen while the secrets can't be used: says why, and leads to the panel. */
export const VaultBar = () => {
  const state = useVault(({ status }) => status?.state)
  if (state === undefined || state === 'open' || state === 'opening') return null
  const { tone, title, text } = bars[state]
  return (
    <Banner
      tone={tone}
      title={title}
      actions={
        <Button small onClick={() => navigate('/vault')}>
          {words.openPanel}
        </Button>
      }
    >
      {text}
    </Banner>
  )
}
