import { Popover } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { ownOf } from '../../src-preload/contract/own'
import { classNames } from './class-names'
import field from './field.module.css'
import style from './search-select.module.css'
import { words } from './words'

/** One thing to choose. */
export interface SearchOption {
  readonly id: string
  readonly label: string
  readonly detail?: string | null
}

/** Where the options come from: any number, of which those in view are asked for. */
export interface SearchSource {
  /** How many match the text. */
  readonly total: number
  /** The option at an index, or null while it is on its way. */
  readonly at: (index: number) => SearchOption | null
  /** Tells which are in view. */
  readonly onShow: (first: number, last: number) => void
  readonly onText: (text: string) => void
  readonly onChoose: (index: number) => void
  /** Said in place of options when there are none; null while they are on their way. */
  readonly none: string | null
  /** A line below the options: how many, what is still coming. */
  readonly foot?: ReactNode
}

/** Pixels an option. */
const height = 32

const Options = (props: {
  readonly id: string
  readonly label: string
  readonly source: SearchSource
  readonly active: number
  readonly chosen: string | null
  readonly onPick: (index: number) => void
  readonly onActive: (index: number) => void
}) => {
  const { source, active } = props
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: source.total,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: { width: 0, height: 288 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { onShow } = source
  useEffect(() => onShow(first, last), [first, last, onShow])
  useEffect(() => {
    if (active < source.total) virtual.scrollToIndex(active)
  }, [active, source.total, virtual])
  return (
    <div ref={box} className={style.options}>
      <div
        id={props.id}
        role="listbox"
        aria-label={props.label}
        className={style.canvas}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const option = source.at(index)
          return (
            <button
              key={index}
              type="button"
              role="option"
              id={`${props.id}-${index}`}
              tabIndex={-1}
              className={style.option}
              style={{ transform: `translateY(${start}px)` }}
              aria-selected={option !== null && option.id === props.chosen}
              aria-setsize={source.total}
              aria-posinset={index + 1}
              data-active={index === active ? '' : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => props.onActive(index)}
              onClick={() => props.onPick(index)}
            >
              {option === null ? (
                <span className={style.ghost} />
              ) : (
                <>
                  <bdi className={style.label}>{option.label}</bdi>
                  {option.detail !== null && option.detail !== undefined && (
                    <span className={style.detail}>{option.detail}</span>
                  )}
                </>
              )}
            </button>
          )
        })}
      </div>
    </div>
  )
}

/** A field that chooses from a long list by typing. Arrows move, Enter chooses, Esc closes. */
export const SearchSelect = (props: {
  readonly label: string
  readonly about?: ReactNode
  readonly placeholder: string
  /** The chosen option, or null. */
  readonly chosen: { readonly id: string; readonly label: string } | null
  readonly source: SearchSource
}) => {
  const { source, chosen } = props
  const id = useId()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const list = `${id}-list`

  const type = (typed: string) => {
    // A field that shows its choice is replaced by what is typed, not continued.
    const next = open || chosen === null ? typed : typed.replace(chosen.label, '')
    setText(next)
    setActive(0)
    setOpen(true)
    source.onText(next)
  }
  const show = () => {
    if (open) return
    setActive(0)
    setOpen(true)
    source.onText(text)
  }
  const close = () => {
    setOpen(false)
    if (text === '') return
    setText('')
    source.onText('')
  }
  const pick = (index: number) => {
    if (source.at(index) === null) return
    source.onChoose(index)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
      return
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (open) pick(active)
      return
    }
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const move = ownOf(moves, event.key)
    if (move === undefined) return
    event.preventDefault()
    if (open) setActive(Math.max(0, Math.min(source.total - 1, active + move)))
    else show()
  }
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {props.label}
      </label>
      <Popover
        opened={open}
        position="bottom-start"
        width="target"
        withRoles={false}
        withinPortal={false}
        trapFocus={false}
      >
        <Popover.Target>
          <div className={field.box}>
            <input
              id={id}
              type="text"
              role="combobox"
              className={classNames(field.input, style.input)}
              spellCheck={false}
              autoComplete="off"
              placeholder={chosen?.label ?? props.placeholder}
              value={open ? text : (chosen?.label ?? '')}
              aria-expanded={open}
              aria-controls={open ? list : undefined}
              aria-autocomplete="list"
              aria-activedescendant={open && source.total > 0 ? `${list}-${active}` : undefined}
              aria-describedby={`${id}-words`}
              onChange={({ currentTarget }) => type(currentTarget.value)}
              onFocus={({ currentTarget }) => currentTarget.select()}
              onMouseDown={show}
              onBlur={close}
              onKeyDown={onKeyDown}
            />
            <ChevronDown size={14} aria-hidden className={style.arrow} />
          </div>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          {source.total > 0 ? (
            <Options
              id={list}
              label={props.label}
              source={source}
              active={active}
              chosen={chosen?.id ?? null}
              onPick={pick}
              onActive={setActive}
            />
          ) : (
            <p className={style.none} role="status">
              {source.none ?? words.loading}
            </p>
          )}
          {source.foot !== undefined && source.foot !== null && <div className={style.foot}>{source.foot}</div>}
        </Popover.Dropdown>
      </Popover>
      <div id={`${id}-words`} className={field.about}>
        {props.about}
      </div>
    </div>
  )
}
