import { type ReactNode, useEffect } from 'react'
import type { VaultStatus } from '../../../src-preload/contract/entities/vault'
import { FailureCard } from '../../failures/failure-card'
import { Banner } from '../../ui/banner'
import { Button, LinkButton } from '../../ui/button'
import { KeyValue } from '../../ui/key-value'
import { StateMark } from '../../ui/state-mark'
import { useVault, vault } from './use-vault'
import style from './vault.module.css'
import { words } from './words'

const Option = (props: { readonly title: string; readonly about: string; readonly children: ReactNode }) => (
  <section className={style.option} aria-label={props.title}>
    <div>
      <h3 className={style['option-title']}>{props.title}</h3>
      <p className={style.about}>{props.about}</p>
    </div>
    {props.children}
  </section>
)

const Retry = () => {
  const busy = useVault((state) => state.busy)
  return (
    <Button busy={busy} onClick={() => void vault.retry()}>
      {words.retry}
    </Button>
  )
}

const StartOver = ({ asLink }: { readonly asLink?: boolean }) =>
  asLink === true ? (
    <LinkButton onClick={() => void vault.startOver()}>{words.forgotten}</LinkButton>
  ) : (
    <Button look="danger" onClick={() => void vault.startOver()}>
      {words.startOver}
    </Button>
  )

/** Main asks for the passphrase in a dialog of its own. */
const NewPassphrase = () => {
  const busy = useVault((state) => state.busy)
  return (
    <Button busy={busy} onClick={() => void vault.choosePassphrase()}>
      {words.passphraseVerb}
    </Button>
  )
}

/** The same, for the one that there is. */
const Unlock = () => {
  const busy = useVault((state) => state.busy)
  const isWrong = useVault((state) => state.failure?.code === 'passphrase-wrong')
  return (
    <>
      {isWrong && (
        <Banner tone="bad" title={words.wrongTitle}>
          {words.wrongText}
        </Banner>
      )}
      <div>
        <Button look="primary" busy={busy} onClick={() => void vault.unlock()} data-autofocus>
          {isWrong ? words.unlockAgain : words.unlock}
        </Button>
      </div>
    </>
  )
}

/** Ways to go on where no strong keeper answers, as far as main allows them now. */
const Otherwise = ({ status }: { readonly status: VaultStatus }) => (
  <>
    {status.available.includes('passphrase') && (
      <Option title={words.passphraseTitle} about={words.passphraseAbout}>
        <NewPassphrase />
      </Option>
    )}
    {status.available.includes('session') && (
      <Option title={words.sessionTitle} about={words.sessionAbout}>
        <Button onClick={() => void vault.chooseSession()}>{words.sessionVerb}</Button>
      </Option>
    )}
  </>
)

const Choose = ({ status }: { readonly status: VaultStatus }) => (
  <>
    <Banner tone="warn" title={words.chooseTitle}>
      {words.chooseText}
    </Banner>
    <Otherwise status={status} />
    <div>
      <Retry />
    </div>
  </>
)

const Opened = ({ status }: { readonly status: VaultStatus }) => {
  const busy = useVault((state) => state.busy)
  const { holder, canMoveTo } = status
  return (
    <>
      <p className={style.about}>{words.about}</p>
      <KeyValue
        rows={[
          [words.keptBy, holder === null ? null : (status.holderTitle ?? words.holders[holder])],
          [
            words.state,
            <StateMark key="state" tone={holder === 'session' ? 'warn' : 'good'}>
              {words.open}
            </StateMark>,
          ],
        ]}
      />
      {holder === 'session' && <p>{words.sessionNote}</p>}
      {canMoveTo !== null && canMoveTo !== 'passphrase' && canMoveTo !== 'session' && (
        <Banner
          tone="idle"
          title={words.moveTitle}
          actions={
            <Button small busy={busy} onClick={() => void vault.moveTo(canMoveTo)}>
              {words.moveTo[canMoveTo]}
            </Button>
          }
        >
          {words.holders[canMoveTo]}
        </Banner>
      )}
      {holder === 'session' && status.available.includes('passphrase') && (
        <Option title={words.passphraseTitle} about={words.passphraseAbout}>
          <NewPassphrase />
        </Option>
      )}
    </>
  )
}

const Body = ({ status }: { readonly status: VaultStatus }) => {
  switch (status.state) {
    case 'opening':
    case 'waiting':
      return (
        <>
          <Banner tone="busy" title={words.waitingTitle} actions={<Retry />}>
            {words.waitingText}
          </Banner>
          <Otherwise status={status} />
        </>
      )
    case 'choose':
      return <Choose status={status} />
    case 'locked':
      return (
        <>
          <p className={style.about}>{words.lockedText}</p>
          <Unlock />
          <StartOver asLink />
        </>
      )
    case 'damaged':
      return (
        <>
          <Banner tone="bad" title={words.damagedTitle}>
            {words.damagedText}
          </Banner>
          <div className={style.buttons}>
            <Retry />
            <StartOver />
          </div>
          <Otherwise status={status} />
        </>
      )
    case 'open':
      return <Opened status={status} />
  }
}

/** Key storage: who keeps the key, and what to do when nobody does, it is locked, or it can't be read. */
export const VaultPanel = () => {
  const status = useVault((state) => state.status)
  const failure = useVault((state) => state.failure)
  useEffect(() => vault.forgetFailure, [])
  if (status === null) return failure === null ? null : <FailureCard failure={failure} />
  // A wrong passphrase is told where it is typed again.
  const said = failure?.code === 'passphrase-wrong'
  const shown = said ? null : (failure ?? (status.state === 'open' ? null : status.failure))
  return (
    <div className={style.stack}>
      <Body status={status} />
      {shown !== null && <FailureCard failure={shown} handlers={{ retry: () => void vault.retry() }} />}
    </div>
  )
}
