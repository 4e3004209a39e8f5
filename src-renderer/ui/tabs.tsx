import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { ownOf } from '../../src-preload/contract/own'
import style from './tabs.module.css'

/** Parts of one screen of which one is shown. Arrow keys move between their names. */
export const Tabs = <Name extends string>(props: {
  readonly label: string
  readonly tabs: readonly (readonly [name: Name, label: ReactNode])[]
  readonly current: Name
  readonly onChoose: (name: Name) => void
  readonly children: ReactNode
}) => {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const names = props.tabs.map(([name]) => name)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = names.indexOf(props.current)
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % names.length,
      ArrowLeft: (at + names.length - 1) % names.length,
      Home: 0,
      End: names.length - 1,
    }
    const next = names[ownOf(moves, event.key) ?? -1]
    if (next === undefined) return
    event.preventDefault()
    props.onChoose(next)
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next}`)}`)?.focus()
  }
  return (
    <>
      <div ref={list} role="tablist" aria-label={props.label} className={style.tabs} onKeyDown={onKeyDown}>
        {props.tabs.map(([name, label]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === props.current}
            aria-controls={`${id}-panel`}
            tabIndex={name === props.current ? 0 : -1}
            className={style.tab}
            onClick={() => props.onChoose(name)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.current}`}>
        {props.children}
      </div>
    </>
  )
}
