import { type ReactNode, useId } from 'react'
import style from './setting-row.module.css'

/** One setting: its name, what it does, and its control at the end of the line. */
const SettingRow = (props: {
  readonly id: string
  readonly label: string
  readonly about?: string | undefined
  readonly children: ReactNode
}) => (
  <div className={style.row}>
    <div className={style.words}>
      <span id={`${props.id}-label`} className={style.label}>
        {props.label}
      </span>
      {props.about !== undefined && (
        <p id={`${props.id}-about`} className={style.about}>
          {props.about}
        </p>
      )}
    </div>
    {props.children}
  </div>
)

/** A setting that is on or off, and takes effect at once. */
export const SwitchRow = (props: {
  readonly label: string
  readonly about?: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) => {
  const id = useId()
  return (
    <SettingRow id={id} label={props.label} about={props.about}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.on}
        className={style.switch}
        aria-labelledby={`${id}-label`}
        aria-describedby={props.about === undefined ? undefined : `${id}-about`}
        checked={props.on}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </SettingRow>
  )
}

/** A setting with a few values side by side. */
export const ChoiceRow = <Value extends string>(props: {
  readonly label: string
  readonly about?: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, label: string])[]
  readonly onChange: (value: Value) => void
}) => {
  const id = useId()
  return (
    <SettingRow id={id} label={props.label} about={props.about}>
      <div className={style.choices} role="radiogroup" aria-labelledby={`${id}-label`}>
        {props.choices.map(([value, label]) => (
          <label key={value} className={style.choice}>
            <input
              type="radio"
              name={id}
              value={value}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </SettingRow>
  )
}

/** A setting whose control is something else. */
export const OtherRow = (props: { readonly label: string; readonly about?: string; readonly children: ReactNode }) => {
  const id = useId()
  return (
    <SettingRow id={id} label={props.label} about={props.about}>
      {props.children}
    </SettingRow>
  )
}
