import type { FailureData } from '../../src-preload/contract/outcome'
import { navigate } from '../location'
import type { FailureAction } from './action'

/** Actions that lead to a fixed place in the app, so that no screen has to say so itself. */
export const defaultActions: Partial<Record<FailureAction, (failure: FailureData) => void>> = {
  'set-up-oauth-app': () => navigate('/settings/oauth-apps'),
  'open-accounts': () => navigate('/accounts'),
  'open-vault': () => navigate('/vault'),
  'open-network': () => navigate('/settings/general#network'),
  'open-git': () => navigate('/settings/general#git'),
  'show-certificate': ({ facts }) => navigate(`/certificates/trust?${new URLSearchParams(facts)}`),
}
