import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { failureLine } from '../../failures/failure-text'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { SkeletonRows } from '../../ui/skeleton'
import { accountFixes } from '../accounts/account-fixes'
import { createBranchList } from './branch-list'
import style from './repositories.module.css'
import { words } from './words'

/** Milliseconds without a keystroke before the provider is asked: unlike repositories, branches are not on this computer. */
const pause = 200

/** A repository's branches, the default first, with search; a click chooses one. */
export const Branches = (props: {
  readonly repository: Repository
  readonly chosen: string | null
  readonly onChoose: (branch: string) => void
}) => {
  const { accountId, id } = props.repository
  const store = useMemo(() => createBranchList(api.repositories, { accountId, id }), [accountId, id])
  const { branches, next, loading, failure, partial, search, more } = useStore(store)
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => void search(text).catch(reportFailure), text === '' ? 0 : pause)
    return () => clearTimeout(timer)
  }, [text, search])
  const first = loading && branches.length === 0
  return (
    <div className={style.branches}>
      <TextField
        label={words.branches}
        aria-label={words.searchBranches}
        placeholder={words.searchBranches}
        type="search"
        value={text}
        onText={setText}
      />
      {failure !== null && (
        <FailureCard
          failure={failure}
          handlers={{ ...accountFixes(accountId, failure), retry: () => void search(text) }}
        />
      )}
      {partial !== null && <p className={style.quiet}>{failureLine(partial)}</p>}
      {first && <SkeletonRows rows={3} height={32} />}
      {!first && failure === null && branches.length === 0 && (
        <p className={style.quiet}>{text === '' ? words.noBranches : words.noBranchMatch}</p>
      )}
      <ul className={style.branchList} aria-label={words.branches}>
        {branches.map((branch) => (
          <li key={branch.name}>
            <button
              type="button"
              className={style.branch}
              aria-pressed={props.chosen === branch.name}
              onClick={() => props.onChoose(branch.name)}
            >
              <bdi className={style.branchName}>{branch.name}</bdi>
              {branch.default && <span className={style.mark}>{words.defaultBranch}</span>}
              {branch.protected && <span className={style.mark}>{words.protectedBranch}</span>}
            </button>
          </li>
        ))}
      </ul>
      {next !== null && (
        <Button small look="quiet" busy={loading} onClick={() => void more()}>
          {words.moreBranches}
        </Button>
      )}
    </div>
  )
}
