import { useCallback, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { SearchSelect, type SearchSource } from '../../ui/search-select'
import { everything } from '../repositories/question'
import { createRepositoryList, isListing } from '../repositories/repository-list'
import { words } from './form-words'

/** Milliseconds between two fetches of the rows in view while a listing streams in. */
const interval = 150

/** The repositories of one account, as they come in. */
const useRepositoriesOf = (accountId: string) => {
  const store = useMemo(() => createRepositoryList(api.repositories), [])
  useEffect(() => {
    const { ask, renew } = store.getState()
    ask({ text: '', filters: { ...everything.filters, accountId } }).catch(reportFailure)
    // A list that is new enough is left alone by main.
    api.repositories.refresh({ accountId }).catch(reportFailure)
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = api.on('repositories.changed', () => {
      timer ??= setTimeout(() => {
        timer = null
        renew().catch(reportFailure)
      }, interval)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store, accountId])
  return store
}

const detailOf = (repository: Repository): string | null =>
  repository.archived ? words.archived : repository.private ? words.private : null

/** The repository to deploy: any number of them, found by typing, while the list still streams in. */
export const RepositoryField = (props: {
  readonly account: Account
  readonly chosen: { readonly id: string; readonly path: string } | null
  readonly onRepository: (repository: Repository) => void
}) => {
  const { account, chosen, onRepository } = props
  const store = useRepositoriesOf(account.id)
  const { rows, total, known, listings, answered, failure, question } = useStore(store)
  const onText = useCallback((text: string) => void store.getState().ask({ text }).catch(reportFailure), [store])
  const onShow = useCallback(
    (first: number, last: number) => void store.getState().show(first, last).catch(reportFailure),
    [store],
  )
  const own = listings.filter(({ accountId }) => accountId === account.id)
  const loading = isListing(own)
  const problem = failure ?? own.find((listing) => listing.failure !== null)?.failure ?? null
  const source: SearchSource = {
    total,
    at: (index) => {
      const row = rows.get(index)
      return row === undefined ? null : { id: row.id, label: row.path, detail: detailOf(row) }
    },
    onShow,
    onText,
    onChoose: (index) => {
      const row = rows.get(index)
      if (row !== undefined) onRepository(row)
    },
    none:
      !answered || (loading && known === 0)
        ? null
        : question.text === ''
          ? words.repositoryEmpty
          : words.repositoryNone,
    foot: loading
      ? words.listing(own.reduce((all, { count }) => all + count, 0))
      : total > 0
        ? words.repositories(total)
        : null,
  }
  return (
    <>
      <SearchSelect
        label={words.repository}
        placeholder={words.repositoryPlaceholder}
        chosen={chosen === null ? null : { id: chosen.id, label: chosen.path }}
        source={source}
      />
      {problem !== null && (
        <FailureCard
          failure={problem}
          facts={{ host: account.host }}
          handlers={{
            retry: () => void api.repositories.refresh({ accountId: account.id }).catch(reportFailure),
            reconnect: () => navigate(`/accounts/connect?account=${encodeURIComponent(account.id)}`),
            'replace-token': () => navigate('/accounts'),
            'manage-access': () => void api.accounts.manageAccess({ id: account.id, owner: null }).catch(reportFailure),
          }}
        />
      )}
    </>
  )
}
