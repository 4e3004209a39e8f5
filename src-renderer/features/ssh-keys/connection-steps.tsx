import type { SshTest } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { FailureCard, type FailureHandlers } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { type Check, CheckList, type CheckState } from '../../ui/check-list'
import { HostKeyQuestion } from '../../ui/host-key-question'
import { words } from './words'

const confirm = (test: SshTest, fingerprint: string) =>
  void api.sshKeys.confirmHostKey({ testId: test.id, fingerprint }).catch(reportFailure)

const placeOf = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  port === 22 ? host : `${host}:${port}`

/** A connection test as a list of steps that tick; a question and a failure stand below their step. */
export const ConnectionSteps = ({ test, handlers }: { readonly test: SshTest; readonly handlers: FailureHandlers }) => {
  const { hostKey, failure } = test
  const failed = test.steps.find(({ state }) => state === 'failed')?.step
  const stateOf = (step: SshTest['steps'][number]): CheckState => {
    if (step.state === 'waiting' && (test.state === 'failed' || test.state === 'cancelled')) return 'skipped'
    return step.step === 'host-key' && hostKey !== null ? 'warned' : step.state
  }
  const checks = test.steps.map(
    (step): Check => ({
      id: step.step,
      label: words.steps[step.step],
      state: stateOf(step),
      detail: step.step === 'branches' && step.detail !== null ? words.branches(step.detail) : step.detail,
      milliseconds: step.milliseconds,
      below:
        step.step === 'host-key' && hostKey !== null ? (
          <HostKeyQuestion
            host={placeOf(hostKey)}
            hostKey={hostKey}
            onCompare={(fingerprint) => confirm(test, fingerprint)}
          />
        ) : step.step === failed && failure !== null && failure.code !== 'cancelled' ? (
          <FailureCard failure={failure} handlers={handlers} />
        ) : null,
    }),
  )
  return (
    <>
      <CheckList label={words.test} checks={checks} />
      {failed === undefined && failure !== null && failure.code !== 'cancelled' && (
        <FailureCard failure={failure} handlers={handlers} />
      )}
    </>
  )
}
