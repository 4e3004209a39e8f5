import { useId, useState } from 'react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import style from './host-keys.module.css'
import { words } from './words'

/** Takes over lines of a known_hosts file: hosts, certificate authorities, withdrawn keys. */
export const AddLinesDialog = (props: { readonly onAdded: () => void; readonly onClose: () => void }) => {
  const id = useId()
  const [text, setText] = useState('')
  const add = async () => {
    const count = await api.hostKeys.take({ text })
    toast({ tone: 'good', title: words.added(count) })
    props.onClose()
    props.onAdded()
  }
  return (
    <Dialog open title={words.addTitle} size={640} onClose={props.onClose}>
      <label className={style.label} htmlFor={id}>
        {words.addLabel}
      </label>
      <textarea
        id={id}
        className={style.lines}
        rows={8}
        maxLength={262_144}
        spellCheck={false}
        placeholder="@cert-authority *.example.com ssh-ed25519 AAAA…"
        aria-describedby={`${id}-about`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <p id={`${id}-about`} className={style.quiet}>
        {words.addAbout}
      </p>
      <DialogButtons>
        <Button onClick={props.onClose}>{words.cancel}</Button>
        <Button look="primary" disabled={text.trim() === ''} onClick={() => void add().catch(reportFailure)}>
          {words.addVerb}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
