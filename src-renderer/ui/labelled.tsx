import { type ReactNode, useId } from 'react'
import { classNames } from './class-names'
import field from './field.module.css'
import style from './labelled.module.css'
import { Select } from './select'

/** A choice from a list with its name above it, as wide as the form. */
export const SelectField = <Value extends string>(props: {
  readonly label: string
  readonly about?: ReactNode
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, label: string])[]
  readonly onChange: (value: Value) => void
}) => (
  <div className={field.field}>
    <span className={field.label} aria-hidden="true">
      {props.label}
    </span>
    <div className={style.select}>
      <Select label={props.label} value={props.value} choices={props.choices} onChange={props.onChange} />
    </div>
    {props.about !== undefined && <div className={field.about}>{props.about}</div>}
  </div>
)

/** Several lines of code-like text with its name above them. */
export const TextArea = (props: {
  readonly label: string
  readonly about?: ReactNode
  readonly error?: string | null
  readonly value: string
  readonly rows: number
  readonly maxLength?: number
  readonly placeholder?: string
  /** Whether a dialog that opens with it begins here. */
  readonly autoFocus?: boolean
  readonly onText: (text: string) => void
}) => {
  const id = useId()
  const wrong = props.error !== undefined && props.error !== null
  const below = wrong ? props.error : props.about
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        className={style.area}
        rows={props.rows}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={props.value}
        aria-invalid={wrong}
        aria-describedby={below === undefined ? undefined : `${id}-words`}
        onChange={({ currentTarget }) => props.onText(currentTarget.value)}
        data-autofocus={props.autoFocus ? true : undefined}
      />
      {below !== undefined && (
        <div id={`${id}-words`} className={classNames(wrong ? field.error : field.about)}>
          {below}
        </div>
      )}
    </div>
  )
}

/** Something that is ticked or not, as part of a form. */
export const Tick = (props: {
  readonly label: string
  readonly about?: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) => (
  <label className={style.tick}>
    <input type="checkbox" checked={props.on} onChange={({ currentTarget }) => props.onChange(currentTarget.checked)} />
    <span>
      <span className={style.tickLabel}>{props.label}</span>
      {props.about !== undefined && <span className={style.tickAbout}>{props.about}</span>}
    </span>
  </label>
)
