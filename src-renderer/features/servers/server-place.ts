/** Whether a text can be a host: a name, an IPv4 or an IPv6 address. Main decides for good. */
export const isHost = (text: string): boolean => {
  const host = text.trim()
  if (host.length === 0 || host.length > 253) return false
  return (
    /^[0-9a-f:]*:[0-9a-f:.]*(%[\w.-]+)?$/i.test(host) || /^[\p{L}\p{N}_]([\p{L}\p{N}._-]*[\p{L}\p{N}])?\.?$/u.test(host)
  )
}

/** Whether a text is a port, 1 to 65535. */
export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
