import { navigate } from '../../location'

/** Opens the form of the OAuth app for a host, from where one comes back here. */
export const setUpApp = (provider: string, address: string): void =>
  navigate(`/settings/oauth-apps?provider=${provider}&host=${encodeURIComponent(address)}`)
