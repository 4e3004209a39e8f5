import { useEffect, useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { SshAddress, SshKey, SshTest } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Page, PageHeader, Section } from '../../ui/page'
import { StateMark } from '../../ui/state-mark'
import { cloneSheet } from '../clones/use-clones'
import { ChooseKey } from './choose-key'
import { ConnectionSteps } from './connection-steps'
import { KeyPanel } from './key-panel'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

/** What a typed address is, as soon as it is one. */
const useAddress = (text: string) => {
  const [address, setAddress] = useState<SshAddress | null>(null)
  const [refused, setRefused] = useState<FailureData | null>(null)
  useEffect(() => {
    let current = true
    setAddress(null)
    setRefused(null)
    if (text.trim() === '') return
    api.sshKeys.parseAddress({ address: text }).then(
      (parsed) => current && setAddress(parsed),
      (error: unknown) => current && setRefused(toFailure(error)),
    )
    return () => {
      current = false
    }
  }, [text])
  return { address, refused }
}

const AddressField = (props: {
  readonly text: string
  readonly refused: FailureData | null
  readonly onText: (text: string) => void
}) => {
  const corrected = props.refused?.facts.corrected
  return (
    <div className={style.fields}>
      <TextField
        label={words.address}
        about={words.addressAbout}
        value={props.text}
        maxLength={2048}
        onText={props.onText}
      />
      {props.refused !== null && (
        <FailureCard failure={props.refused} handlers={{ 'edit-address': () => props.onText('') }}>
          {corrected !== undefined && corrected !== '' && (
            <Button small onClick={() => props.onText(corrected)}>
              {words.corrected(corrected)}
            </Button>
          )}
        </FailureCard>
      )}
    </div>
  )
}

const Connected = ({ account, address }: { readonly account: Account; readonly address: string }) => (
  <div className={style.fields}>
    <StateMark tone="good">{words.connected(account.label || account.login)}</StateMark>
    <div className={style.keyActions}>
      <Button
        look="primary"
        onClick={() =>
          cloneSheet.getState().open({ kind: 'ssh-address', accountId: account.id, address, branch: null })
        }
      >
        {words.testClone}
      </Button>
      <Button onClick={() => navigate('/accounts')}>{words.done}</Button>
    </div>
  </div>
)

/** Paste, check and connect, for a key that was chosen. */
const CheckAndConnect = ({ sshKey, reconnects }: { readonly sshKey: SshKey; readonly reconnects: string | null }) => {
  const [text, setText] = useState('')
  const { address, refused } = useAddress(text)
  const [test, setTest] = useState<SshTest | null>(null)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [account, setAccount] = useState<Account | null>(null)
  const testId = test?.id
  useEffect(
    () =>
      api.on('ssh-tests.changed', (changed) => {
        // A test is announced before the answer that names it; this page starts one at a time.
        setTest((current) =>
          current === null || current.id === changed.id || current.state !== 'running' ? changed : current,
        )
      }),
    [],
  )
  useEffect(
    () => () => {
      if (testId !== undefined) api.sshKeys.cancelTest({ id: testId }).catch(() => undefined)
    },
    [testId],
  )
  const edit = (next: string) => {
    setText(next)
    setTest(null)
    setFailure(null)
  }
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setFailure(null)
    setTest(null)
    try {
      await act()
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const check = () => run(async () => setTest(await api.sshKeys.test({ keyId: sshKey.id, address: text })))
  const connect = () =>
    run(async () => {
      const called = name.trim() || `${address?.user ?? 'git'}@${address?.host ?? ''}`
      setAccount(await api.sshKeys.connect({ keyId: sshKey.id, address: text, name: called, reconnects }))
    })
  const running = busy || test?.state === 'running' || test?.state === 'asks-host-key'
  const problem = failure ?? (test?.state === 'failed' ? test.failure : null)
  return (
    <>
      <Section title={words.stepPaste}>
        <KeyPanel sshKey={sshKey} host={address?.host ?? null} path={address?.path ?? null} />
      </Section>
      <Section title={words.stepTest}>
        {account !== null ? (
          <Connected account={account} address={text} />
        ) : (
          <div className={style.fields}>
            <AddressField text={text} refused={refused} onText={edit} />
            <TextField
              label={words.accountName}
              value={name}
              maxLength={80}
              placeholder={address === null ? '' : `${address.user}@${address.host}`}
              onText={setName}
            />
            {test !== null && <ConnectionSteps test={test} />}
            {problem !== null && <FailureCard failure={problem} handlers={{ retry: () => void check() }} />}
            <div className={style.keyActions}>
              <Button look="primary" disabled={address === null} busy={running} onClick={() => void connect()}>
                {words.connect}
              </Button>
              <Button disabled={address === null || running} onClick={() => void check()}>
                {words.test}
              </Button>
              {running && test !== null && (
                <Button look="quiet" onClick={() => void api.sshKeys.cancelTest({ id: test.id }).catch(reportFailure)}>
                  {words.stop}
                </Button>
              )}
            </div>
          </div>
        )}
      </Section>
    </>
  )
}

/** "Other (SSH key)": any git host that can be reached by SSH. `?key=` starts with a key, `?reconnects=` keeps an account. */
export const ConnectSshPage = ({ params }: { readonly params: Params }) => {
  const keys = useKeys()
  const [chosen, setChosen] = useState<string | null>(params.key ?? null)
  const key = keys?.find(({ id }) => id === chosen) ?? null
  useReady(keys !== null)
  return (
    <Page width="narrow">
      <PageHeader title={words.connectTitle} />
      <Section title={words.stepKey}>
        {key === null ? (
          <ChooseKey onKey={({ id }) => setChosen(id)} />
        ) : (
          <div className={style.chosen}>
            <span>
              <span className={style.name}>{key.name}</span> <span className={style.quiet}>{key.type}</span>
            </span>
            <Button small look="quiet" onClick={() => setChosen(null)}>
              {words.otherKey}
            </Button>
          </div>
        )}
      </Section>
      {key !== null && <CheckAndConnect key={key.id} sshKey={key} reconnects={params.reconnects ?? null} />}
    </Page>
  )
}
