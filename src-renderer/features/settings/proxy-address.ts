/** Whether it is a proxy's address as the settings take it: scheme and host, no credentials. Empty is none yet. */
export const isProxyAddress = (text: string): boolean => {
  if (text === '') return true
  try {
    const { protocol, hostname, username, password } = new URL(text)
    return ['http:', 'https:', 'socks5:'].includes(protocol) && hostname !== '' && username === '' && password === ''
  } catch {
    return false
  }
}

/** What was typed, as an HTTP proxy where no scheme was (curl(1), `--proxy`). */
export const withScheme = (text: string): string => (text === '' || text.includes('://') ? text : `http://${text}`)
