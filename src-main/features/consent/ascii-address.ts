import { domainToASCII } from 'node:url'

/** An address with its host as name servers know it (RFC 5891, A-label), so that no letter stands for another of the same look. */
export const asciiAddress = (address: string): string => {
  try {
    const url = new URL(address)
    const host = domainToASCII(decodeURIComponent(url.hostname))
    // An address of a scheme that the URL standard does not know keeps its host as it was typed.
    return host === '' || host === url.hostname ? url.href.replace(/\/$/, '') : url.href.replace(url.hostname, host)
  } catch {
    return address
  }
}
