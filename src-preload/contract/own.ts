/**
 * What a table holds under a key that came from elsewhere, e.g. over the border or from a host. Plain indexing would find
 * `constructor`, `__proto__` and others in every table.
 */
export const ownOf = <T>(table: Readonly<Record<PropertyKey, T>>, key: PropertyKey): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
