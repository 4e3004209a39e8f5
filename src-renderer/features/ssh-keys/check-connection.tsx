import { useEffect, useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { SshAddress, SshKey, SshTest } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard, type FailureHandlers } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { StateMark } from '../../ui/state-mark'
import { cloneSheet } from '../clones/use-clones'
import { ConnectionSteps } from './connection-steps'
import style from './ssh-keys.module.css'
import { words } from './words'

const Connected = ({ account, address }: { readonly account: Account; readonly address: string }) => (
  <>
    <h3 className={style.connected} role="status">
      <StateMark tone="good">{words.connected(account.label || account.login)}</StateMark>
    </h3>
    <div className={style.buttons}>
      <Button
        look="primary"
        onClick={() =>
          cloneSheet.getState().open({ kind: 'ssh-address', accountId: account.id, address, branch: null })
        }
      >
        {words.testClone}
      </Button>
      <Button onClick={() => navigate(`/accounts?account=${encodeURIComponent(account.id)}`)}>{words.done}</Button>
    </div>
  </>
)

/** The one test of this screen: started here, followed by announcement, ended when the person leaves. */
const useTest = () => {
  const [test, setTest] = useState<SshTest | null>(null)
  const testId = test?.id
  useEffect(
    () =>
      // A test is announced before the answer that names it; this screen starts one at a time.
      api.on('ssh-tests.changed', (changed) =>
        setTest((current) =>
          current === null || current.id === changed.id || current.state !== 'running' ? changed : current,
        ),
      ),
    [],
  )
  useEffect(
    () => () => {
      if (testId !== undefined) api.sshKeys.cancelTest({ id: testId }).catch(() => undefined)
    },
    [testId],
  )
  return { test, setTest }
}

/** Checks a key at an address step by step, and connects the account when all has passed. */
export const CheckConnection = (props: {
  readonly sshKey: SshKey
  readonly address: SshAddress | null
  readonly name: string
  readonly reconnects: string | null
  /** Brings the public half on this screen into view. */
  readonly onShowKey: () => void
}) => {
  const { sshKey, address, reconnects } = props
  const { test, setTest } = useTest()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [account, setAccount] = useState<Account | null>(null)
  const place = address?.address

  useEffect(() => {
    // What was found at another address, or with another key, says nothing about this one.
    if (place === undefined || sshKey.id === '') return
    setTest(null)
    setFailure(null)
  }, [place, sshKey.id, setTest])

  const run = async (act: (address: SshAddress) => Promise<void>) => {
    if (address === null) return
    setBusy(true)
    setFailure(null)
    setTest(null)
    try {
      await act(address)
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const check = () => run(async (to) => setTest(await api.sshKeys.test({ keyId: sshKey.id, address: to.address })))
  const connect = () =>
    run(async (to) => {
      const name = props.name.trim() || `${to.user}@${to.host}`
      setAccount(await api.sshKeys.connect({ keyId: sshKey.id, address: to.address, name, reconnects }))
    })
  const running = test?.state === 'running' || test?.state === 'asks-host-key'
  const handlers: FailureHandlers = {
    retry: () => void connect(),
    'show-key': props.onShowKey,
    'show-host-key': () => void connect(),
  }
  // A failure of the test stands with its step; what else went wrong stands below.
  const problem = failure !== null && failure.code !== 'cancelled' && test?.state !== 'failed' ? failure : null
  if (account !== null && address !== null) return <Connected account={account} address={address.address} />
  return (
    <div className={style.fields}>
      {test !== null && <ConnectionSteps test={test} handlers={handlers} />}
      {problem !== null && <FailureCard failure={problem} handlers={handlers} />}
      <div className={style.buttons}>
        <Button look="primary" disabled={address === null} busy={busy || running} onClick={() => void connect()}>
          {words.connect}
        </Button>
        <Button disabled={address === null || busy || running} onClick={() => void check()}>
          {words.test}
        </Button>
        {running && test !== null && (
          <Button look="quiet" onClick={() => void api.sshKeys.cancelTest({ id: test.id }).catch(reportFailure)}>
            {words.stop}
          </Button>
        )}
      </div>
      {address === null && <p className={style.quiet}>{words.addressFirst}</p>}
    </div>
  )
}
