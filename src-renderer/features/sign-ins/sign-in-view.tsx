import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { useProvider } from '../../providers'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { PageHeader } from '../../ui/page'
import { Spinner } from '../../ui/spinner'
import { Connected } from './connected'
import { leaveWizard } from './leave-wizard'
import { setUpApp } from './set-up-app'
import { choice, signIns, useSignIn } from './use-sign-ins'
import { WaitingForBrowser, WaitingForCode } from './waiting'
import style from './wizard.module.css'
import { words } from './words'

const Busy = ({ signIn }: { readonly signIn: SignIn }) => (
  <>
    <PageHeader title={words.busyTitle} about={hostName(signIn.host)} />
    <div className={style.box}>
      <p className={style.busy} role="status">
        <Spinner size={18} />
        {signIn.phase === 'exchanging' ? words.exchanging : words.checking}
      </p>
    </div>
  </>
)

/** Starts the same sign-in again, in place of the one that ended. */
const startAgain = (signIn: SignIn) => {
  if (signIn.way === 'redirect' || signIn.way === 'device') {
    const { provider, host, way, reconnects, deploys } = signIn
    void signIns.begin({ provider, host, way, reconnects, deploys })
  } else {
    signIns.dismiss()
  }
}

const Different = ({ signIn }: { readonly signIn: SignIn }) => {
  const busy = useSignIn((state) => state.busy)
  return (
    <>
      <PageHeader title={words.differentTitle(signIn.login ?? '')} about={words.differentText} />
      <div className={style.stack}>
        <div className={style.buttons}>
          <Button look="primary" busy={busy} onClick={() => void signIns.keepAsNew()}>
            {words.keepAsNew}
          </Button>
          <Button onClick={() => startAgain(signIn)}>{words.again}</Button>
          <span className={style.spring} />
          <Button look="quiet" onClick={leaveWizard}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </>
  )
}

const Failed = ({ signIn }: { readonly signIn: SignIn }) => {
  const card = useProvider(signIn.provider)
  const busy = useSignIn((state) => state.busy)
  const refused = useSignIn((state) => state.failure)
  const failure = refused ?? signIn.failure ?? { code: 'unexpected' as const, facts: {} }
  const otherWays = () => {
    signIns.dismiss()
    choice.resume(card, signIn.host, false)
  }
  return (
    <>
      <PageHeader title={words.failedTitle} about={hostName(signIn.host)} />
      <div className={style.stack}>
        <FailureCard
          failure={failure}
          facts={{ provider: card?.title ?? '', host: signIn.host }}
          busy={busy}
          handlers={{
            retry: () => startAgain(signIn),
            'sign-in-again': () => startAgain(signIn),
            reconnect: () => startAgain(signIn),
            'other-ways': otherWays,
            'set-up-oauth-app': () => setUpApp(signIn.provider, signIn.host),
            'replace-token': otherWays,
            'edit-address': otherWays,
          }}
        />
        <div className={style.buttons}>
          <Button onClick={otherWays}>{words.otherWays}</Button>
          <span className={style.spring} />
          <Button look="quiet" onClick={leaveWizard}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </>
  )
}

/** Moments two and three: what main says about the sign-in. */
export const SignInView = ({ signIn }: { readonly signIn: SignIn }) => {
  useReady(true)
  switch (signIn.phase) {
    case 'waiting':
      return signIn.way === 'device' ? <WaitingForCode signIn={signIn} /> : <WaitingForBrowser signIn={signIn} />
    case 'exchanging':
    case 'checking':
      return <Busy signIn={signIn} />
    case 'different-person':
      return <Different signIn={signIn} />
    case 'connected':
      return <Connected signIn={signIn} />
    case 'failed':
      return <Failed signIn={signIn} />
    case 'cancelled':
      return null
  }
}
