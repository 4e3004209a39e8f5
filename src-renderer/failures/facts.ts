import type { Facts } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { formatDay, formatRelative, formatTime } from '../ui/times'
import { factWords } from './fact-words'

/** A host as people say it: `gitlab.acme.dev`, without scheme; any text that is no address stays as it is. */
export const hostName = (address: string): string => address.replace(/^[a-z+]+:\/\//i, '').replace(/\/+$/, '')

/** Reads the facts of a failure into sentences. Every reader has something to say when the fact is missing. */
export interface FactReader {
  /** The fact as it is, or null. */
  readonly get: (name: string) => string | null
  /** The fact inside a sentence, or other words when it is missing: `says('branch', (name) => …, 'That branch')`. */
  readonly says: (name: string, words: (value: string) => string, otherwise: string) => string
  /** The provider's title, else the host, else "The provider". Starts a sentence. */
  readonly provider: string
  /** The host, else "the host". Stands inside a sentence. */
  readonly host: string
  /** A moment (Unix ms or ISO 8601) as a day: `3 March`; null when it is missing or unreadable. */
  readonly day: (name: string) => string | null
  /** A moment as a time of the day: `14:05`, with the day when it is another one. */
  readonly time: (name: string) => string | null
  /** A moment as seen from now: `in 12 min`. */
  readonly relative: (name: string) => string | null
}

const momentOf = (value: string | undefined): number | null => {
  if (value === undefined || value === '') return null
  const at = /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  return Number.isFinite(at) ? at : null
}

/** @param now Unix ms; decides between "in 5 min" and "5 min ago". */
export const readFacts = (facts: Facts, now: number): FactReader => {
  const get = (name: string) => {
    const value = ownOf(facts, name) || null
    return name === 'host' && value !== null ? hostName(value) : value
  }
  const moment = (name: string, words: (at: number, now: number) => string) => {
    const at = momentOf(ownOf(facts, name))
    return at === null ? null : words(at, now)
  }
  const host = get('host')
  return {
    get,
    says: (name, words, otherwise) => {
      const value = get(name)
      return value === null ? otherwise : words(value)
    },
    provider: get('provider') ?? host ?? factWords.provider,
    host: host ?? factWords.host,
    day: (name) => moment(name, formatDay),
    time: (name) => moment(name, formatTime),
    relative: (name) => moment(name, formatRelative),
  }
}
