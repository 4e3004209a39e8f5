import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import { navigate } from '../../location'
import { choice } from './use-sign-ins'

/** Chooses a provider for the wizard. One whose only way in is an SSH key has a wizard of its own, and leads there. */
export const pickProvider = (card: ProviderCard, host?: string): void => {
  if (card.ways.every((way) => way === 'ssh')) navigate('/accounts/connect/ssh')
  else choice.choose(card, host)
}
