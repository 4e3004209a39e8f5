import { useEffect, useState } from 'react'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { useProvider } from '../../providers'
import { Button, LinkButton } from '../../ui/button'
import { SecretField, TextField } from '../../ui/field'
import { hostOf } from './choice-store'
import { leaveWizard } from './leave-wizard'
import { signIns, useChoice, useSignIn } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const usernameLabels: Readonly<Record<string, string>> = words.usernames

/** A token that was just typed in was never accepted, so "no longer" would be wrong. */
const wordsFor = ({ code }: FailureData, provider: string) =>
  code === 'auth-revoked' || code === 'auth-expired'
    ? { ...words.refused, title: words.refused.title(provider), action: null }
    : undefined

const Scopes = () => {
  const token = useChoice((state) => state.options?.token ?? null)
  const host = useChoice(hostOf)
  if (token === null) return null
  return (
    <div className={style.scopes}>
      {token.scopes.length > 0 && (
        <>
          <span>{words.tokenScopes}</span>
          {token.scopes.map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
        </>
      )}
      <LinkButton onClick={() => void api.system.openPage({ url: token.createUrl }).catch(reportFailure)}>
        {words.createToken(hostName(host))}
      </LinkButton>
    </div>
  )
}

/** Connects with a token made by hand. The token lives in this form until it is handed over. */
export const TokenForm = ({ provider }: { readonly provider: string }) => {
  const [token, setToken] = useState('')
  const [username, setUsername] = useState('')
  const title = useProvider(provider)?.title ?? ''
  const host = useChoice(hostOf)
  const account = useChoice((state) => state.account)
  const usernameKind = useChoice((state) => state.options?.token?.username ?? null)
  const busy = useSignIn((state) => state.busy)
  const ended = useSignIn((state) =>
    state.signIn?.way === 'token' && state.signIn.phase === 'failed' ? state.signIn.failure : null,
  )
  const refused = useSignIn((state) => state.failure) ?? ended
  const found = useSignIn((state) => (state.signIn?.way === 'token' ? state.signIn.tokenFound : undefined))
  useEffect(() => signIns.forgetFailure, [])
  const complete = token.trim() !== '' && (usernameKind === null || username.trim() !== '')
  const send = () => {
    if (!complete || busy) return
    void signIns.connectWithToken({
      provider,
      host,
      token: token.trim(),
      username: username.trim(),
      reconnects: account?.id ?? null,
    })
  }
  return (
    <form
      className={style.panel}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {usernameKind !== null && (
        <TextField
          label={ownOf(usernameLabels, usernameKind) ?? usernameKind}
          value={username}
          onText={setUsername}
          type={usernameKind === 'email' ? 'email' : 'text'}
        />
      )}
      <SecretField label={words.token} value={token} onText={setToken} about={<Scopes />} maxLength={65536} />
      {ended !== null && found !== undefined && <p className={style.notes}>{words.tokenFound(found)}</p>}
      {refused !== null && (
        <FailureCard
          failure={refused}
          facts={{ provider: title, host }}
          words={wordsFor(refused, title)}
          handlers={{ retry: send }}
        />
      )}
      <div className={style.buttons}>
        <Button look="primary" type="submit" busy={busy} disabled={!complete}>
          {words.connect}
        </Button>
        <Button look="quiet" onClick={leaveWizard}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}
