import { ChevronDown, ChevronUp } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Deploy } from '../../../src-preload/contract/entities/app'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { CopyButton } from '../../ui/copy-button'
import { IconButton } from '../../ui/icon-button'
import { createDeployLogStore } from './deploy-log-store'
import { DeployPhases } from './deploy-phases'
import { words } from './deploy-words'
import style from './deploys.module.css'
import { LogLines, type LogView } from './log-lines'
import { endOfLog, findInLog, phaseStarts } from './log-text'

/** Characters that the clipboard takes at once. */
const copyLimit = 100_000

/** Search in a log: what is looked for, where it is, and which of it is shown. */
const Search = (props: {
  readonly text: string
  readonly found: readonly number[]
  readonly at: number
  readonly onText: (text: string) => void
  readonly onStep: (step: 1 | -1) => void
}) => {
  const { text, found } = props
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className={style.search}>
      <input
        ref={input}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => props.onText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape' && text !== '') props.onText('')
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <span className={style.found} role="status">
        {text === '' ? '' : found.length === 0 ? words.noMatches : words.matches(props.at + 1, found.length)}
      </span>
      {text !== '' && (
        <>
          <IconButton
            label={words.previous}
            disabled={found.length === 0}
            icon={<ChevronUp size={14} aria-hidden />}
            onClick={() => props.onStep(-1)}
          />
          <IconButton
            label={words.next}
            disabled={found.length === 0}
            icon={<ChevronDown size={14} aria-hidden />}
            onClick={() => props.onStep(1)}
          />
        </>
      )}
    </div>
  )
}

/** The log of one deploy: phases as anchors, search, copy, and the lines, which follow their end unless scrolled. */
export const DeployLog = ({ deploy }: { readonly deploy: Deploy }) => {
  const { appId, id } = deploy
  const log = useMemo(() => createDeployLogStore({ apps: api.apps, on: api.on }, { appId, deployId: id }), [appId, id])
  useEffect(() => log.start(), [log])
  const { lines, read, failure } = useStore(log.store)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const view = useRef<LogView>(null)
  const wanted = useDeferredValue(text)
  const found = useMemo(() => findInLog(lines, wanted), [lines, wanted])
  const starts = useMemo(() => phaseStarts(lines), [lines])
  const going = deploy.state === 'running' || deploy.state === 'queued'
  const shown = found.length === 0 ? null : (found[Math.min(at, found.length - 1)] ?? null)

  useEffect(() => {
    if (shown !== null) view.current?.reveal(shown)
  }, [shown])

  const step = (by: 1 | -1) => {
    if (found.length === 0) return
    const next = (Math.min(at, found.length - 1) + by + found.length) % found.length
    setAt(next)
    const line = found[next]
    if (line !== undefined) view.current?.reveal(line)
  }
  const copied = useMemo(() => endOfLog(lines, copyLimit), [lines])
  return (
    <section className={style.log} aria-label={words.log}>
      <DeployPhases
        deploy={deploy}
        has={(phase) => starts.has(phase)}
        onChoose={(phase) => view.current?.toLine(starts.get(phase) ?? 0)}
      />
      <div className={style.toolbar}>
        <Search
          text={text}
          found={found}
          at={Math.min(at, Math.max(0, found.length - 1))}
          onText={(next) => {
            setText(next)
            setAt(0)
          }}
          onStep={step}
        />
        <span className={style.push} />
        <span className={style.quiet}>{words.lines(lines.length)}</span>
        <CopyButton small look="quiet" copy={() => api.system.copy({ text: copied.text })}>
          {copied.lines < lines.length ? words.copyEnd(copied.lines) : words.copy}
        </CopyButton>
      </div>
      {failure !== null && (
        <div className={style.inLog}>
          <FailureCard failure={failure} handlers={{ retry: () => void log.load() }} />
        </div>
      )}
      {lines.length === 0 && failure === null ? (
        <p className={style.noLines}>{going ? words.logWaiting : read ? words.logEmpty : '\u00a0'}</p>
      ) : (
        <LogLines view={view} lines={lines} search={wanted} shown={shown} going={going} />
      )}
    </section>
  )
}
