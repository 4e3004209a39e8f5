/**
 * A list as main has announced it, whole and new, with every object in it that says the same as before being the one of
 * before: what is drawn from it is drawn again only where something has changed.
 */
export const keepSame = <T extends { readonly id: string }>(
  before: readonly T[] | null,
  now: readonly T[],
): readonly T[] => {
  const known = new Map(before?.map((one) => [one.id, one]))
  return now.map((one) => {
    const same = known.get(one.id)
    return same !== undefined && JSON.stringify(same) === JSON.stringify(one) ? same : one
  })
}
