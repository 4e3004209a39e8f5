import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import type { FailureCode, FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { useTickingNow } from '../../ui/clock'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { formatTimeLeft } from '../../ui/numbers'
import { PageHeader } from '../../ui/page'
import { Ladder } from './ladder'
import { leaveWizard } from './leave-wizard'
import { signIns, useSignIn } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const TimeLeft = ({ until }: { readonly until: number }) => {
  const now = useTickingNow()
  return <span className={style.time}>{formatTimeLeft(until - now)}</span>
}

/** What is told while the sign-in waits all the same: nothing has to be started again. */
const goesOn: Partial<Record<FailureCode, string>> = {
  'sign-in-mismatch': words.stillWaiting,
  'grant-exists': words.removeFix,
}

const stillWaiting = ({ code }: FailureData) => {
  const fix = goesOn[code]
  return fix === undefined ? undefined : { fix, calm: true, action: null }
}

const Refused = ({ signIn }: { readonly signIn: SignIn }) => {
  const refused = useSignIn((state) => state.failure)
  // An answer that did not fit is told, while the right one is still awaited.
  const failure = refused ?? signIn.failure
  return failure === null ? null : (
    <FailureCard failure={failure} facts={{ host: signIn.host }} words={stillWaiting(failure)} />
  )
}

const Foot = () => (
  <div className={`${style.buttons} ${style.end}`}>
    <Button look="quiet" onClick={leaveWizard}>
      {words.cancel}
    </Button>
  </div>
)

/** Second moment of the redirect: what was opened, how long it is good for, and what to do when nothing comes back. */
export const WaitingForBrowser = ({ signIn }: { readonly signIn: SignIn }) => {
  const removes = signIn.failure?.code === 'grant-exists'
  const host = hostName(signIn.host)
  return (
    <>
      <PageHeader
        title={removes ? words.removeTitle : words.waitingTitle}
        about={removes ? words.removeText(host) : words.waitingText(host)}
      />
      <div className={style.stack}>
        <div className={style.box}>
          <KeyValue
            rows={[
              [words.opens, signIn.opens === null ? null : <code key="opens">{signIn.opens}</code>],
              [words.timeLeft, signIn.expiresAt === null ? null : <TimeLeft key="time" until={signIn.expiresAt} />],
            ]}
          />
          <div className={style.buttons}>
            <Button look="primary" onClick={() => void signIns.reopen()}>
              {words.openAgain}
            </Button>
            <CopyButton look="secondary" copy={() => api.signIns.copyLink({ id: signIn.id }).catch(rethrow)}>
              {words.copyLink}
            </CopyButton>
          </div>
          {!removes && <Ladder signIn={signIn} />}
        </div>
        <Refused signIn={signIn} />
        <Foot />
      </div>
    </>
  )
}

/** Second moment of the device flow (RFC 8628): the code, and where to type it. */
export const WaitingForCode = ({ signIn }: { readonly signIn: SignIn }) => {
  const page = signIn.verificationUri ?? signIn.host
  return (
    <>
      <PageHeader title={words.deviceTitle} about={words.deviceText(hostName(page))} />
      <div className={style.stack}>
        <div className={style.box}>
          <code className={style.code} role="status" aria-label={words.deviceCode}>
            {signIn.userCode}
          </code>
          <div className={style.buttons}>
            <Button look="primary" onClick={() => void signIns.reopen()}>
              {words.openPage}
            </Button>
            <CopyButton copy={() => api.system.copy({ text: signIn.userCode ?? '' }).catch(rethrow)}>
              {words.copyCode}
            </CopyButton>
          </div>
          <KeyValue
            rows={[
              [words.timeLeft, signIn.expiresAt === null ? null : <TimeLeft key="time" until={signIn.expiresAt} />],
            ]}
          />
        </div>
        <Refused signIn={signIn} />
        <Foot />
      </div>
    </>
  )
}

const rethrow = (error: unknown): never => {
  reportFailure(error)
  throw error
}
