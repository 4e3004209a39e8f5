import { fitsPattern, fitsPatterns } from './patterns'

/** What an alias of `~/.ssh/config` stands for (ssh_config(5)). Null where the file does not say. */
export interface SshAlias {
  readonly name: string
  readonly hostName: string
  readonly port: number | null
  readonly user: string | null
  readonly identityFile: string | null
  readonly proxyJump: string | null
}

/** One `Host` or `Match` block. */
interface Block {
  /** Empty for what no name decides: `Match` blocks are passed over, because they may run commands. */
  readonly patterns: readonly string[]
  readonly settings: readonly (readonly [keyword: string, value: string])[]
}

/** Words up to a comment, which begins with a word of its own. */
const wordsOf = (text: string): readonly string[] => {
  const words = text.match(/"[^"]*"|[^\s"]+/g) ?? []
  const end = words.findIndex((word) => word.startsWith('#'))
  return words.slice(0, end < 0 ? words.length : end).map((word) => word.replace(/^"|"$/g, ''))
}

const blocksOf = (text: string): readonly Block[] => {
  const blocks: { patterns: readonly string[]; settings: (readonly [string, string])[] }[] = [
    { patterns: ['*'], settings: [] },
  ]
  for (const line of text.split(/\r?\n/)) {
    const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? []
    const name = keyword.toLowerCase()
    if (name === 'host') blocks.push({ patterns: wordsOf(rest), settings: [] })
    else if (name === 'match') blocks.push({ patterns: wordsOf(rest)[0] === 'all' ? ['*'] : [], settings: [] })
    else if (name !== '') blocks.at(-1)?.settings.push([name, wordsOf(rest).join(' ')])
  }
  return blocks
}

/** Names of hosts are the same in capitals. */
const matches = (pattern: string, name: string): boolean => fitsPattern(pattern.toLowerCase(), name.toLowerCase())

/** Whether it stands for some hosts and not for all. */
const isNarrow = (pattern: string): boolean => !pattern.startsWith('!') && /[^*?.]/.test(pattern)

const applies = ({ patterns }: Block, name: string): boolean =>
  fitsPatterns(patterns, (pattern) => matches(pattern, name))

/**
 * What a name stands for, or null where the file gives it no other host. The first value of each keyword counts.
 * @param text the file, with what it includes in its place
 */
export const readAlias = (text: string, name: string): SshAlias | null => {
  const blocks = blocksOf(text)
  const applying = blocks.filter((block) => applies(block, name))
  const named = applying.some(({ patterns }) => patterns.some((pattern) => isNarrow(pattern) && matches(pattern, name)))
  const settings = applying.flatMap((block) => block.settings)
  const first = (keyword: string): string | null => settings.find(([known]) => known === keyword)?.[1] || null
  const hostName = first('hostname')?.replaceAll('%h', name).replaceAll('%%', '%') ?? null
  if (!named || hostName === null || hostName.toLowerCase() === name.toLowerCase()) return null
  const port = Number(first('port') ?? 0)
  const jump = first('proxyjump')
  return {
    name,
    hostName,
    port: port > 0 && port < 65_536 && port !== 22 ? port : null,
    user: first('user'),
    identityFile: first('identityfile'),
    proxyJump: jump === null || jump.toLowerCase() === 'none' ? null : jump,
  }
}

/** The patterns of `Include` lines, in the order in which they stand. */
export const includesOf = (line: string): readonly string[] | null => {
  const [, rest] = /^\s*include(?:\s*=\s*|\s+)(.*?)\s*$/i.exec(line) ?? []
  return rest === undefined ? null : wordsOf(rest)
}
