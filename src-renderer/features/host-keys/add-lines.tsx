import { useState } from 'react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { TextArea } from '../../ui/labelled'
import { toast } from '../../ui/toast'
import { words } from './words'

/** Takes over lines of a known_hosts file: hosts, certificate authorities, withdrawn keys. */
export const AddLinesDialog = (props: { readonly onAdded: () => void; readonly onClose: () => void }) => {
  const [text, setText] = useState('')
  const add = async () => {
    const count = await api.hostKeys.take({ text })
    toast({ tone: 'good', title: words.added(count) })
    props.onClose()
    props.onAdded()
  }
  return (
    <Dialog open title={words.addTitle} size={640} onClose={props.onClose}>
      <TextArea
        label={words.addLabel}
        about={words.addAbout}
        value={text}
        rows={8}
        maxLength={262_144}
        placeholder="@cert-authority *.example.com ssh-ed25519 AAAA…"
        autoFocus
        onText={setText}
      />
      <DialogButtons>
        <Button onClick={props.onClose}>{words.cancel}</Button>
        <Button look="primary" disabled={text.trim() === ''} onClick={() => void add().catch(reportFailure)}>
          {words.addVerb}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
