import { useEffect } from 'react'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { replace } from '../../location'
import { useProviders } from '../../providers'
import type { Params } from '../../route'
import { Page } from '../../ui/page'
import { useAccounts } from '../accounts/use-accounts'
import { ChooseProvider } from './choose-provider'
import { ChooseWay } from './choose-way'
import { pickProvider } from './pick-provider'
import { shownSignIn } from './sign-in-store'
import { SignInView } from './sign-in-view'
import { choice, signIns, useChoice, useSignIn } from './use-sign-ins'

const path = '/accounts/connect'

/** A token is checked while its form stays in view; only its good or surprising end takes the form's place. */
const takesOver = (signIn: SignIn): boolean =>
  signIn.way !== 'token' || signIn.phase === 'connected' || signIn.phase === 'different-person'

/**
 * Does once what the address asks for: a provider, a host (or any address of it), an account to reconnect. Then the address is plain again, so
 * that coming back by history finds the wizard as it was left.
 */
const useAddress = ({ account, provider, host, way, for: purpose }: Params) => {
  const cards = useProviders()
  const kind = useAccounts((state) => state.accounts?.find(({ id }) => id === account)?.kind)
  useEffect(() => {
    if (account === undefined) return
    // An SSH key has a wizard of its own.
    if (kind === 'ssh') return replace(`${path}/ssh?reconnects=${encodeURIComponent(account)}`)
    signIns.dismiss()
    void choice.reconnect(account, way === 'token', purpose === 'deploys')
    replace(path)
  }, [account, kind, way, purpose])
  useEffect(() => {
    if (host === undefined || provider !== undefined) return
    signIns.dismiss()
    choice.reset()
    choice.type(host, true)
    replace(path)
  }, [provider, host])
  useEffect(() => {
    if (cards === null || provider === undefined) return
    const card = cards.find((one) => one.id === provider)
    signIns.dismiss()
    replace(path)
    if (card === undefined) choice.reset()
    else pickProvider(card, host)
    if (way === 'token') choice.openToken(true)
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
  // Until the address has been dealt with, showing the choice would only flicker.
  const finding = useChoice((state) => state.finding) || params.account !== undefined || params.provider !== undefined
  return (
    <Page width="narrow">
      {signIn !== null && takesOver(signIn) ? (
        <SignInView signIn={signIn} />
      ) : card !== undefined ? (
        <ChooseWay card={card} />
      ) : finding ? null : (
        <ChooseProvider />
      )}
    </Page>
  )
}
