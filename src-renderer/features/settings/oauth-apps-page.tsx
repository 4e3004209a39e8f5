import { AppWindow, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { OAuthApp } from '../../../src-preload/contract/entities/settings'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { back } from '../../location'
import { useProvider } from '../../providers'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { EmptyState } from '../../ui/empty-state'
import { Group, Page, PageHeader } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-icon'
import { SkeletonRows } from '../../ui/skeleton'
import { OAuthAppForm } from './oauth-app-form'
import style from './settings.module.css'
import { settings, useSettings } from './use-settings'
import { words } from './words'

/** What the form is open for: an app that exists, or a new one at a host that was asked for. */
type Open = { readonly app: OAuthApp | null; readonly host: string; readonly provider: string | null } | null

const Row = (props: { readonly app: OAuthApp; readonly onEdit: () => void; readonly onRemove: () => void }) => {
  const { app } = props
  const card = useProvider(app.provider)
  return (
    <div className={style.app}>
      {card !== undefined && <ProviderIcon path={card.icon} size={20} />}
      <div className={style['app-words']}>
        <p className={style['app-title']}>{hostName(app.host)}</p>
        <p className={style['app-facts']}>
          <code>{app.clientId}</code> · {app.hasSecret ? words.secretKept : words.noSecret} · {words.from[app.from]}
          {app.callbacks === 'earlier' && ` · ${words.earlierCallback}`}
        </p>
      </div>
      {app.from === 'settings' && (
        <>
          <Button small onClick={props.onEdit}>
            {words.edit}
          </Button>
          <Button small look="quiet" onClick={props.onRemove}>
            {words.remove}
          </Button>
        </>
      )}
    </div>
  )
}

/** Settings › OAuth apps. `?host=` opens the form for that host. */
export const OAuthAppsPage = ({ params }: { readonly params: Params }) => {
  const apps = useSettings((state) => state.oauthApps)
  const failure = useSettings((state) => state.failure)
  const asked = params.host
  const [open, setOpen] = useState<Open>(
    asked === undefined ? null : { app: null, host: asked, provider: params.provider ?? null },
  )
  const existing = apps?.find(
    (app) => app.from === 'settings' && app.host === asked && app.provider === params.provider,
  )
  const [removing, setRemoving] = useState<OAuthApp | null>(null)
  const close = () => {
    if (asked === undefined) setOpen(null)
    else back()
  }
  useEffect(() => void settings.loadOAuthApps(), [])
  useReady(apps !== null || failure !== null)
  if (open !== null) {
    if (apps === null && failure === null) return null
    return (
      <Page width="narrow">
        <OAuthAppForm app={open.app ?? existing ?? null} host={open.host} provider={open.provider} onClose={close} />
      </Page>
    )
  }
  const add = (
    <Button
      look="primary"
      icon={<Plus size={15} aria-hidden />}
      onClick={() => setOpen({ app: null, host: '', provider: null })}
    >
      {words.add}
    </Button>
  )
  const empty = apps !== null && apps.length === 0
  return (
    <Page>
      <PageHeader title={words.oauthApps} about={words.oauthAbout} action={empty ? undefined : add} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void settings.loadOAuthApps() }} />}
      {apps === null && failure === null && <SkeletonRows rows={2} height={64} />}
      {empty && (
        <EmptyState icon={<AppWindow size={22} />} title={words.noneTitle} text={words.noneText} action={add} />
      )}
      {apps !== null && apps.length > 0 && (
        <Group>
          {apps.map((app) => (
            <Row
              key={`${app.provider} ${app.host} ${app.from}`}
              app={app}
              onEdit={() => setOpen({ app, host: app.host, provider: app.provider })}
              onRemove={() => setRemoving(app)}
            />
          ))}
        </Group>
      )}
      <ConfirmDialog
        open={removing !== null}
        title={words.removeTitle(hostName(removing?.host ?? ''))}
        verb={words.removeVerb}
        cancel={words.cancel}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing !== null) void settings.removeOAuthApp(removing).catch(reportFailure)
          setRemoving(null)
        }}
      >
        {words.removeText}
      </ConfirmDialog>
    </Page>
  )
}
