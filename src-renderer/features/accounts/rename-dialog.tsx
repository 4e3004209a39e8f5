import { useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { accounts } from './use-accounts'
import { words } from './words'

const Form = ({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) => {
  const [label, setLabel] = useState(account.label)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void accounts.rename(account.id, label.trim())
        onClose()
      }}
    >
      <TextField
        label={words.renameLabel}
        about={words.renameAbout}
        value={label}
        placeholder={account.login}
        maxLength={80}
        onText={setLabel}
        data-autofocus
      />
      <DialogButtons>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary">
          {words.save}
        </Button>
      </DialogButtons>
    </form>
  )
}

/** Gives an account a name of the person's own. */
export const RenameDialog = (props: { readonly account: Account | null; readonly onClose: () => void }) => (
  <Dialog open={props.account !== null} title={words.renameTitle} onClose={props.onClose}>
    {props.account !== null && <Form key={props.account.id} account={props.account} onClose={props.onClose} />}
  </Dialog>
)
