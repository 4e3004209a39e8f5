import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { failureLine } from '../../failures/failure-text'
import { reportFailure } from '../../failures/report-failure'
import { SearchSelect, type SearchSource } from '../../ui/search-select'
import { createBranchList } from '../repositories/branch-list'
import { words } from './form-words'

/** Milliseconds without a keystroke before the provider is asked: branches are not on this computer. */
const pause = 200

/** The branch to deploy, the default first; the rest comes in pages as one scrolls. */
export const BranchField = (props: {
  readonly accountId: string
  readonly repositoryId: string
  readonly chosen: string
  readonly onBranch: (branch: string) => void
}) => {
  const { accountId, repositoryId, chosen, onBranch } = props
  const store = useMemo(
    () => createBranchList(api.repositories, { accountId, id: repositoryId }),
    [accountId, repositoryId],
  )
  const { branches, next, loading, failure, partial, text } = useStore(store)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    store.getState().search('').catch(reportFailure)
    return () => {
      if (timer.current !== null) clearTimeout(timer.current)
    }
  }, [store])
  const onText = useCallback(
    (typed: string) => {
      if (timer.current !== null) clearTimeout(timer.current)
      if (typed === store.getState().text) return
      timer.current = setTimeout(() => void store.getState().search(typed).catch(reportFailure), pause)
    },
    [store],
  )
  const onShow = useCallback(
    (_first: number, last: number) => {
      const state = store.getState()
      if (state.next !== null && last >= state.branches.length - 1) void state.more().catch(reportFailure)
    },
    [store],
  )
  const source: SearchSource = {
    total: branches.length,
    at: (index) => {
      const branch = branches[index]
      return branch === undefined
        ? null
        : { id: branch.name, label: branch.name, detail: branch.default ? words.defaultBranch : null }
    },
    onShow,
    onText,
    onChoose: (index) => {
      const branch = branches[index]
      if (branch !== undefined) onBranch(branch.name)
    },
    none: loading ? null : text === '' ? words.branchEmpty : words.branchNone,
    foot: loading && next !== null ? '…' : null,
  }
  return (
    <>
      <SearchSelect
        label={words.branch}
        about={words.branchAbout}
        placeholder={words.branchPlaceholder}
        chosen={chosen === '' ? null : { id: chosen, label: chosen }}
        source={source}
      />
      {partial !== null && <p>{failureLine(partial)}</p>}
      {failure !== null && (
        <FailureCard failure={failure} handlers={{ retry: () => void store.getState().search(text) }} />
      )}
    </>
  )
}
