import { Eye, EyeOff } from 'lucide-react'
import { type ComponentPropsWithRef, type ReactNode, useId, useState } from 'react'
import { classNames } from './class-names'
import style from './field.module.css'
import { IconButton } from './icon-button'
import { words } from './words'

/** What every field has: a name, words below it, and what is wrong with its content. */
export interface FieldProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'id' | 'about' | 'autoFocus'> {
  readonly label: string
  readonly about?: ReactNode
  readonly error?: ReactNode
  readonly onText: (text: string) => void
  readonly end?: ReactNode
  readonly autoFocus?: boolean | undefined
}

/** One line of text with its label above. Content is code-like: never corrected, capitalised or kept by the browser. */
export const TextField = ({ label, about, error, onText, end, className, ...rest }: FieldProps) => {
  const id = useId()
  const wrong = error !== undefined && error !== null && error !== false
  return (
    <div className={style.field}>
      <label className={style.label} htmlFor={id}>
        {label}
      </label>
      <div className={style.box}>
        <input
          type="text"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          {...rest}
          id={id}
          className={classNames(style.input, className)}
          aria-invalid={wrong}
          aria-describedby={wrong || about !== undefined ? `${id}-words` : undefined}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {end}
      </div>
      {(wrong || about !== undefined) && (
        <div id={`${id}-words`} className={wrong ? style.error : style.about} aria-live="polite">
          {wrong ? error : about}
        </div>
      )}
    </div>
  )
}

/** A field for a secret: hidden unless asked for. What is typed goes to main once and is not kept here. */
export const SecretField = (props: Omit<FieldProps, 'end' | 'type'>) => {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      className={style.secret ?? ''}
      end={
        <IconButton
          className={style.reveal}
          label={shown ? words.hide : words.show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          icon={shown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
        />
      }
    />
  )
}
