import { scheme } from './address'
import { type DeepLink, parseDeepLink } from './parse'

const start = `${scheme}:`

const isLink = (argument: string): boolean => argument.slice(0, start.length).toLowerCase() === start

/**
 * Finds the link that a start was asked to open, or null when there is none. Chromium reorders argv and adds switches,
 * so the link is searched, never indexed; everything else in argv is ignored. Two links are one too many: both are refused.
 */
export const deepLinkFromArgv = (argv: readonly string[]): DeepLink | null => {
  const [link, ...others] = argv.filter(isLink)
  if (link === undefined) return null
  return others.length > 0 ? { kind: 'unknown', reason: 'several-links' } : parseDeepLink(link)
}
