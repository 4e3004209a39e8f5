import { type FormEvent, useState } from 'react'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import { useProvider } from '../../providers'
import { Button, LinkButton } from '../../ui/button'
import { SecretField } from '../../ui/field'
import { choice, signIns, useSignIn } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const Paste = () => {
  const [address, setAddress] = useState('')
  const busy = useSignIn((state) => state.busy)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() !== '') void signIns.pasteBack(address.trim())
  }
  return (
    <form onSubmit={submit}>
      <SecretField label={words.pasteLabel} about={words.pasteAbout} value={address} onText={setAddress} />
      <Button type="submit" busy={busy} disabled={address.trim() === ''}>
        {words.pasteButton}
      </Button>
    </form>
  )
}

/** "It did not come back?": the other ways for the browser's answer, folded until asked for. */
export const Ladder = ({ signIn }: { readonly signIn: SignIn }) => {
  const { road, otherRoads, canUseDevice, canUseToken } = signIn
  const card = useProvider(signIn.provider)
  const pasting = road === 'paste' || otherRoads.includes('paste')
  return (
    <details className={style.ladder} open={road === 'paste' ? true : undefined}>
      <summary>{words.notBack}</summary>
      <div className={style['ladder-body']}>
        {road !== null && <p className={style.lead}>{words.roadNow[road]}</p>}
        {otherRoads
          .filter((other) => other !== 'paste')
          .map((other) => (
            <LinkButton key={other} onClick={() => void signIns.changeRoad(other)}>
              {words.roads[other]}
            </LinkButton>
          ))}
        {canUseDevice && <LinkButton onClick={() => void signIns.changeRoad('device')}>{words.useDevice}</LinkButton>}
        {canUseToken && (
          <LinkButton
            onClick={() => {
              void signIns.cancel()
              choice.resume(card, signIn.host, true)
            }}
          >
            {words.useToken}
          </LinkButton>
        )}
        {pasting && <Paste />}
      </div>
    </details>
  )
}
