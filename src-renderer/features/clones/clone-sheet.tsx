import { FailureCard } from '../../failures/failure-card'
import { shownHostKey } from '../../failures/host-key-question'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { StateMark } from '../../ui/state-mark'
import { accountFixes } from '../accounts/account-fixes'
import { useAccounts } from '../accounts/use-accounts'
import { CompareHostKey } from '../host-keys/compare-host-key'
import { CloneChoice } from './clone-choice'
import { ClonePhases } from './clone-progress'
import { CloneResultCard } from './clone-result'
import style from './clone-sheet.module.css'
import { useCloneSheet } from './use-clones'
import { words } from './words'

const Outcome = () => {
  const clone = useCloneSheet((sheet) => sheet.clone)
  const refused = useCloneSheet((sheet) => sheet.failure)
  const again = useCloneSheet((sheet) => sheet.again)
  const start = useCloneSheet((sheet) => sheet.start)
  const close = useCloneSheet((sheet) => sheet.close)
  const choose = useCloneSheet((sheet) => sheet.choose)
  const isListed = useCloneSheet((sheet) => sheet.target?.kind === 'repository')
  const accountId = useCloneSheet((sheet) => sheet.target?.accountId)
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === accountId))
  const failure = clone?.failure ?? refused
  if (clone?.state === 'running') return <ClonePhases mode={clone.mode} progress={clone.progress} />
  if (clone?.state === 'cancelled') return <StateMark tone="idle">{words.cancelled}</StateMark>
  if (clone?.state === 'done' && clone.result !== null) return <CloneResultCard clone={clone} result={clone.result} />
  if (failure === null || failure === undefined) return null
  const question = failure.code === 'host-key-unknown' ? shownHostKey(failure.facts) : null
  if (question !== null) return <CompareHostKey shown={question} onTrusted={() => void start().catch(reportFailure)} />
  return (
    <FailureCard
      failure={failure}
      facts={account === undefined ? {} : { kind: account.kind }}
      handlers={{
        ...(account !== undefined && accountFixes(account.id, failure, close)),
        retry: () => void start().catch(reportFailure),
        'choose-branch': again,
        'choose-folder': () => void start().catch(reportFailure),
        'edit-address': again,
        'make-key': () => {
          close()
          navigate('/ssh-keys?make=1')
        },
      }}
    >
      {failure.code === 'ssh-key-missing' && isListed && (
        <Button
          small
          onClick={() => {
            choose({ transport: 'https' })
            void start().catch(reportFailure)
          }}
        >
          {words.byHttps}
        </Button>
      )}
    </FailureCard>
  )
}

/** The test clone: choose, watch, read. It lies over whatever screen it was opened from. */
export const CloneSheet = () => {
  const target = useCloneSheet((sheet) => sheet.target)
  const mode = useCloneSheet((sheet) => sheet.mode)
  const clone = useCloneSheet((sheet) => sheet.clone)
  const failure = useCloneSheet((sheet) => sheet.failure)
  const starting = useCloneSheet((sheet) => sheet.starting)
  const { start, cancel, close, again } = useCloneSheet((sheet) => sheet)
  const name = target?.kind === 'repository' ? target.path : (target?.address ?? '')
  const choosing = clone === null && failure === null
  const running = clone?.state === 'running'
  return (
    <Dialog open={target !== null} title={words.title(name)} size={560} onClose={close}>
      <div className={style.sheet}>
        {choosing && <CloneChoice />}
        <div aria-live="polite">
          <Outcome />
        </div>
      </div>
      <DialogButtons>
        {!running && <Button onClick={close}>{words.close}</Button>}
        {running && <Button onClick={() => void cancel().catch(reportFailure)}>{words.cancel}</Button>}
        {choosing && (
          <Button look="primary" busy={starting} onClick={() => void start().catch(reportFailure)}>
            {mode === 'full' ? words.startFull : words.start}
          </Button>
        )}
        {!choosing && !running && <Button onClick={again}>{words.again}</Button>}
      </DialogButtons>
    </Dialog>
  )
}
