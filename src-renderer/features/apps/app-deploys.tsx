import { Rocket } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { FailureCard } from '../../failures/failure-card'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { SkeletonRows } from '../../ui/skeleton'
import { factsOf } from './app-view'
import style from './apps.module.css'
import { words } from './deploy-words'
import { type createDeploysStore, type DeploysState, shownDeploy } from './deploys-store'
import { failureHandlers } from './failure-handlers'
import { History } from './history'
import { ShownDeploy } from './shown-deploy'

/** The deploy in view with its log, and all the others below. */
export const AppDeploys = (props: {
  readonly app: App
  readonly state: DeploysState
  readonly deploys: ReturnType<typeof createDeploysStore>
  readonly busy: boolean
  readonly onDeploy: () => void
}) => {
  const { app, state, deploys } = props
  const shown = shownDeploy(state)
  const top = useRef<HTMLDivElement>(null)
  const { chosen } = state
  useEffect(() => {
    if (chosen !== null) top.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (state.history === null && state.failure === null) return <SkeletonRows rows={6} height={48} />
  if (state.history?.length === 0 && state.failure === null) {
    return (
      <EmptyState
        icon={<Rocket size={22} />}
        title={words.historyEmptyTitle}
        text={words.historyEmptyText}
        action={
          <Button look="primary" busy={props.busy} onClick={props.onDeploy}>
            {words.deploy}
          </Button>
        }
      />
    )
  }
  return (
    <div ref={top}>
      {state.failure !== null && (
        <div className={style.cards}>
          <FailureCard
            failure={state.failure}
            facts={factsOf(app)}
            handlers={{ ...failureHandlers(app), retry: () => void deploys.load() }}
          />
        </div>
      )}
      {shown !== null && <ShownDeploy key={shown.id} app={app} deploy={shown} />}
      <History
        state={state}
        shown={shown?.id ?? null}
        liveRelease={app.current?.name ?? null}
        onChoose={deploys.choose}
        onOlder={() => void deploys.older()}
      />
    </div>
  )
}
