import { useCallback, useEffect, useState } from 'react'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { failureLine } from '../../failures/failure-text'
import { shownHostKey } from '../../failures/host-key-question'
import { toFailure } from '../../failures/to-failure'
import { TextField } from '../../ui/field'
import { SearchSelect } from '../../ui/search-select'
import { CompareHostKey } from '../host-keys/compare-host-key'
import { words } from './words'

interface Branch {
  readonly name: string
  readonly default: boolean
}

/** The branches of an address without an interface, as its remote lists them; null while they are on their way. */
const useRemoteBranches = (accountId: string, address: string) => {
  const [branches, setBranches] = useState<readonly Branch[] | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    // `attempt` asks again.
    let current = attempt >= 0
    setBranches(null)
    setFailure(null)
    api.clones.branches({ source: { kind: 'ssh-address', accountId, address } }).then(
      (found) => current && setBranches(found),
      (error: unknown) => current && setFailure(toFailure(error)),
    )
    return () => {
      current = false
    }
  }, [accountId, address, attempt])
  return { branches, failure, again: () => setAttempt(attempt + 1) }
}

const nothing = () => undefined

/** Chooses among the branches that the remote lists, the default one first; can't it be asked, the name is typed. */
export const RemoteBranchField = (props: {
  readonly accountId: string
  readonly address: string
  /** Null: the remote's default. */
  readonly branch: string | null
  readonly onBranch: (branch: string | null) => void
  /** A line below it. */
  readonly about?: string
  /** Told which is the default one as soon as that is known. */
  readonly onDefault?: (branch: string) => void
}) => {
  const { branch, onBranch, onDefault } = props
  const { branches, failure, again } = useRemoteBranches(props.accountId, props.address)
  const usual = branches?.find((one) => one.default)?.name ?? null
  useEffect(() => {
    if (usual !== null) onDefault?.(usual)
  }, [usual, onDefault])
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = branches?.filter(({ name }) => name.toLowerCase().includes(wanted)) ?? []
  const at = useCallback(
    (index: number) => {
      const one = found[index]
      return one === undefined
        ? null
        : { id: one.name, label: one.name, detail: one.default ? words.defaultBranch : null }
    },
    [found],
  )
  const question = failure?.code === 'host-key-unknown' ? shownHostKey(failure.facts) : null
  if (question !== null) return <CompareHostKey shown={question} onTrusted={again} />
  if (failure !== null) {
    return (
      <TextField
        label={words.branch}
        about={failureLine(failure)}
        placeholder={words.defaultBranch}
        value={branch ?? ''}
        onText={(typed) => onBranch(typed.trim() === '' ? null : typed.trim())}
      />
    )
  }
  const shown = branch ?? usual
  return (
    <SearchSelect
      label={words.branch}
      {...(props.about !== undefined && { about: props.about })}
      placeholder={branches === null ? words.readingBranches : words.defaultBranch}
      chosen={shown === null ? null : { id: shown, label: shown }}
      source={{
        total: found.length,
        at,
        onShow: nothing,
        onText: setText,
        onChoose: (index) => onBranch(found[index]?.name ?? null),
        none: branches === null ? null : words.noBranchMatch,
      }}
    />
  )
}
