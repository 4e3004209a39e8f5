import { Failure } from '../../../src-preload/contract/outcome'
import { answerTime } from '../../oauth/pending-sign-ins'
import { waitBy } from './device-flow'
import { type FlowParts, openPage } from './flow'
import type { LiveSignIn } from './stage'

/** Time between two looks at whether the earlier grant is gone, in ms. */
const lookMs = 3000

/**
 * Opens the page on which an earlier grant is removed, and goes on by itself once it is gone: the account's token, which
 * lives by that grant, is refused then. Without such a token nothing would tell, so the sign-in ends and says what to do.
 */
export const awaitRemoval = async (
  parts: FlowParts,
  live: LiveSignIn,
  { code, facts }: Failure,
  goOn: () => Promise<void>,
): Promise<void> => {
  const { ports, current } = parts
  const page = facts.url ?? live.host
  const granted = async () => live.reconnects !== null && (await ports.tokenWorks(live.reconnects))
  const watched = await granted()
  if (!watched) {
    ports.openInBrowser(page).catch(() => undefined)
    return current.fail(live, new Failure(code, facts))
  }
  const entered = current.enter(live, {
    phase: 'waiting',
    way: 'redirect',
    page,
    expiresAt: ports.clock.now() + answerTime,
    failure: { code, facts: { ...facts } },
    ladder: { road: 'paste', others: [] },
    redirectUri: '',
  })
  if (!entered) return
  const left = new AbortController()
  live.whileWaiting.add(() => left.abort())
  openPage(parts, live, page)
  try {
    do await waitBy(ports.clock)(lookMs, left.signal)
    while (await granted())
  } catch (error) {
    if (left.signal.aborted) return
    throw error
  }
  if (!left.signal.aborted) await goOn()
}
