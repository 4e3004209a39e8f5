import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { type Check, CheckList } from '../../ui/check-list'
import { CopyButton } from '../../ui/copy-button'
import { useAccounts } from '../accounts/use-accounts'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

/**
 * The way from an old key to its successor, in the order that keeps everything working: the new one is added, then proved
 * for one account after the other, and only then the old one can go.
 */
export const Rotation = (props: {
  readonly old: SshKey
  readonly successorId: string
  readonly onRemove: () => void
}) => {
  const { old } = props
  const successor = useKeys()?.find(({ id }) => id === props.successorId)
  const accounts = useAccounts((state) => state.accounts)
  if (successor === undefined) return null
  const left = old.accounts.flatMap((id) => accounts?.find((account) => account.id === id) ?? [])
  const moved = left.length === 0
  const checks: readonly Check[] = [
    {
      id: 'add',
      label: words.rotateAdd(successor.name),
      state: moved ? 'passed' : 'waiting',
      action: (
        <CopyButton small copy={() => api.system.copy({ text: successor.publicKey })}>
          {words.copy}
        </CopyButton>
      ),
    },
    ...left.map(
      (account): Check => ({
        id: account.id,
        label: words.rotateMove(account.label || account.login),
        state: 'waiting',
        action: (
          <Button
            small
            look="primary"
            onClick={() =>
              navigate(
                `/accounts/connect/ssh?reconnects=${encodeURIComponent(account.id)}&key=${encodeURIComponent(successor.id)}`,
              )
            }
          >
            {words.rotateProve}
          </Button>
        ),
      }),
    ),
    {
      id: 'remove',
      label: words.rotateRemove,
      state: 'waiting',
      action: (
        <Button small disabled={!moved} onClick={props.onRemove}>
          {words.remove}
        </Button>
      ),
    },
  ]
  return (
    <div className={style.rotation}>
      <p>{words.rotateAbout(successor.name)}</p>
      <CheckList label={words.rotateList(old.name)} checks={checks} />
    </div>
  )
}
