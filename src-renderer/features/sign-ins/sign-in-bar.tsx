import { hostName } from '../../failures/facts'
import { navigate, usePlaces } from '../../location'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { shownSignIn } from './sign-in-store'
import { signIns, useSignIn } from './use-sign-ins'
import { words } from './words'

/** Leads back to a sign-in that was left while it is still under way. */
export const SignInBar = () => {
  const signIn = useSignIn(shownSignIn)
  const here = usePlaces().at(-1)?.path === '/accounts/connect'
  if (signIn === null || here || signIn.way === 'token') return null
  if (signIn.phase === 'connected' || signIn.phase === 'failed') return null
  const asks = signIn.phase === 'different-person'
  const host = hostName(signIn.host)
  return (
    <Banner
      tone={asks ? 'warn' : 'busy'}
      title={asks ? words.barAttention(host) : words.barWaiting(host)}
      actions={
        <>
          <Button small onClick={() => navigate('/accounts/connect')}>
            {words.goOn}
          </Button>
          <Button small look="quiet" onClick={() => void signIns.cancel()}>
            {words.cancel}
          </Button>
        </>
      }
    >
      {words.barWaitingText}
    </Banner>
  )
}
