import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import style from './settings.module.css'
import { words } from './words'

/** A text that is saved by a button or Enter, and comes back from main as it was stored. */
export const SavedText = (props: {
  readonly label: string
  readonly about: string
  readonly value: string
  readonly placeholder: string
  /** The value is not in use yet, so that it can be saved as it is. */
  readonly unsaved?: boolean
  readonly check?: (text: string) => string | null
  readonly onSave: (text: string) => void
}) => {
  const [text, setText] = useState(props.value)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => setText(props.value), [props.value])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const problem = props.check?.(text.trim()) ?? null
    setWrong(problem)
    if (problem === null) props.onSave(text.trim())
  }
  return (
    <form className={style.saved} onSubmit={submit}>
      <TextField
        label={props.label}
        about={props.about}
        error={wrong}
        value={text}
        placeholder={props.placeholder}
        onText={setText}
        end={
          <Button
            type="submit"
            className={style['save-button'] ?? ''}
            disabled={text === props.value && props.unsaved !== true}
          >
            {words.save}
          </Button>
        }
      />
    </form>
  )
}
