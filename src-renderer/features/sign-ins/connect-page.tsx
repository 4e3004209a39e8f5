import { useEffect } from 'react'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { useProviders } from '../../providers'
import type { Params } from '../../route'
import { Page } from '../../ui/page'
import { ChooseProvider } from './choose-provider'
import { ChooseWay } from './choose-way'
import { shownSignIn } from './sign-in-store'
import { SignInView } from './sign-in-view'
import { choice, signIns, useChoice, useSignIn } from './use-sign-ins'

/** A token is checked while its form stays in view; only its good or surprising end takes the form's place. */
const takesOver = (signIn: SignIn): boolean =>
  signIn.way !== 'token' || signIn.phase === 'connected' || signIn.phase === 'different-person'

/** Applies what the address asks for: a provider, a host, an account to reconnect. */
const useAddress = (params: Params) => {
  const cards = useProviders()
  const { account, provider, host, way } = params
  useEffect(() => {
    if (account !== undefined) {
      signIns.dismiss()
      void choice.reconnect(account, way === 'token')
    }
  }, [account, way])
  useEffect(() => {
    const card = cards?.find((one) => one.id === provider)
    if (card !== undefined) choice.choose(card, host)
    if (card !== undefined && way === 'token') choice.openToken(true)
  }, [cards, provider, host, way])
}

/** Coming back from elsewhere, e.g. from setting up an OAuth app: what is possible may have changed. */
const useFreshOptions = () => {
  useEffect(() => {
    if (choice.store.getState().options !== null) choice.reload()
  }, [])
}

/** The wizard: choose, continue in the browser, connected. It can be left and re-entered at any moment. */
export const ConnectPage = ({ params }: { readonly params: Params }) => {
  useAddress(params)
  useFreshOptions()
  const cards = useProviders()
  const signIn = useSignIn(shownSignIn)
  const provider = useChoice((state) => state.provider)
  const card = cards?.find((one) => one.id === provider)
  const reconnecting = params.account !== undefined && provider === null
  return (
    <Page width="narrow">
      {signIn !== null && takesOver(signIn) ? (
        <SignInView signIn={signIn} />
      ) : card !== undefined ? (
        <ChooseWay card={card} />
      ) : reconnecting ? null : (
        <ChooseProvider />
      )}
    </Page>
  )
}
