import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/button'
import type { LogLine } from './deploy-log-store'
import { words } from './deploy-words'
import style from './deploys.module.css'
import { cutAt } from './log-text'

/** Pixels a line. */
const height = 18

/** Pixels from the end that still count as being there. */
const nearEnd = 24

/** Moves the lines in view. */
export interface LogView {
  /** Brings a line to the top, and stops following the end. */
  readonly toLine: (index: number) => void
  /** Brings a line into view, wherever that is. */
  readonly reveal: (index: number) => void
}

const Text = ({ text, search }: { readonly text: string; readonly search: string }) =>
  search === ''
    ? text
    : cutAt(text, search).map((piece) => (piece.found ? <mark key={piece.at}>{piece.text}</mark> : piece.text))

/** The lines in view and a few around them, however long the log is. */
export const LogLines = (props: {
  readonly view: Ref<LogView>
  readonly lines: readonly LogLine[]
  readonly search: string
  /** The found line that is shown. */
  readonly shown: number | null
  readonly going: boolean
}) => {
  const { lines } = props
  const box = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 24,
  })
  // In a monospaced font the longest line has the most characters: it decides how far one can scroll sideways.
  const longest = useMemo(() => lines.reduce((most, { text }) => Math.max(most, text.length), 0), [lines])

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    // Chromium 114 gives the keyboard no way into a pane that only scrolls.
    element.tabIndex = 0
    if (follows && lines.length > 0) element.scrollTop = element.scrollHeight
  }, [lines.length, follows])

  useImperativeHandle(
    props.view,
    () => ({
      toLine: (index) => {
        setFollows(false)
        virtual.scrollToIndex(index, { align: 'start' })
      },
      reveal: (index) => {
        setFollows(false)
        virtual.scrollToIndex(index, { align: 'center' })
      },
    }),
    [virtual],
  )
  return (
    <div className={style.pane}>
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={words.log}
        className={style.scroll}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setFollows(scrollHeight - scrollTop - clientHeight < nearEnd)
        }
      >
        <div className={style.canvas} style={{ height: virtual.getTotalSize(), minWidth: `calc(${longest}ch + 72px)` }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            return line === undefined ? null : (
              <div
                key={index}
                className={style.line}
                style={{ transform: `translateY(${start}px)` }}
                data-first={index > 0 && lines[index - 1]?.phase !== line.phase ? '' : undefined}
                data-shown={index === props.shown ? '' : undefined}
                data-cut={line.cutBytes === undefined ? undefined : ''}
              >
                <span className={style.number} aria-hidden="true">
                  {index + 1}
                </span>
                <span className={style.text}>
                  <Text text={line.text} search={props.search} />
                </span>
              </div>
            )
          })}
        </div>
      </div>
      {!follows && props.going && (
        <Button
          small
          className={style.toEnd}
          icon={<ArrowDown size={14} aria-hidden />}
          onClick={() => setFollows(true)}
        >
          {words.toEnd}
        </Button>
      )}
    </div>
  )
}
