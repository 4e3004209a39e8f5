import type { Answer } from './answer'

/** `<address>; rel="name"; ...` parts of a Link header (RFC 8288 section 3). */
const part = /<([^<>]{1,4096})>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g
const parameter = /;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]+))/g

/** The address that an answer's Link header gives for a relation such as `next`, absolute, or null. */
export const linkTo = ({ headers, url }: Answer, name: string): string | null => {
  for (const [, address = '', parameters = ''] of (headers.link ?? '').matchAll(part)) {
    for (const [, key, quoted, bare] of parameters.matchAll(parameter)) {
      const relations = key?.toLowerCase() === 'rel' ? (quoted ?? bare ?? '').toLowerCase().split(/\s+/) : []
      if (relations.includes(name)) return toAbsolute(address, url)
    }
  }
  return null
}

const toAbsolute = (address: string, base: string): string => {
  try {
    return new URL(address, base).href
  } catch {
    // Left as it is for the pinned client, which refuses it by name.
    return address
  }
}

/** The number in the `page` parameter of an address, or null. */
export const pageOf = (address: string): number | null => {
  const value = /[?&]page=(\d{1,9})(?:&|$)/.exec(address)?.[1]
  return value === undefined ? null : Number(value)
}

/** The same address with another page number. */
export const withPage = (address: string, page: number): string => {
  const url = new URL(address)
  url.searchParams.set('page', String(page))
  return url.href
}
