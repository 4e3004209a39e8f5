import { Check } from 'lucide-react'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
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
  const count = signIn.repositoryCount
  const id = signIn.accountId ?? ''
  return (
    <section className={style.success} aria-live="polite">
      <span className={style.tick} aria-hidden="true">
        <Check size={22} strokeWidth={2.5} />
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
      </p>
      <div className={style['success-buttons']}>
        <Button look="primary" onClick={() => leave(`/repositories?account=${encodeURIComponent(id)}`)}>
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
