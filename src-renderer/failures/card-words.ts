/** Words around every failure. */
export const cardWords = {
  evidence: 'Evidence',
  copy: 'Copy evidence',
  code: 'code',
} as const
