import { type InferOutput, object, picklist, string } from 'valibot'
import type { Receipt } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'
import type { ProviderClient } from '../../providers/provider'
import { asData, asFailure, familyOf } from './failure-families'

type Step = Receipt['steps'][number]

/** A thing that the app made at a provider through an account, and takes away again before the account goes. */
export const Made = object({
  what: picklist(['webhook', 'deploy-key']),
  /** What people call it: the hook's address, the repository's path. */
  name: string(),
  repository: object({ id: string(), path: string() }),
  /** The provider's own number of it. */
  id: string(),
})
export type Made = InferOutput<typeof Made>

/**
 * Looks, removes, looks again: an interface that says "gone" is not proof.
 * @throws Failure `conflict` when it is still there, or what the provider says
 */
export const removeMade = async (
  client: ProviderClient,
  { what, repository, id }: Pick<Made, 'what' | 'repository' | 'id'>,
): Promise<'removed' | 'already-gone' | 'by-hand'> => {
  const able = what === 'webhook' ? client.webhooks : client.deployKeys
  if (able === undefined) return 'by-hand'
  /** Among rows that could not be read it may still be. */
  const look = async () => {
    let whole = true
    const rows = await able.list(repository, { onPartial: () => (whole = false) })
    return rows.some((one) => one.id === id) ? 'there' : whole ? 'gone' : 'unknown'
  }
  if ((await look()) === 'gone') return 'already-gone'
  await able.remove(repository, id)
  if ((await look()) === 'there') throw new Failure('conflict', { what: 'still-there' })
  return 'removed'
}

/** What became of things that were made. */
export interface Released {
  /** Those that are settled: gone, or left to a person. */
  readonly settled: readonly Step[]
  /** Those that could not be reached, told as such. */
  readonly queued: readonly Step[]
  readonly left: readonly Made[]
}

/** Takes things away one after the other. Never rejects: what can't be reached is left for another time. */
export const releaseMade = async (made: readonly Made[], client: ProviderClient | null): Promise<Released> => {
  const settled: Step[] = []
  const queued: Step[] = []
  const left: Made[] = []
  for (const one of made) {
    const step = { what: one.what, name: one.name, url: null }
    try {
      const outcome = client === null ? 'by-hand' : await removeMade(client, one)
      settled.push({ ...step, outcome, failure: null })
    } catch (error) {
      const failure = asFailure(error)
      const family = familyOf(failure)
      if (family === 'passes' || family === 'waits') {
        left.push(one)
        queued.push({ ...step, outcome: 'queued', failure: asData(failure) })
      } else settled.push({ ...step, outcome: 'by-hand', failure: asData(failure) })
    }
  }
  return { settled, queued, left }
}
