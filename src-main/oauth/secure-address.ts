import { isLoopback } from '../network/loopback'

/** Whether an address may be used for sign-in: https to any host, plain http to this computer only (RFC 6749 section 3.1.2.1). */
export const isSecureAddress = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
