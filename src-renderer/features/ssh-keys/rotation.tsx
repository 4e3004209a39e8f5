import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { type Check, CheckList } from '../../ui/check-list'
import { CopyButton } from '../../ui/copy-button'
import { useAccounts } from '../accounts/use-accounts'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

const hasPlace = (key: SshKey, accountId: string, repositoryId: string): boolean =>
  key.deployKeyOf.some((place) => place.accountId === accountId && place.repositoryId === repositoryId)

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
  const placed = old.deployKeyOf.every((place) => hasPlace(successor, place.accountId, place.repositoryId))
  const moved = left.length === 0 && placed
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
    ...old.deployKeyOf.map(
      ({ accountId, repositoryId, path }): Check => ({
        id: `${accountId} ${repositoryId}`,
        label: words.rotatePlace(path),
        state: hasPlace(successor, accountId, repositoryId) ? 'passed' : 'waiting',
        ...(hasPlace(successor, accountId, repositoryId)
          ? {}
          : {
              action: (
                <Button
                  small
                  onClick={() =>
                    void api.sshKeys.addDeployKey({ id: successor.id, accountId, repositoryId }).catch(reportFailure)
                  }
                >
                  {words.placeAdd}
                </Button>
              ),
            }),
      }),
    ),
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
