import { useEffect, useRef } from 'react'
import type { Diagnosis, DiagnosisStep } from '../../../src-preload/contract/entities/diagnosis'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { failureLine } from '../../failures/failure-text'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { type Check, CheckList } from '../../ui/check-list'
import { TextField } from '../../ui/field'
import { Select } from '../../ui/select'
import { useAccounts } from '../accounts/use-accounts'
import { ConclusionView } from './conclusion-view'
import style from './diagnosis.module.css'
import { diagnosis, useDiagnosis } from './use-diagnosis'
import { words } from './words'

/** Why a check did not pass, unless the conclusion says the same right below. */
const problemOf = ({ check, state, detail, failure }: DiagnosisStep, { conclusion }: Diagnosis): string | null => {
  if (failure !== null) return failure.code === conclusion?.failure?.code ? null : failureLine(failure)
  const stranger = check === 'owner' && state === 'warned' && conclusion?.finding !== 'not-a-member'
  return stranger && detail !== null ? words.stranger(detail) : null
}

/** Shorter times say nothing. */
const worthTelling = 100

const toCheck = (step: DiagnosisStep, whole: Diagnosis): Check => ({
  id: step.check,
  label: words.labels[step.check],
  state: step.state,
  detail: step.check === 'code' && step.detail !== null ? words.branches(step.detail) : step.detail,
  milliseconds: (step.milliseconds ?? 0) < worthTelling ? null : step.milliseconds,
  problem: problemOf(step, whole),
})

const Answer = ({ whole, onEdit }: { readonly whole: Diagnosis; readonly onEdit: () => void }) => {
  const { conclusion } = whole
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (conclusion !== null) end.current?.scrollIntoView({ block: 'nearest' })
  }, [conclusion])
  return (
    <>
      <CheckList label={words.checks} checks={whole.steps.map((step) => toCheck(step, whole))} />
      <div ref={end} aria-live="polite" className={style.answer}>
        {conclusion !== null && (
          <ConclusionView
            conclusion={conclusion}
            asked={whole.address}
            onAgain={() => void diagnosis.ask()}
            onEdit={onEdit}
          />
        )}
      </div>
    </>
  )
}

const Seer = () => {
  const accounts = useAccounts((state) => state.accounts) ?? []
  const accountId = useDiagnosis((state) => state.accountId)
  if (accounts.length < 2) return null
  return (
    <Select
      label={words.account}
      value={accountId ?? ''}
      choices={[
        ['', words.anyAccount],
        ...accounts.map(({ id, label, login, host }) => [id, `${label || login} · ${hostName(host)}`] as const),
      ]}
      onChange={(id) => diagnosis.choose(id || null)}
    />
  )
}

/** "Why can't I see my repository?": the question, the checks as they pass or fail, and what it comes to. */
export const DiagnosisPanel = ({ params }: { readonly params: Params }) => {
  const { address: wanted = '', account } = params
  const address = useDiagnosis((state) => state.address)
  const current = useDiagnosis((state) => state.diagnosis)
  const failure = useDiagnosis((state) => state.failure)
  const field = useRef<HTMLInputElement>(null)
  const running = current?.state === 'running'
  useEffect(() => {
    diagnosis.open(wanted, account ?? null)
    // What was searched for in vain is looked for at once.
    if (wanted.includes('/')) void diagnosis.ask()
    return diagnosis.cancel
  }, [wanted, account])
  return (
    <div className={style.stack}>
      <form
        className={style.question}
        onSubmit={(event) => {
          event.preventDefault()
          void diagnosis.ask()
        }}
      >
        <TextField
          ref={field}
          label={words.address}
          about={words.about}
          placeholder={words.placeholder}
          maxLength={2048}
          value={address}
          data-autofocus
          onText={diagnosis.type}
        />
        <div className={style.tools}>
          <Seer />
          <span className={style.spring} />
          {running ? (
            <Button onClick={diagnosis.cancel}>{words.stop}</Button>
          ) : (
            <Button look="primary" type="submit" disabled={address.trim() === ''}>
              {current === null ? words.start : words.again}
            </Button>
          )}
        </div>
      </form>
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void diagnosis.ask() }} />}
      {current !== null && <Answer whole={current} onEdit={() => field.current?.select()} />}
    </div>
  )
}
