import { GitBranch, Plus } from 'lucide-react'
import { useEffect } from 'react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { back, navigate, replace } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { Page, PageHeader } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { useAccounts } from '../accounts/use-accounts'
import { useServers } from '../servers/use-servers'
import { AppFormView } from './app-form'
import { appPlace } from './app-places'
import { words } from './form-words'
import { changeDraft, clearDraft, forgetValues, newDraft, useNewDraft } from './new-draft'
import { apps } from './use-apps'

/** Fills in what is plain: what the place says, the only account, the only server. */
const usePresets = (params: Params) => {
  const accounts = useAccounts((state) => state.accounts)
  const servers = useServers((state) => state.servers)
  const { account, repository, server } = params
  useEffect(() => {
    if (server !== undefined) changeDraft({ serverId: server })
    if (account === undefined || repository === undefined) return
    api.repositories.get({ accountId: account, id: repository }).then(
      ({ id, path, sshUrl, defaultBranch }) =>
        changeDraft({
          accountId: account,
          repository: { id, path, sshUrl },
          address: '',
          branch: defaultBranch ?? '',
        }),
      reportFailure,
    )
  }, [account, repository, server])
  useEffect(() => {
    const only = accounts?.length === 1 ? accounts[0] : undefined
    if (only !== undefined && newDraft.getState().accountId === '') changeDraft({ accountId: only.id })
  }, [accounts])
  useEffect(() => {
    const newest = servers?.at(-1)
    if (newest !== undefined && !servers?.some(({ id }) => id === newDraft.getState().serverId)) {
      if (servers?.length === 1) changeDraft({ serverId: newest.id })
    }
  }, [servers])
}

/** "New app" (`?account=&repository=` or `?server=` fill in what is known already). */
export const NewAppPage = ({ params }: { readonly params: Params }) => {
  const draft = useNewDraft()
  const accounts = useAccounts((state) => state.accounts)
  usePresets(params)
  useEffect(() => forgetValues, [])
  useReady(accounts !== null)
  return (
    <Page width="narrow">
      <PageHeader title={words.newTitle} />
      {accounts === null && <SkeletonRows rows={4} height={64} />}
      {accounts?.length === 0 && (
        <EmptyState
          icon={<GitBranch size={22} />}
          title={words.needsAccountTitle}
          text={words.needsAccountText}
          action={
            <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/accounts/connect')}>
              {words.connect}
            </Button>
          }
        />
      )}
      {accounts !== null && accounts.length > 0 && (
        <AppFormView
          draft={draft}
          onDraft={changeDraft}
          onSaved={(app, deploy) => {
            clearDraft()
            if (deploy) void apps.deploy(app.id)
            replace(appPlace(app.id))
          }}
          onCancel={() => {
            clearDraft()
            back()
          }}
        />
      )}
    </Page>
  )
}
