import { readAttributes } from '../git/credential-attributes'

/** What git asks a credential helper (git-credential(1), "INPUT/OUTPUT FORMAT"). */
export interface CredentialQuestion {
  readonly protocol: string
  /** With the port where it is not the usual one. */
  readonly host: string
  /** Only where `credential.useHttpPath` is set; without a leading slash. */
  readonly path: string
  readonly username: string
}

/** Reads git's question. Null when it names no host or is not what git writes. */
export const readQuestion = (text: string): CredentialQuestion | null => {
  const asked = readAttributes(text)
  // `url` would name protocol, host, path and user once more; git never sends it to a helper.
  if (asked === null || asked.has('url')) return null
  const protocol = asked.get('protocol') ?? ''
  const host = asked.get('host') ?? ''
  if (!/^https?$/.test(protocol) || !/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(host)) return null
  return {
    protocol,
    host: host.toLowerCase(),
    path: (asked.get('path') ?? '').replace(/^\/+|\/+$/g, '').replace(/\.git$/, ''),
    username: asked.get('username') ?? '',
  }
}
