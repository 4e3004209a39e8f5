import { useState } from 'react'
import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { ConfirmDialog, Dialog, DialogButtons } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import style from './webhooks.module.css'
import { words } from './words'

/** What can be open above the panel. */
export type WebhookDialog = 'url' | 'remove' | 'rotate'

const UrlForm = (props: {
  readonly webhook: Webhook
  readonly onSave: (url: string | null) => Promise<void>
  readonly onClose: () => void
}) => {
  const [url, setUrl] = useState(props.webhook.ownUrl ?? '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const save = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await props.onSave(url.trim() === '' ? null : url.trim())
      props.onClose()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  return (
    <form
      className={style.fields}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p className={style.quiet}>{words.url.text}</p>
      <TextField
        label={words.url.label}
        about={words.url.about}
        value={url}
        maxLength={2048}
        placeholder={props.webhook.url ?? 'https://hooks.example.com/deploy'}
        onText={setUrl}
        data-autofocus
      />
      {failure !== null && (
        <FailureCard
          failure={failure}
          handlers={{ retry: () => void save(), 'edit-address': () => setFailure(null) }}
        />
      )}
      <DialogButtons>
        <Button onClick={props.onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {words.url.save}
        </Button>
      </DialogButtons>
    </form>
  )
}

/** The dialog that is open above the panel, if any. */
export const WebhookDialogs = (props: {
  readonly open: WebhookDialog | null
  readonly webhook: Webhook
  readonly path: string
  readonly onUrl: (url: string | null) => Promise<void>
  readonly onRemove: () => void
  readonly onRotate: () => void
  readonly onClose: () => void
}) => {
  const { open, webhook, onClose } = props
  const confirm = (run: () => void) => () => {
    onClose()
    run()
  }
  return (
    <>
      <Dialog open={open === 'url'} title={words.url.title} size={520} onClose={onClose}>
        {open === 'url' && <UrlForm webhook={webhook} onSave={props.onUrl} onClose={onClose} />}
      </Dialog>
      <ConfirmDialog
        open={open === 'remove'}
        title={words.removing.title}
        verb={words.removing.verb}
        cancel={words.cancel}
        onConfirm={confirm(props.onRemove)}
        onClose={onClose}
      >
        <p>{words.removing.text(props.path)}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'rotate'}
        title={words.rotating.title}
        verb={words.rotating.verb}
        cancel={words.cancel}
        onConfirm={confirm(props.onRotate)}
        onClose={onClose}
      >
        <p>{webhook.kind === 'by-hand' ? words.rotating.byHand : words.rotating.text}</p>
      </ConfirmDialog>
    </>
  )
}
