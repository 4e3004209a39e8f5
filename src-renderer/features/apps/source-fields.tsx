import { useCallback, useEffect, useRef, useState } from 'react'
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
import { RemoteBranchField } from '../clones/branch-field'
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
export const AddressField = (props: {
  readonly address: string
  /** `branch` where a page was pasted that names one. */
  readonly onAddress: (address: string, branch?: string) => void
}) => {
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
      <TextField
        label={words.address}
        about={words.addressAbout}
        value={address}
        maxLength={2048}
        onText={(text) => onAddress(text)}
      />
      {refused !== null && (
        <FailureCard failure={refused} handlers={{ 'edit-address': () => onAddress('') }}>
          {corrected !== undefined && corrected !== '' && (
            <Button small onClick={() => onAddress(corrected, refused.facts.branch)}>
              {words.corrected(corrected)}
            </Button>
          )}
        </FailureCard>
      )}
    </>
  )
}

/** Milliseconds without a keystroke before the host of an address is asked. */
const settles = 600

/** The branch of an address without an interface, from what its remote lists; the default one to begin with. */
export const AddressBranchField = (props: {
  readonly accountId: string
  readonly address: string
  readonly branch: string
  readonly onBranch: (branch: string) => void
}) => {
  const { address, branch, onBranch } = props
  const [settled, setSettled] = useState(address)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(address), settles)
    return () => clearTimeout(timer)
  }, [address])
  const latest = useRef({ branch, onBranch })
  latest.current = { branch, onBranch }
  const takeDefault = useCallback((usual: string) => {
    if (latest.current.branch === '') latest.current.onBranch(usual)
  }, [])
  if (settled.trim() === '' || settled !== address) {
    return (
      <TextField
        label={words.branch}
        about={words.branchAbout}
        value={branch}
        maxLength={255}
        placeholder="main"
        onText={onBranch}
      />
    )
  }
  return (
    <RemoteBranchField
      accountId={props.accountId}
      address={settled}
      branch={branch === '' ? null : branch}
      onBranch={(chosen) => onBranch(chosen ?? '')}
      onDefault={takeDefault}
      about={words.branchAbout}
    />
  )
}
