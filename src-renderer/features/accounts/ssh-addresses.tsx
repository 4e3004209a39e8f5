import type { Account } from '../../../src-preload/contract/entities/account'
import { api } from '../../api'
import { Button } from '../../ui/button'
import { CopyIcon } from '../../ui/copy-button'
import { cloneSheet } from '../clones/use-clones'
import style from './account-list.module.css'
import { words } from './words'

/** Opens the test-clone sheet for an address of an SSH account. */
export const openClone = ({ id }: Account, address: string): void =>
  cloneSheet.getState().open({ kind: 'ssh-address', accountId: id, address, branch: null })

/** The clone addresses that an SSH account has reached, each to be cloned again. */
export const SshAddresses = ({ account }: { readonly account: Account }) => (
  <ul className={style.addresses} aria-label={words.facts.addresses}>
    {account.addresses.map((address) => (
      <li key={address}>
        <code>{address}</code>
        <CopyIcon label={words.copyAddress} copy={() => api.system.copy({ text: address })} />
        <Button small aria-label={`${words.testClone} ${address}`} onClick={() => openClone(account, address)}>
          {words.testClone}
        </Button>
      </li>
    ))}
  </ul>
)
