import type { FailureData } from '../../src-preload/contract/outcome'
import { api } from '../api'
import { navigate } from '../location'
import type { FailureAction } from './action'
import { askAboutCertificate } from './certificate-question'
import { askAboutHostKey } from './host-key-question'
import { reportFailure } from './report-failure'

/** Actions that every screen does in the same way, so that none has to say so itself. `retry` is the screen's own. */
export const defaultActions: Partial<
  Record<FailureAction, (failure: FailureData, retry: (() => void) | undefined) => void>
> = {
  'set-up-oauth-app': () => navigate('/settings/oauth-apps'),
  'open-accounts': () => navigate('/accounts'),
  'open-vault': () => navigate('/vault'),
  'open-network': () => navigate('/settings/network'),
  'open-git': () => navigate('/settings/general#git'),
  'show-host-key': ({ facts }, retry) => askAboutHostKey(facts, retry),
  'open-host-keys': ({ facts }) => navigate(`/host-keys?host=${encodeURIComponent(facts.host ?? '')}`),
  'use-typed-address': ({ facts }, retry) => {
    api.accounts.useTypedAddress({ id: facts.account ?? '', use: true }).then(() => retry?.(), reportFailure)
  },
  'show-key': ({ facts }) => navigate(`/ssh-keys${facts.key === undefined ? '' : `?key=${facts.key}`}`),
  'make-key': () => navigate('/ssh-keys?make=1'),
  'show-certificate': ({ facts }, retry) => askAboutCertificate(facts, retry),
}
