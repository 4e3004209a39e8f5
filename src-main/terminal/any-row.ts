/** A query for everything that the index holds, archived or not. */
export const anyRow = {
  filters: { accountId: null, owner: null, visibility: 'any', archived: 'any', fork: 'any', language: null },
  sort: 'pushed',
  offset: 0,
  limit: 200,
} as const
