import { ChevronDown } from 'lucide-react'
import style from './select.module.css'

/** A choice from a list, as the system draws it. `label` is its name; a value that is not offered is shown all the same. */
export const Select = <Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, label: string])[]
  readonly onChange: (value: Value) => void
}) => (
  <span className={style.box}>
    <select
      className={style.select}
      aria-label={props.label}
      value={props.value}
      onChange={({ currentTarget }) => {
        const chosen = props.choices.find(([value]) => value === currentTarget.value)
        if (chosen !== undefined) props.onChange(chosen[0])
      }}
    >
      {props.choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
    <ChevronDown size={14} aria-hidden className={style.arrow} />
  </span>
)
