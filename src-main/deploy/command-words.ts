import { ownOf } from '../../src-preload/contract/own'

/** Words that a shell knows by itself, and the programs that every system has. */
const builtIn = new Set(
  '. : [ alias bg break cd command continue fi done esac declare echo eval exit export false fc fg getopts hash jobs kill let local printf pwd read readonly return set shift source test times trap true type typeset ulimit umask unalias unset wait'.split(
    ' ',
  ),
)
/** Words before the one that is started. */
const starters = new Set(['sudo', 'env', 'exec', 'time', 'nohup', '!', '{', '}', 'then', 'do', 'else', 'elif'])
/** Compound commands by how they end: what is in them may run or not. */
const ends: Readonly<Record<string, string>> = { if: 'fi', while: 'done', until: 'done', for: 'done', select: 'done' }
/** From here on the text does not tell any more what a word starts: it may name a function, or the search path is another. */
const closing = new Set(['.', 'source', 'eval', 'case', 'function', 'alias'])

/** A word as it is after quotes are taken away; null where it depends on more than the text. */
interface Word {
  readonly kind: 'word'
  readonly text: string | null
  /** The word as far as it depends on nothing else. */
  readonly begin: string
}
type Token = Word | { readonly kind: 'operator'; readonly text: string }

/** A quoted part of a word, or an ordinary one. Only blanks and operators end a word: a no-break space is part of it. */
const quoted = /^'([^']*)'|^"((?:[^"\\$`]|\\[^\n])*)"|^\\([\s\S])|^([^ \t\n;&|<>()'"\\$`*?[{~#]+|[#{~])/
/** A variable that is put in: the text behind it can be read on. */
const expanded = /^\$(?:\w+|[@*#?!$-]|\{\w+\})|^"(?:[^"\\$`]|\\[\s\S]|\$(?:\w+|[@*#?!$-]|\{\w+\}))*"/
const operator = /^(?:&&|\|\||\(\(|;;|\|&|&>>|&>|<<<|<<-|<<|>>|<>|>\||[<>]&|[;&|<>()\n])/

/** The tokens of a command (POSIX.1-2017, 2.3), as far as it can be read without knowing what runs in it. */
function* tokens(command: string): Generator<Token> {
  let rest = command.replace(/\r\n?/g, '\n').replace(/\\\n/g, '')
  while (rest !== '') {
    rest = rest.replace(/^[ \t]+/, '').replace(/^#[^\n]*/, '')
    // `2>` names a file by its number.
    const found = operator.exec(rest) ?? /^\d+(?=[<>])/.exec(rest)
    if (found !== null) {
      rest = rest.slice(found[0].length)
      if (found[0].startsWith('<<') && found[0] !== '<<<') return
      if (!/^\d/.test(found[0])) yield { kind: 'operator', text: found[0] }
      continue
    }
    let text: string | null = ''
    let begin = ''
    while (rest !== '' && !/^[ \t\n;&|<>()]/.test(rest)) {
      const part = quoted.exec(rest)
      const put = part === null ? expanded.exec(rest) : null
      // A substitution may hold anything; nothing behind it is certain.
      if (part === null && put === null && /^[$"'`]/.test(rest)) return
      text = part === null || text === null ? null : text + (part[1] ?? part[2] ?? part[3] ?? part[4] ?? '')
      begin = text ?? begin
      rest = rest.slice((part ?? put)?.[0].length ?? 1)
    }
    if (text !== '' || rest !== '') yield { kind: 'word', text, begin }
  }
}

/** A word after which nothing is certain to run: a guard such as `command -v docker || exit 0` ends well before it. */
const mayEndWell = (text: string, next: Token | undefined): boolean =>
  text === 'return' || (text === 'exit' && (next?.kind !== 'word' || next.text === null || next.text === '0'))

const isRedirection = (text: string): boolean => /[<>]/.test(text)

/**
 * The programs that a command certainly starts, at most 20. It is for a look ahead, so what can't be told is left out:
 * what only runs under a condition, what a variable names, and all behind a word after which names may mean anything.
 */
export const commandPrograms = (command: string): readonly string[] => {
  const found = new Set<string>()
  const all = [...tokens(command)]
  const within: string[] = []
  let begins = true
  let maybe = false
  for (let at = 0; at < all.length; at += 1) {
    const token = all[at]
    if (token === undefined) break
    if (token.kind === 'operator') {
      // Arithmetic of bash.
      if (token.text === '((') break
      if (isRedirection(token.text)) at += 1
      else {
        begins = token.text !== ')'
        if (token.text === '||') maybe = true
        else if (/^[;&\n]$/.test(token.text)) maybe = false
      }
      continue
    }
    const { text, begin } = token
    const next = all[at + 1]
    const opens = next?.kind === 'operator' && next.text.startsWith('(')
    if (begins && /^PATH\+?=/.test(begin)) break
    // A list of bash.
    if (begins && begin.endsWith('=') && opens) break
    if (begins && /^[A-Za-z_]\w*\+?=/.test(begin)) continue
    if (!begins || text === null) {
      begins = false
      continue
    }
    if (closing.has(text) || opens || mayEndWell(text, next)) break
    if (
      text === 'export' &&
      all.slice(at + 1, at + 9).some((one) => one.kind === 'word' && one.begin.startsWith('PATH='))
    )
      break
    const end = ownOf(ends, text)
    if (end !== undefined) {
      within.push(end)
      begins = false
    } else if (text === within.at(-1)) within.pop()
    else if (starters.has(text)) continue
    // An option of what starts it: where its own end is, only that program knows.
    else if (text.startsWith('-')) begins = false
    else {
      begins = false
      if (within.length === 0 && !maybe && /^\w[\w.+-]*$/.test(text) && !builtIn.has(text)) found.add(text)
    }
  }
  return [...found].slice(0, 20)
}
