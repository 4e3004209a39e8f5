import { FolderGit2, Plus } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { PageHeader } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { useAccounts } from '../accounts/use-accounts'
import { cloneSheet } from '../clones/use-clones'
import { ListingFailures, ListingLine } from './listing-state'
import { everything, type Question } from './question'
import style from './repositories.module.css'
import { RepositoryDetails } from './repository-details'
import { RepositoryFilters } from './repository-filters'
import { isListing } from './repository-list'
import { RepositoryRows } from './repository-rows'
import { useRepositories } from './use-repositories'
import { words } from './words'

/** Opens the test-clone sheet for a repository. */
const openClone = ({ accountId, id, path, sshUrl, defaultBranch }: Repository, branch: string | null) =>
  cloneSheet
    .getState()
    .open({ kind: 'repository', accountId, id, path, branch: branch ?? defaultBranch, ssh: sshUrl !== null })

/** Leads to the question why something is missing; an address that was searched for goes with it. */
const WhyMissing = () => {
  const { text, filters } = useRepositories((state) => state.question)
  const known = {
    ...(text.includes('/') && { address: text.trim() }),
    ...(filters.accountId !== null && { account: filters.accountId }),
  }
  return <Button onClick={() => navigate(`/diagnosis?${new URLSearchParams(known)}`)}>{words.whyMissing}</Button>
}

/** What is shown in place of rows: nothing connected, nothing there, nothing found, or on its way. */
const Nothing = ({ onClear }: { readonly onClear: () => void }) => {
  const known = useRepositories((state) => state.known)
  const loading = useRepositories((state) => isListing(state.listings))
  const accounts = useAccounts((state) => state.accounts)
  if (loading && known === 0) return <SkeletonRows rows={10} height={44} />
  if (accounts?.length === 0) {
    return (
      <EmptyState
        icon={<FolderGit2 size={22} />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={
          <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/accounts/connect')}>
            {words.connect}
          </Button>
        }
      />
    )
  }
  return known === 0 ? (
    <EmptyState
      icon={<FolderGit2 size={22} />}
      title={words.noneTitle}
      text={words.noneText}
      action={
        <>
          <WhyMissing />
          <Button onClick={() => navigate('/accounts')}>{words.manageAccounts}</Button>
        </>
      }
    />
  ) : (
    <EmptyState
      icon={<FolderGit2 size={22} />}
      title={words.noMatchTitle}
      text={words.noMatchText}
      action={
        <>
          <Button onClick={onClear}>{words.clear}</Button>
          <WhyMissing />
        </>
      }
    />
  )
}

/**
 * All repositories of all accounts, or of one (`?account=`), looked for by `?text=`. With `?clone=` the test clone of that
 * account's repository is opened above them.
 */
export const RepositoriesPage = ({ params }: { readonly params: Params }) => {
  const { text, filters } = useRepositories((state) => state.question)
  const answered = useRepositories((state) => state.answered)
  const failure = useRepositories((state) => state.failure)
  const total = useRepositories((state) => state.total)
  const known = useRepositories((state) => state.known)
  const selected = useRepositories((state) => state.selected)
  const askList = useRepositories((state) => state.ask)
  const begin = useRepositories((state) => state.begin)
  const select = useRepositories((state) => state.select)
  const accounts = useAccounts((state) => state.accounts)
  useReady(answered)

  const ask = useCallback((change: Partial<Question>) => void askList(change).catch(reportFailure), [askList])
  const { account, text: wanted, clone } = params
  useEffect(() => {
    // Whoever comes for something finds it, whatever was filtered before.
    const narrow = account !== undefined || wanted !== undefined
    if (narrow) {
      ask({
        filters: { ...everything.filters, accountId: account ?? null },
        ...(wanted === undefined ? {} : { text: wanted }),
      })
    } else void begin().catch(reportFailure)
    // Shown lists are renewed behind what is here already; a list that is new enough is left alone by main.
    void api.repositories.refresh({ accountId: account ?? null }).catch(reportFailure)
  }, [account, wanted, ask, begin])

  useEffect(() => {
    if (account === undefined || clone === undefined) return
    api.repositories.get({ accountId: account, id: clone }).then((found) => openClone(found, null), reportFailure)
  }, [account, clone])

  const gone = filters.accountId !== null && accounts?.every(({ id }) => id !== filters.accountId) === true
  useEffect(() => {
    if (gone) ask({ filters: everything.filters })
  }, [gone, ask])

  const names = useMemo(() => new Map(accounts?.map(({ id, label, login }) => [id, label || login])), [accounts])
  const accountName = useCallback((id: string) => (names.size > 1 ? (names.get(id) ?? null) : null), [names])

  return (
    <div className={style.page}>
      <div className={style.main}>
        <PageHeader title={words.title} />
        {(known > 0 || text !== '') && (
          <div className={style.tools}>
            <input
              type="search"
              className={style.search}
              aria-label={words.search}
              placeholder={words.placeholder}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={({ currentTarget }) => ask({ text: currentTarget.value })}
            />
            <RepositoryFilters ask={ask} />
            <ListingLine />
          </div>
        )}
        {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => ask({}) }} />}
        <ListingFailures />
        {answered && total > 0 && (
          <RepositoryRows accountName={accountName} onClone={(repository) => openClone(repository, null)} />
        )}
        {answered && total === 0 && failure === null && <Nothing onClear={() => ask(everything)} />}
      </div>
      {selected !== null && (
        <RepositoryDetails key={selected.key} repository={selected} onClone={openClone} onClose={() => select(null)} />
      )}
    </div>
  )
}
