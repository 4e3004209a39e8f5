/** Whether a host name of a parsed URL means this computer (RFC 6761 section 6.3, RFC 5735 section 4, RFC 4291 section 2.5.3). */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname) ||
  hostname === '[::1]'
