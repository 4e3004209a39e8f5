/** A clock that is off by more than this, in ms, breaks signatures, expiry and certificates. */
export const clockTolerance = 60_000

/**
 * How far this computer's clock is ahead of the server's, in ms (negative: behind), by the `Date` header
 * (RFC 9110 section 6.6.1), or null when the header is missing, unreadable or within `clockTolerance`.
 * The header counts whole seconds and the answer was on its way for a while, so small differences mean nothing.
 */
export const clockSkew = (date: string | null | undefined, now: number): number | null => {
  const server = Date.parse(date ?? '')
  const skew = now - server
  return Number.isNaN(server) || Math.abs(skew) <= clockTolerance ? null : skew
}
