import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { ownOf } from '../../../src-preload/contract/own'
import { reportFailure } from '../../failures/report-failure'
import { usePainted } from '../../ready'
import { listTop, rowHeight } from './first-picture'
import style from './repositories.module.css'
import { RepositoryRow } from './repository-row'
import { useRepositories } from './use-repositories'
import { words } from './words'

/** Pixels of the window above the list, most often. */
const usualTop = 180

/**
 * The rows in view and a few around them, whatever the length of the list. One stop for Tab: arrows, Page keys, Home and
 * End move from row to row, Enter opens the details, `t` starts a test clone.
 */
export const RepositoryRows = (props: {
  readonly accountName: (accountId: string) => string | null
  readonly onClone: (repository: Repository) => void
}) => {
  const box = useRef<HTMLDivElement>(null)
  const total = useRepositories((state) => state.total)
  const rows = useRepositories((state) => state.rows)
  const selected = useRepositories((state) => state.selected)
  const select = useRepositories((state) => state.select)
  const show = useRepositories((state) => state.show)
  const question = useRepositories((state) => state.question)
  const [active, setActive] = useState(0)
  const [room] = useState(() => innerHeight - (listTop.read() || usualTop))
  // Every row is given a place, which takes a while when there are many: at first only those that are there.
  const painted = usePainted()
  const virtual = useVirtualizer({
    count: painted ? total : Math.min(total, rows.size),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    // The first rows are drawn at once, not after the box has been measured.
    initialRect: { width: 0, height: room },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    const shown = box.current
    if (shown === null) return
    const observer = new ResizeObserver(() => listTop.write(shown.getBoundingClientRect().top))
    observer.observe(shown)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    show(first, last).catch(reportFailure)
  }, [first, last, show])

  // A new question starts at the top; new rows for the same question leave the person where they are.
  const asked = useRef(question)
  useEffect(() => {
    if (asked.current === question) return
    asked.current = question
    setActive(0)
    box.current?.scrollTo({ top: 0 })
  }, [question])

  /** Set while the keyboard moves: the row may have to be drawn before it can take the focus. */
  const focusOn = useRef<number | null>(null)
  useEffect(() => {
    if (focusOn.current === null) return
    const button = box.current?.querySelector<HTMLElement>(`[data-index="${focusOn.current}"] > button`)
    if (button === null || button === undefined) return
    focusOn.current = null
    button.focus({ preventScroll: true })
  })

  const moveTo = (index: number) => {
    const next = Math.min(total - 1, Math.max(0, index))
    focusOn.current = next
    setActive(next)
    virtual.scrollToIndex(next)
    const row = rows.get(next)
    if (selected !== null && row !== undefined) select(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    }
    const target = ownOf(moves, event.key)
    const row = rows.get(active)
    if (target !== undefined) moveTo(target)
    else if (event.key === 't' && row !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey)
      props.onClone(row)
    else return
    event.preventDefault()
  }
  const choose = useCallback(
    (index: number, repository: Repository) => {
      setActive(index)
      select(repository)
    },
    [select],
  )

  return (
    <div ref={box} className={style.scroll}>
      <ul className={style.canvas} aria-label={words.title} style={{ height: total * rowHeight }} onKeyDown={onKeyDown}>
        {items.map(({ index, start }) => {
          const repository = rows.get(index) ?? null
          return (
            <RepositoryRow
              key={index}
              repository={repository}
              account={repository === null ? null : props.accountName(repository.accountId)}
              selected={repository !== null && repository.key === selected?.key}
              current={index === active}
              top={start}
              index={index}
              total={total}
              onSelect={choose}
              onClone={props.onClone}
            />
          )
        })}
      </ul>
    </div>
  )
}
