import type { PreflightItem } from '../../../src-preload/contract/entities/app'
import { FailureCard, type FailureHandlers } from '../../failures/failure-card'
import { failureTitle } from '../../failures/failure-text'
import { formatDuration } from '../../ui/numbers'
import { StateMark, type StateTone } from '../../ui/state-mark'
import style from './app-form.module.css'
import { shortCommit } from './app-view'
import { words } from './form-words'

const tones: Record<PreflightItem['state'], StateTone> = {
  waiting: 'idle',
  running: 'busy',
  passed: 'good',
  warned: 'warn',
  failed: 'bad',
  skipped: 'idle',
}

const Side = ({ title, item }: { readonly title: string; readonly item: PreflightItem }) => (
  <section className={style.side} data-state={item.state} aria-label={title}>
    <p className={style.sideHead}>
      {title}
      {item.milliseconds !== null && <span className={style.sideTime}>{formatDuration(item.milliseconds)}</span>}
    </p>
    <StateMark tone={tones[item.state]}>{words.sideStates[item.state]}</StateMark>
    {item.failure !== null ? (
      <p>{failureTitle(item.failure)}</p>
    ) : (
      item.detail !== '' && <code className={style.quiet}>{shortCommit(item.detail)}</code>
    )}
  </section>
)

const works = ({ state }: PreflightItem): boolean | null =>
  state === 'passed' || state === 'warned' ? true : state === 'failed' ? false : null

const verdictOf = (here: PreflightItem, there: PreflightItem): string | null => {
  const [left, right] = [works(here), works(there)]
  if (left === null || right === null) return null
  if (left && right) return words.verdicts.both
  if (left) return there.failure?.code === 'scope-missing' ? words.verdicts.noKey : words.verdicts.onlyHere
  return right ? words.verdicts.onlyThere : words.verdicts.neither
}

/** The same test clone from this computer and from the server: whose fault it is shows at a glance. */
export const TwoSided = (props: {
  readonly here: PreflightItem
  readonly there: PreflightItem
  readonly server: string
  readonly handlers: FailureHandlers
}) => (
  <section aria-label={words.sides}>
    <div className={style.sides}>
      <Side title={words.here} item={props.here} />
      <Side title={words.there(props.server)} item={props.there} />
    </div>
    <p className={style.verdict} role="status">
      {verdictOf(props.here, props.there) ?? '\u00a0'}
    </p>
    {[props.here, props.there].map(
      ({ item, failure }) => failure !== null && <FailureCard key={item} failure={failure} handlers={props.handlers} />,
    )}
  </section>
)
