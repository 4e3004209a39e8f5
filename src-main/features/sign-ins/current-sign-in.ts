import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import type { SignInPorts } from './ports'
import { isOver, type LiveSignIn, type Stage, toSignIn } from './stage'

/** The one sign-in under way, and the only place where its stage changes. */
export interface CurrentSignIn {
  get(): LiveSignIn | null
  /** The one under way if it has this id. @throws Failure `sign-in-expired` */
  find(id: string): LiveSignIn
  /** Makes it the one under way. An earlier one ends as cancelled. */
  begin(live: LiveSignIn, stage: Stage): void
  /** Moves it on. Does nothing and returns false when it is over or another has begun: late results change nothing. */
  enter(live: LiveSignIn, stage: Stage): boolean
  /** Adds the number of repositories of the account that it has connected, which is counted after that. */
  noteRepositoryCount(accountId: string, count: number): void
  /** The person leaves it: what is under way is cancelled, what is over is put away. */
  leave(id: string): void
  /** Ends it with what went wrong. Anything but a `Failure` is a defect and is logged whole. */
  fail(live: LiveSignIn, error: unknown): void
}

export const createCurrentSignIn = (
  { announce, clock, log }: Pick<SignInPorts, 'announce' | 'clock' | 'log'>,
  onEnd: (live: LiveSignIn) => void,
): CurrentSignIn => {
  let current: LiveSignIn | null = null
  let stopTimer = () => {}

  const toFailureData = (error: unknown, id: string): FailureData => {
    if (error instanceof Failure) return { code: error.code, facts: { ...error.facts } }
    log.error('A sign-in ended unexpectedly', { signIn: id, error })
    return { code: 'unexpected', facts: {} }
  }

  const settle = (live: LiveSignIn) => {
    const { stage } = live
    stopTimer()
    if (stage.phase === 'waiting') {
      const expired = new Failure('sign-in-expired', { host: new URL(live.host).host })
      stopTimer = clock.after(Math.max(0, stage.expiresAt - clock.now()), () => fail(live, expired))
    } else stop(live)
    if (isOver(stage)) {
      live.ended.abort()
      onEnd(live)
      const code = stage.phase === 'failed' ? stage.failure.code : null
      log.info('A sign-in ended', { signIn: live.id, phase: stage.phase, code })
    }
    announce('sign-ins.changed', toSignIn(live))
  }

  const enter = (live: LiveSignIn, stage: Stage): boolean => {
    if (live !== current || isOver(live.stage)) return false
    if (stage.phase === 'waiting' && stage.way !== live.way) {
      stop(live)
      live.way = stage.way
    }
    live.stage = stage
    settle(live)
    return true
  }

  const fail = (live: LiveSignIn, error: unknown) => {
    enter(live, { phase: 'failed', failure: toFailureData(error, live.id) })
  }

  return {
    get: () => current,
    find: (id) => {
      if (current?.id !== id) throw new Failure('sign-in-expired')
      return current
    },
    begin: (live, stage) => {
      if (current) enter(current, { phase: 'cancelled' })
      current = live
      live.stage = stage
      log.info('A sign-in began', { signIn: live.id, provider: live.provider.id, way: live.way })
      settle(live)
    },
    enter,
    noteRepositoryCount: (accountId, repositoryCount) => {
      if (current?.stage.phase !== 'connected' || current.stage.accountId !== accountId) return
      current.stage = { ...current.stage, repositoryCount }
      announce('sign-ins.changed', toSignIn(current))
    },
    leave: (id) => {
      if (current?.id !== id || enter(current, { phase: 'cancelled' })) return
      current = null
      announce('sign-ins.changed', null)
    },
    fail,
  }
}

const stop = ({ whileWaiting }: LiveSignIn): void => {
  const stops = [...whileWaiting]
  whileWaiting.clear()
  for (const each of stops) each()
}
