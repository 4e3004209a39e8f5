import { useCallback, useEffect, useRef, useState } from 'react'
import type { App, RuleTrial } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { TextArea } from '../../ui/labelled'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { StateMark } from '../../ui/state-mark'
import { formOf, patternsOf } from './app-draft'
import { factsOf, shortCommit } from './app-view'
import { words } from './deploy-words'
import style from './deploys.module.css'
import { failureHandlers } from './failure-handlers'
import { apps } from './use-apps'

/** Milliseconds without a keystroke before rules are tried: the commits are on the server. */
const pause = 400

const why = (trial: RuleTrial, watchesAll: boolean): string =>
  [
    trial.pattern !== null ? words.byPattern(trial.pattern) : watchesAll ? words.anyFile : words.noPattern,
    trial.file ?? words.files(trial.files),
  ].join(' · ')

const Trial = ({ trial, watchesAll }: { readonly trial: RuleTrial; readonly watchesAll: boolean }) => (
  <li>
    <div className={style.entry}>
      <StateMark tone={trial.deploys ? 'good' : 'idle'}>{trial.deploys ? words.wouldDeploy : words.wouldNot}</StateMark>
      <span className={style.words}>
        <bdi>{trial.subject}</bdi>
        <span className={style.quiet}>{why(trial, watchesAll)}</span>
      </span>
      <span className={style.end}>
        <span>
          {trial.author} · <code>{shortCommit(trial.commit)}</code>
        </span>
        <RelativeTime at={trial.at} />
      </span>
    </div>
  </li>
)

/** Rules tried on past commits. An answer to older rules is dropped. */
const useTrials = (app: App, text: string) => {
  const [trials, setTrials] = useState<readonly RuleTrial[] | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [trying, setTrying] = useState(true)
  const asked = useRef(0)
  const attempt = useCallback(async () => {
    asked.current += 1
    const turn = asked.current
    setTrying(true)
    try {
      const found = await api.apps.tryRules({ id: app.id, watchPaths: patternsOf(text) })
      if (turn !== asked.current) return
      setTrials(found)
      setFailure(null)
    } catch (error) {
      if (turn === asked.current) setFailure(toFailure(error))
    }
    if (turn === asked.current) setTrying(false)
  }, [app.id, text])
  const first = useRef(true)
  useEffect(() => {
    const timer = setTimeout(() => void attempt(), first.current ? 0 : pause)
    first.current = false
    return () => {
      clearTimeout(timer)
      asked.current += 1
    }
  }, [attempt])
  return { trials, failure, trying, attempt }
}

/** Watch paths, and which of the last commits they would have deployed. */
export const Rules = ({ app }: { readonly app: App }) => {
  const saved = app.watchPaths.join('\n')
  const [text, setText] = useState(saved)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<FailureData | null>(null)
  const { trials, failure, trying, attempt } = useTrials(app, text)
  const patterns = patternsOf(text)
  const changed = patterns.join('\n') !== saved

  const save = async () => {
    setBusy(true)
    setRefused(null)
    try {
      await apps.save({ ...formOf(app), watchPaths: [...patterns] })
    } catch (error) {
      setRefused(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={style.rules}>
      <TextArea
        label={words.rulesLabel}
        about={words.rulesAbout}
        rows={4}
        maxLength={20_000}
        placeholder={words.rulesPlaceholder}
        value={text}
        onText={setText}
      />
      <div className={style.ruleActions}>
        <Button disabled={!changed} busy={busy} onClick={() => void save()}>
          {words.saveRules}
        </Button>
        <span className={style.quiet} role="status">
          {trying
            ? words.rulesTrying
            : trials !== null && words.rulesResult(trials.filter(({ deploys }) => deploys).length, trials.length)}
        </span>
      </div>
      {refused !== null && (
        <FailureCard failure={refused} facts={factsOf(app)} handlers={{ retry: () => void save() }} />
      )}
      {failure !== null && !trying && (
        <FailureCard
          failure={failure}
          facts={factsOf(app)}
          handlers={{ ...failureHandlers(app), retry: () => void attempt() }}
        />
      )}
      {trials === null && failure === null && <SkeletonRows rows={6} height={48} />}
      {trials?.length === 0 && <p className={style.quiet}>{words.rulesEmpty}</p>}
      {trials !== null && trials.length > 0 && (
        <ul className={style.rows} aria-label={words.rulesLabel} aria-busy={trying}>
          {trials.map((trial) => (
            <Trial key={trial.commit} trial={trial} watchesAll={patterns.length === 0} />
          ))}
        </ul>
      )}
    </div>
  )
}
