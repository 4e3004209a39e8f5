import type { Fetch } from '../network/fetch'
import { isSecureAddress } from './secure-address'

/** Metadata is small; anything larger is none. In bytes. */
const largestMetadata = 256 * 1024

/** How long metadata may take, in ms. It is asked for while a person is in the browser. */
const timeoutMs = 5000

/** Where a server describes itself: RFC 8414 section 3.1, and OpenID Connect Discovery section 4.1. */
export const metadataAddresses = (issuer: string): readonly string[] => {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
    ...(path === '' ? [] : [`${origin}${path}/.well-known/oauth-authorization-server`]),
  ]
}

/** Whether a server announces that its answers name it (RFC 9207 section 3). A server that does not answer announces nothing. */
export const announcesIssuer = async (
  fetch: Fetch,
  issuers: readonly string[],
  signal?: AbortSignal,
): Promise<boolean> => {
  const addresses = [...new Set(issuers.flatMap(metadataAddresses))]
  const announced = await Promise.all(addresses.map((address) => announcedAt(fetch, address, signal)))
  return announced.includes(true)
}

const announcedAt = async (fetch: Fetch, address: string, signal?: AbortSignal): Promise<boolean> => {
  if (!isSecureAddress(new URL(address))) return false
  try {
    const answer = await fetch(address, {
      headers: { accept: 'application/json' },
      maxBytes: largestMetadata,
      timeout: timeoutMs,
      ...(signal && { signal }),
    })
    if (answer.status !== 200) return false
    const metadata: unknown = await answer.json()
    return (
      typeof metadata === 'object' &&
      metadata !== null &&
      'authorization_response_iss_parameter_supported' in metadata &&
      metadata.authorization_response_iss_parameter_supported === true
    )
  } catch {
    return false
  }
}
