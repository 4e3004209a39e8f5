import type { Preflight, PreflightItem } from '../../../src-preload/contract/entities/app'
import { FailureCard, type FailureHandlers } from '../../failures/failure-card'
import { failureLine } from '../../failures/failure-text'
import { Button } from '../../ui/button'
import { type Check, CheckList } from '../../ui/check-list'
import { HostKeyQuestion } from '../../ui/host-key-question'
import { formatBytes } from '../../ui/numbers'
import type { AppDraft } from './app-draft'
import style from './app-form.module.css'
import { DeployKeyCard } from './deploy-key-card'
import { words } from './form-words'
import { TwoSided } from './two-sided'

/** What the repository holds that a deploy leaves out: offered where it was found. */
const extraOf = (
  item: PreflightItem,
  preflight: Preflight,
  draft: AppDraft,
  onDraft: (change: Partial<AppDraft>) => void,
): Partial<Check> => {
  if (item.item === 'submodules' && preflight.submodules.length > 0 && !draft.submodules) {
    const hosts = [...new Set(preflight.submodules.map(({ host }) => host))].join(', ')
    return {
      problem: words.submodulesFound(preflight.submodules.length, hosts),
      action: (
        <Button small onClick={() => onDraft({ submodules: true })}>
          {words.fetchSubmodules}
        </Button>
      ),
    }
  }
  if (item.item === 'lfs' && preflight.lfs && !draft.lfs) {
    return {
      problem: words.lfsFound,
      action: (
        <Button small onClick={() => onDraft({ lfs: true })}>
          {words.fetchLfs}
        </Button>
      ),
    }
  }
  return {}
}

/** What was found, as people read it: a size is sent in bytes. */
const detailOf = ({ item, detail }: PreflightItem): string =>
  item === 'size' && /^\d+$/.test(detail) ? formatBytes(Number(detail)) : detail

/** The look ahead: a list that ticks, the test clone from both sides, and what has to be answered or done. */
export const PreflightView = (props: {
  readonly preflight: Preflight
  readonly draft: AppDraft
  readonly server: string
  readonly sshUrl: string
  readonly busy: boolean
  readonly handlers: FailureHandlers
  readonly onDraft: (change: Partial<AppDraft>) => void
  readonly onTrust: () => void
}) => {
  const { preflight, draft } = props
  const { hostKey, serverKey } = preflight
  const here = preflight.items.find(({ item }) => item === 'from-here')
  const there = preflight.items.find(({ item }) => item === 'from-server')
  const checks = preflight.items
    .filter((item) => item !== here && item !== there)
    .map((item): Check => {
      const asks = item.item === 'host-key' && hostKey !== null
      return {
        id: item.item,
        label: words.items[item.item],
        state: asks ? 'warned' : item.state,
        detail: detailOf(item),
        milliseconds: item.milliseconds,
        problem: item.state === 'warned' && item.failure !== null && !asks ? failureLine(item.failure) : null,
        ...extraOf(item, preflight, draft, props.onDraft),
        below: asks ? (
          <HostKeyQuestion
            host={hostKey.host}
            hostKey={hostKey}
            busy={props.busy && preflight.done}
            onCompare={props.onTrust}
          />
        ) : item.state === 'failed' && item.failure !== null ? (
          <FailureCard failure={item.failure} handlers={props.handlers} />
        ) : undefined,
      }
    })
  return (
    <div className={style.fields}>
      {here !== undefined && there !== undefined && (
        <TwoSided here={here} there={there} server={props.server} handlers={props.handlers} />
      )}
      {serverKey !== null && hostKey === null && serverKey.placed === 'by-hand' && there?.state !== 'passed' && (
        <DeployKeyCard serverKey={serverKey} sshUrl={props.sshUrl} />
      )}
      <CheckList label={words.checkTitle} checks={checks} />
    </div>
  )
}
