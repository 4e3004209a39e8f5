import { useEffect, useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { SelectField } from '../../ui/labelled'
import { nameOf } from '../accounts/account-view'
import { useAccounts } from '../accounts/use-accounts'
import { words } from './form-words'

/** Accounts to deploy from, by name and host. */
export const AccountField = (props: { readonly accountId: string; readonly onAccount: (account: Account) => void }) => {
  const accounts = useAccounts((state) => state.accounts) ?? []
  return (
    <SelectField
      label={words.account}
      value={props.accountId}
      choices={[
        ...(props.accountId === '' ? [['', words.chooseAccount] as const] : []),
        ...accounts.map((account) => [account.id, `${nameOf(account)} · ${hostName(account.host)}`] as const),
      ]}
      onChange={(id) => {
        const account = accounts.find((one) => one.id === id)
        if (account !== undefined) props.onAccount(account)
      }}
    />
  )
}

/** Milliseconds without a keystroke before an address is read. */
const pause = 250

/** The clone address for an account that only has a key; what is wrong with it stands below. */
export const AddressField = (props: { readonly address: string; readonly onAddress: (address: string) => void }) => {
  const { address, onAddress } = props
  const [refused, setRefused] = useState<FailureData | null>(null)
  useEffect(() => {
    let current = true
    setRefused(null)
    if (address.trim() === '') return
    const timer = setTimeout(() => {
      api.sshKeys.parseAddress({ address }).catch((error: unknown) => current && setRefused(toFailure(error)))
    }, pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [address])
  const corrected = refused?.facts.corrected
  return (
    <>
      <TextField label={words.address} about={words.addressAbout} value={address} maxLength={2048} onText={onAddress} />
      {refused !== null && (
        <FailureCard failure={refused} handlers={{ 'edit-address': () => onAddress('') }}>
          {corrected !== undefined && corrected !== '' && (
            <Button small onClick={() => onAddress(corrected)}>
              {words.corrected(corrected)}
            </Button>
          )}
        </FailureCard>
      )}
    </>
  )
}
