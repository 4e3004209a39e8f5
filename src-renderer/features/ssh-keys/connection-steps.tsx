import type { SshTest } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { formatDuration } from '../../ui/numbers'
import { StateShape, type StateTone } from '../../ui/state-mark'
import style from './ssh-keys.module.css'
import { words } from './words'

const tones: Readonly<Record<SshTest['steps'][number]['state'], StateTone>> = {
  waiting: 'idle',
  running: 'busy',
  passed: 'good',
  failed: 'bad',
}

/** The question about a host that was never seen. Only the fingerprint on the screen can be trusted. */
const HostKeyQuestion = ({ test }: { readonly test: SshTest }) => {
  const { hostKey } = test
  if (hostKey === null) return null
  const published =
    hostKey.published === null ? words.askText : hostKey.published ? words.askPublished : words.askNotPublished
  return (
    <section className={style.question} aria-label={words.askTitle(hostKey.host)}>
      <h3 className={style.label}>{words.askTitle(hostKey.host)}</h3>
      <p>{published}</p>
      <code>
        {hostKey.type} {hostKey.fingerprint}
      </code>
      <Button
        onClick={() =>
          void api.sshKeys.confirmHostKey({ testId: test.id, fingerprint: hostKey.fingerprint }).catch(reportFailure)
        }
      >
        {words.trust}
      </Button>
    </section>
  )
}

/** A connection test as a list of steps that tick. */
export const ConnectionSteps = ({ test }: { readonly test: SshTest }) => (
  <div>
    <ol className={style.checks} aria-label={words.test}>
      {test.steps.map(({ step, state, milliseconds, detail }) => (
        <li key={step} className={style.check} data-state={state}>
          <span className={style.shape}>
            <StateShape tone={tones[state]} />
          </span>
          <span>
            {words.steps[step]}
            <span className={style.hidden}>, {words.stepStates[state]}</span>
          </span>
          <span className={style.detail}>
            <bdi>{step === 'branches' && detail !== null ? words.branches(detail) : detail}</bdi>
            {milliseconds !== null && <span className={style.time}>{formatDuration(milliseconds)}</span>}
          </span>
        </li>
      ))}
    </ol>
    {test.state === 'asks-host-key' && <HostKeyQuestion test={test} />}
  </div>
)
