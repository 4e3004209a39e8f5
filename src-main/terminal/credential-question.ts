/** What git asks a credential helper (git-credential(1), "INPUT/OUTPUT FORMAT"). */
export interface CredentialQuestion {
  readonly protocol: string
  /** With the port where it is not the usual one. */
  readonly host: string
  /** Only where `credential.useHttpPath` is set; without a leading slash. */
  readonly path: string
  readonly username: string
}

/** Longer than anything that git sends, in characters. */
export const longestQuestion = 16_384

/** Reads git's attributes. Null when it names no host or is not what git writes. */
export const readQuestion = (text: string): CredentialQuestion | null => {
  if (text.length > longestQuestion || /[\0\r]/.test(text)) return null
  const asked = new Map<string, string>()
  for (const line of text.split('\n')) {
    // An empty line ends the question.
    if (line === '') break
    const end = line.indexOf('=')
    if (end < 1) return null
    asked.set(line.slice(0, end), line.slice(end + 1))
  }
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
