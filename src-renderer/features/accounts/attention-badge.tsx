import { StateShape } from '../../ui/state-mark'
import { useAccounts } from './use-accounts'
import { words } from './words'

const asks = new Set(['expired', 'revoked', 'needs-attention'])

/** A mark in the sidebar while an account asks for something. */
export const AttentionBadge = () => {
  const asking = useAccounts((state) => state.accounts?.filter((account) => asks.has(account.state)).length ?? 0)
  if (asking === 0) return null
  return (
    <span role="img" aria-label={words.asking(asking)} title={words.asking(asking)}>
      <StateShape tone="warn" />
    </span>
  )
}
