import { later } from '../../later'
import type { Feature } from '../../route'
import { SignInBar } from './sign-in-bar'
import { signIns } from './use-sign-ins'
import { words } from './words'

/** Connecting an account: the wizard, and the bar that leads back to it. */
export const signInsFeature: Feature = {
  name: 'sign-ins',
  routes: [
    {
      path: '/accounts/connect',
      crumbs: words.crumbs,
      page: later(async () => (await import('./connect-page')).ConnectPage),
      passing: true,
    },
  ],
  bar: SignInBar,
  start: signIns.start,
}
