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

/** The part of an API's address that is the same whatever the host calls itself. */
const resourceOf = (address: string): string | null =>
  /^https?:\/\/[^?#]*?(\/api\/v\d+\/[^?#]*)/.exec(address)?.[1] ?? null

/** Whether an address is that of the same list as the one that an answer came from, by whatever name of the host. */
export const isSameList = (address: string, { url }: Answer): boolean => {
  const resource = resourceOf(address)
  return resource !== null && resource === resourceOf(url)
}

/**
 * The page that an answer's Link header says is next, or null. A forge writes links with its configured address, which
 * need not be the one it was reached at: of a link to the same list only the number counts, and the page is asked for
 * where the answer came from. Any other link stays as it is.
 */
export const nextPage = (answer: Answer): string | null => {
  const link = linkTo(answer, 'next')
  const page = link === null ? null : pageOf(link)
  return link !== null && page !== null && isSameList(link, answer) ? withPage(answer.url, page) : link
}
