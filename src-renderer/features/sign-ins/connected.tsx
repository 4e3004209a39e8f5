import { Check, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { useProvider } from '../../providers'
import { Button, LinkButton } from '../../ui/button'
import { choice, signIns, useSignIn } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const leave = (to: string) => {
  signIns.dismiss()
  choice.reset()
  navigate(to)
}

/** Third moment: who you are now, what you can see, and where to go from here. */
export const Connected = ({ signIn }: { readonly signIn: SignIn }) => {
  const account = useSignIn((state) => state.account)
  const card = useProvider(signIn.provider)
  const count = signIn.repositoryCount
  const id = signIn.accountId ?? ''
  const twin = signIn.reconnects === null && account !== null && account.samePersonAs !== null
  const reason = account?.reason ?? null
  const [busy, setBusy] = useState(false)
  const replace = async () => {
    setBusy(true)
    try {
      await api.accounts.replaceTwin({ id })
      leave('/accounts')
    } catch (error) {
      reportFailure(error)
      setBusy(false)
    }
  }
  return (
    <section className={style.success} aria-live="polite">
      <span className={reason === null ? style.tick : style.warning} aria-hidden="true">
        {reason === null ? <Check size={22} strokeWidth={2.5} /> : <TriangleAlert size={20} strokeWidth={2.5} />}
      </span>
      <h1 tabIndex={-1}>
        {words.connectedTitle(signIn.login ?? account?.login ?? '')}
        {count !== null && `, ${words.repositories(count)}`}
      </h1>
      <p className={style['success-about']}>
        {hostName(signIn.host)}
        {account !== null && words.selections[account.access.selection] !== '' && (
          <>
            <br />
            {words.selections[account.access.selection]}{' '}
            {account.access.manageUrl !== null && (
              <LinkButton onClick={() => void api.accounts.manageAccess({ id, owner: null }).catch(reportFailure)}>
                {words.manageAccess}
              </LinkButton>
            )}
          </>
        )}
        {signIn.tokenFound !== undefined && (
          <>
            <br />
            {words.tokenFound(signIn.tokenFound)}
          </>
        )}
      </p>
      {reason !== null && (
        <FailureCard
          failure={reason}
          facts={{ provider: card?.title ?? '', host: signIn.host }}
          handlers={{
            reconnect: () => leave(`/accounts/connect?account=${encodeURIComponent(id)}`),
            'manage-access': () =>
              void api.accounts.manageAccess({ id, owner: reason.facts.owner ?? null }).catch(reportFailure),
          }}
        />
      )}
      {twin && <p className={style['success-about']}>{words.twin}</p>}
      <div className={style['success-buttons']}>
        {twin && (
          <Button look="primary" busy={busy} onClick={() => void replace()}>
            {words.replaceTwin}
          </Button>
        )}
        <Button
          look={twin ? 'secondary' : 'primary'}
          onClick={() => leave(`/repositories?account=${encodeURIComponent(id)}`)}
        >
          {words.browse}
        </Button>
        <Button
          onClick={() => {
            signIns.dismiss()
            choice.reset()
          }}
        >
          {words.another}
        </Button>
        <Button look="quiet" onClick={() => leave('/accounts')}>
          {words.done}
        </Button>
      </div>
    </section>
  )
}
