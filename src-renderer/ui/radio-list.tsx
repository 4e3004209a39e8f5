import { type ReactNode, useId } from 'react'
import style from './radio-list.module.css'

/** One of a few ways to do something. `body` unfolds while it is the chosen one. */
export interface RadioChoice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly about?: string
  readonly body?: ReactNode
}

/** A few ways to do something, of which one is chosen. */
export const RadioList = <Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly choices: readonly RadioChoice<Value>[]
  readonly onChange: (value: Value) => void
}) => {
  const name = useId()
  return (
    <div className={style.list} role="radiogroup" aria-label={props.label}>
      {props.choices.map((choice) => (
        <div key={choice.value} className={style.choice}>
          <label className={style.label}>
            <input
              type="radio"
              name={name}
              checked={choice.value === props.value}
              onChange={() => props.onChange(choice.value)}
            />
            <span>
              <span className={style.name}>{choice.label}</span>
              {choice.about !== undefined && <span className={style.about}>{choice.about}</span>}
            </span>
          </label>
          {choice.value === props.value && choice.body !== undefined && <div className={style.body}>{choice.body}</div>}
        </div>
      ))}
    </div>
  )
}
