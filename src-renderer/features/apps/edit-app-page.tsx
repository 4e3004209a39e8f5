import { Box } from 'lucide-react'
import { useState } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { back, navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { Page, PageHeader } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { type AppDraft, draftOf } from './app-draft'
import { AppFormView } from './app-form'
import { words as formWords } from './form-words'
import { useApp, useApps } from './use-apps'
import { words } from './words'

const Form = ({ app }: { readonly app: App }) => {
  const [draft, setDraft] = useState<AppDraft>(() => draftOf(app))
  return (
    <>
      <PageHeader title={formWords.editTitle(app.name)} />
      <AppFormView
        draft={draft}
        onDraft={(change) => setDraft((before) => ({ ...before, ...change }))}
        onSaved={back}
        onCancel={back}
      />
    </>
  )
}

/** Changes an app (`/apps/:id/edit`). Announcements that come meanwhile leave what is typed alone. */
export const EditAppPage = ({ params }: { readonly params: Params }) => {
  const app = useApp(params.id ?? '')
  const loaded = useApps((state) => state.apps !== null)
  useReady(loaded)
  return (
    <Page width="narrow">
      {app !== undefined && <Form key={app.id} app={app} />}
      {app === undefined && !loaded && <SkeletonRows rows={4} height={64} />}
      {app === undefined && loaded && (
        <EmptyState
          icon={<Box size={22} />}
          title={words.goneTitle}
          text={words.goneText}
          action={<Button onClick={() => navigate('/apps')}>{words.backToList}</Button>}
        />
      )}
    </Page>
  )
}
