import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import { pollForToken, requestDeviceCode, type Wait } from '../../oauth/device'
import { expectTokens } from './arriving-tokens'
import { callOf, connect, type FlowParts, openPage, type Prepared } from './flow'
import type { LiveSignIn } from './stage'

/** The device flow (RFC 8628): asks for a code now, for the token once the stage was entered. */
export const prepareDeviceFlow = async (parts: FlowParts, live: LiveSignIn): Promise<Prepared> => {
  const { ports, current, pending, kept } = parts
  const { device } = live.offer
  if (!device) throw new Failure('invalid-input', { field: 'way' })
  const code = await requestDeviceCode(callOf(parts, live), device)
  const { userCode, verificationUri, page, expiresAt } = code

  const poll = async (signal: AbortSignal) => {
    try {
      const tokens = await expectTokens(parts, live)
      try {
        const credential = await pollForToken(callOf(parts, live, signal), device, code, waitBy(ports.clock))
        await tokens.keep(credential)
        if (!current.enter(live, { phase: 'checking' })) return
        ports.showWindow()
        await connect(parts, live, credential)
      } finally {
        await tokens.close()
      }
    } catch (error) {
      if (!signal.aborted) current.fail(live, error)
    }
  }

  return {
    stage: { phase: 'waiting', way: 'device', page, expiresAt, failure: null, userCode, verificationUri },
    launch: () => {
      // Whatever it waited for before it does no longer.
      pending.drop(live.id)
      void kept.forget()
      const asking = new AbortController()
      live.whileWaiting.add(() => asking.abort())
      openPage(parts, live, page)
      void poll(asking.signal)
    },
    discard: () => {},
  }
}

/** Waiting by a clock, given up at once when the signal says so. */
export const waitBy =
  (clock: Clock): Wait =>
  (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const cancelled = () => reject(new Failure('cancelled'))
      if (signal?.aborted) return cancelled()
      const cancel = () => {
        stop()
        cancelled()
      }
      const stop = clock.after(milliseconds, () => {
        signal?.removeEventListener('abort', cancel)
        resolve()
      })
      signal?.addEventListener('abort', cancel, { once: true })
    })
