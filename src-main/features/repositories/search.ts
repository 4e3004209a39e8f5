import type { RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import type { Haystack } from './haystack'
import { findMisspelt } from './misspelt'
import { flag, fold, type Row } from './row'

/** What a person looks for. */
export interface Wanted {
  readonly text: string
  readonly filters: RepositoryFilters
}

/** Rows to look through, in their order. */
export interface Searched {
  readonly rows: readonly Row[]
  /** Worth its making only where the same rows are searched again. */
  readonly haystack: () => Haystack
  readonly again: boolean
}

/**
 * Rows that fit the filters and hold every word of the text somewhere in their path. With a text, rows whose name
 * is a word of it come first, then those whose name begins with one, then those that hold one in their name, then the
 * rest; each group keeps the given order. Where nothing holds the words as they are, spelling is taken less strictly.
 */
export const search = ({ rows, haystack, again }: Searched, { text, filters }: Wanted): readonly Row[] => {
  const words = wordsOf(text)
  const fits = toFilter(filters)
  if (words.length === 0) return rows.filter(fits)
  const heads = words.map((word) => word.slice(word.lastIndexOf('/') + 1)).filter((head) => head !== '')
  const found = again ? findInText(rows, haystack(), words, heads, fits) : findInRows(rows, words, heads, fits)
  return found.length > 0 ? found : findMisspelt(rows, haystack(), words, fits)
}

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== '')

type Filter = (row: Row) => boolean

/** A path's rank as `Haystack.rank` has it. */
type Rank = 0 | 1 | 2 | 3

const byRank = () => {
  const groups: Record<Rank, Row[]> = { 0: [], 1: [], 2: [], 3: [] }
  return { groups, all: (): readonly Row[] => groups[0].concat(groups[1], groups[2], groups[3]) }
}

const findInText = (
  rows: readonly Row[],
  haystack: Haystack,
  words: readonly string[],
  heads: readonly string[],
  fits: Filter,
): readonly Row[] => {
  const ranks = haystack.rank(heads)
  const { groups, all } = byRank()
  for (const at of haystack.find(words.map((word) => [word]))) {
    const row = rows[at]
    if (row !== undefined && fits(row)) groups[(ranks[at] ?? 3) as Rank].push(row)
  }
  return all()
}

const findInRows = (
  rows: readonly Row[],
  words: readonly string[],
  heads: readonly string[],
  fits: Filter,
): readonly Row[] => {
  const { groups, all } = byRank()
  for (const row of rows) {
    if (fits(row) && words.every((word) => row.folded.includes(word))) groups[rankOf(row.folded, heads)].push(row)
  }
  return all()
}

/** 0: the name is a word of the text. 1: it begins with one. 2: it holds one. 3: only the owner does. */
const rankOf = (path: string, heads: readonly string[]): Rank => {
  const start = path.lastIndexOf('/') + 1
  let best: Rank = 3
  for (const head of heads) {
    const at = path.indexOf(head, start)
    if (at === start) {
      if (path.length === start + head.length) return 0
      best = 1
    } else if (at > start && best > 2) {
      best = 2
    }
  }
  return best
}

/** With one account in view everything it sees is there; with all, a repository is there once. */
const toFilter = ({ accountId, owner, visibility, archived, fork, language }: RepositoryFilters): Filter => {
  const bits: readonly (readonly [number, boolean | null])[] = [
    [flag.private, visibility === 'any' ? null : visibility === 'private'],
    [flag.archived, archived === 'any' ? null : archived === 'yes'],
    [flag.fork, fork === 'any' ? null : fork === 'yes'],
  ]
  const mask = bits.reduce((all, [bit, want]) => (want === null ? all : all | bit), 0)
  const want = bits.reduce((all, [bit, set]) => (set === true ? all | bit : all), 0)
  return (row) =>
    (row.flags & mask) === want &&
    (accountId === null ? !row.twin : row.accountId === accountId) &&
    (owner === null || row.owner === owner) &&
    (language === null || row.language === language)
}
