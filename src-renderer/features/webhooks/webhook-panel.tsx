import { KeyRound, Link, RefreshCw, Trash2, Zap } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { App } from '../../../src-preload/contract/entities/app'
import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import type { FailureCode } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard, type FailureHandlers } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { MonoLine } from '../../ui/mono-line'
import { type MenuAction, MoreMenu } from '../../ui/more-menu'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { StateMark } from '../../ui/state-mark'
import { toast } from '../../ui/toast'
import { Deliveries } from './deliveries'
import { type WebhookDialog, WebhookDialogs } from './webhook-dialogs'
import { createWebhookStore } from './webhook-store'
import { nextOf, stateOf } from './webhook-view'
import style from './webhooks.module.css'
import { words } from './words'

type Store = ReturnType<typeof createWebhookStore>

/** The one next thing, then the others, then what takes it away. */
const Actions = (props: {
  readonly webhook: Webhook
  readonly hook: Store
  readonly onDialog: (dialog: WebhookDialog) => void
}) => {
  const { webhook, hook, onDialog } = props
  const busy = useStore(hook.store, (state) => state.busy)
  const next = nextOf(webhook)
  const exists = webhook.state !== 'absent' && webhook.state !== 'refused'
  const label = next === 'repair' && !exists ? words.make : words[next]
  const others: readonly (MenuAction & { readonly when: boolean })[] = [
    {
      label: words.check,
      icon: <RefreshCw size={14} aria-hidden />,
      run: () => void hook.check(),
      when: next !== 'check',
    },
    {
      label: words.test,
      icon: <Zap size={14} aria-hidden />,
      run: () => void hook.test(),
      when: next !== 'test' && webhook.can.test && exists,
    },
    {
      label: words.repair,
      icon: <RefreshCw size={14} aria-hidden />,
      run: () => void hook.repair(),
      when: next !== 'repair' && webhook.can.repair && exists,
    },
    { label: words.rotate, icon: <KeyRound size={14} aria-hidden />, run: () => onDialog('rotate'), when: exists },
    { label: words.changeUrl, icon: <Link size={14} aria-hidden />, run: () => onDialog('url'), when: true },
  ]
  return (
    <>
      <Button small busy={busy !== null} onClick={() => void hook[next]()}>
        {label}
      </Button>
      <MoreMenu
        label={words.more}
        groups={[
          others.filter(({ when }) => when),
          exists
            ? [
                {
                  label: words.remove,
                  icon: <Trash2 size={14} aria-hidden />,
                  danger: true,
                  run: () => onDialog('remove'),
                },
              ]
            : [],
        ]}
      />
    </>
  )
}

const absentText = ({ autoDeploy, startsBy }: App): string =>
  autoDeploy ? (startsBy === 'poll' ? words.absentText.poll : words.absentText.none) : words.absentText.byHand

const ByHand = ({ hook }: { readonly hook: Store }) => (
  <>
    <h2 className={style.title}>{words.byHandTitle}</h2>
    <ol className={style.steps}>
      {words.byHandSteps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <div>
      <CopyButton
        small
        copy={() =>
          hook.copySecret().then(
            (said) => toast({ tone: 'good', title: said }),
            (error: unknown) => {
              reportFailure(error)
              throw error
            },
          )
        }
      >
        {words.copySecret}
      </CopyButton>
    </div>
  </>
)

const Health = ({ app, webhook, hook }: { readonly app: App; readonly webhook: Webhook; readonly hook: Store }) => {
  const [dialog, setDialog] = useState<WebhookDialog | null>(null)
  const done = useStore(hook.store, (state) => state.done)
  const state = stateOf(webhook)
  const { url } = webhook
  const absent = webhook.state === 'absent'
  return (
    <div className={style.box}>
      <div className={style.head}>
        <StateMark tone={state.tone}>{state.word}</StateMark>
        <span className={style.word} role="status">
          {done === 'test' ? words.tested : done === 'rotate' ? words.rotated : ''}
        </span>
        <Actions webhook={webhook} hook={hook} onDialog={setDialog} />
      </div>
      {absent && <p className={style.quiet}>{absentText(app)}</p>}
      {url !== null && <MonoLine text={url} label={words.copyAddress} copy={() => api.system.copy({ text: url })} />}
      {webhook.kind === 'by-hand' && !absent && <ByHand hook={hook} />}
      <KeyValue
        rows={[
          [
            words.facts.provider,
            absent || webhook.state === 'refused' || webhook.kind === 'by-hand'
              ? null
              : webhook.active
                ? words.active
                : words.inactive,
          ],
          [
            words.facts.server,
            webhook.receiving === null ? null : webhook.receiving ? words.listening : words.notListening,
          ],
          [
            words.facts.received,
            absent ? null : webhook.lastReceivedAt === null ? (
              words.never
            ) : (
              <RelativeTime key="received" at={webhook.lastReceivedAt} />
            ),
          ],
          [
            words.facts.checked,
            webhook.checkedAt === null ? null : <RelativeTime key="checked" at={webhook.checkedAt} />,
          ],
        ]}
      />
      <WebhookDialogs
        open={dialog}
        webhook={webhook}
        path={app.source.path}
        onUrl={hook.setUrl}
        onRemove={() => void hook.remove()}
        onRotate={() => void hook.rotate()}
        onClose={() => setDialog(null)}
      />
    </div>
  )
}

/** Reasons that the panel's own button puts right. */
const byRepair = new Set<FailureCode>(['hook-drifted', 'hook-unreached', 'hook-signature', 'receiver-down'])

/** An app's webhook: how it stands at the provider and on the server, its last calls, and what can be done. */
export const WebhookPanel = ({ app }: { readonly app: App }) => {
  const hook = useMemo(() => createWebhookStore({ webhooks: api.webhooks, on: api.on }, app.id), [app.id])
  useEffect(() => hook.start(), [hook])
  const { webhook, failure, busy } = useStore(hook.store)
  const handlers: FailureHandlers = {
    retry: () => void hook.check(),
    'repair-webhook': () => void hook.repair(),
    'check-server': () => navigate(`/servers/${encodeURIComponent(app.serverId)}`),
    'install-receiver': () => navigate(`/servers/${encodeURIComponent(app.serverId)}`),
    reconnect: () => navigate(`/accounts/connect?account=${encodeURIComponent(app.source.accountId)}&for=deploys`),
    'replace-token': () =>
      navigate(`/accounts/connect?account=${encodeURIComponent(app.source.accountId)}&way=token&for=deploys`),
    'manage-access': () => navigate('/accounts'),
  }
  return (
    <div className={style.panel}>
      <p className={style.about}>{words.about}</p>
      {webhook === null && failure === null && <SkeletonRows rows={3} height={48} />}
      {webhook !== null && <Health app={app} webhook={webhook} hook={hook} />}
      {webhook !== null && webhook.reason !== null && failure === null && (
        <FailureCard
          failure={webhook.reason}
          facts={{ path: app.source.path }}
          handlers={handlers}
          words={byRepair.has(webhook.reason.code) ? { action: null } : undefined}
          busy={busy !== null}
        />
      )}
      {failure !== null && (
        <FailureCard failure={failure} facts={{ path: app.source.path }} handlers={handlers} busy={busy !== null} />
      )}
      {webhook !== null && webhook.state !== 'absent' && <Deliveries webhook={webhook} />}
    </div>
  )
}
