/** Where a redirect leads (RFC 9110 section 10.2.2), or null when it does not say so readably. Header names are lower-case. */
export const locationOf = (answer: {
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
}): URL | null => {
  const { location } = answer.headers
  try {
    return location === undefined ? null : new URL(location, answer.url)
  } catch {
    return null
  }
}
