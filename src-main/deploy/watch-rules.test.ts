import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeFiles, watchAttributes } from './watch-rules'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-rules-'))
  execFileSync('git', ['init', '-q', folder])
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What git says, as the server asks it. */
const git = (patterns: readonly string[], files: readonly string[]): readonly boolean[] => {
  writeFileSync(join(folder, '.git/watch'), watchAttributes(patterns))
  const output = execFileSync(
    'git',
    ['-C', folder, '-c', `core.attributesFile=${join(folder, '.git/watch')}`, 'check-attr', '-z', '--stdin', 'watch'],
    { input: files.map((file) => `${file}\0`).join('') },
  )
  const parts = output.toString().split('\0')
  return files.map((_, index) => parts[index * 3 + 2] === 'set')
}
const ours = (patterns: readonly string[], files: readonly string[]) =>
  files.map((file) => judgeFiles(patterns, [file]).deploys)

describe('watch paths', () => {
  it.each([
    [['src/'], { 'src/a.ts': true, 'src/deep/b.ts': true, 'lib/src/c.ts': true, 'src.ts': false }],
    [['/src'], { 'src/a.ts': true, src: true, 'lib/src/c.ts': false }],
    [['*', '!docs/', '!*.md'], { 'a.ts': true, 'docs/a.ts': false, 'x/y.md': false, 'x/docs/z': false }],
    [
      ['docs/', '!docs/drafts', 'docs/drafts/keep.md'],
      { 'docs/a': true, 'docs/drafts/b': false, 'docs/drafts/keep.md': true },
    ],
    [['web/**/*.css'], { 'web/a.css': true, 'web/x/y/b.css': true, 'app/web/a.css': false }],
    [
      ['# a comment', '', 'a b.txt', '\\#odd', '\\!loud', 'q"uote', 'back\\\\slash'],
      { 'a b.txt': true, '#odd': true, '!loud': true, 'q"uote': true, x: false },
    ],
    [['[ab].txt', '?.js'], { 'a.txt': true, 'c.txt': false, 'z.js': true, 'zz.js': false }],
  ])('%j', (patterns, expected) => {
    const files = Object.keys(expected)
    expect(Object.fromEntries(files.map((file, index) => [file, git(patterns, files)[index]]))).toEqual(expected)
    expect(Object.fromEntries(files.map((file, index) => [file, ours(patterns, files)[index]]))).toEqual(expected)
  })

  it('says which pattern and which file decided', () => {
    const patterns = ['src/', '!*.md']
    expect(judgeFiles(patterns, ['a', 'src/x.md', 'src/y.ts'])).toEqual({
      deploys: true,
      pattern: 'src/',
      file: 'src/y.ts',
    })
    expect(judgeFiles(patterns, ['a', 'src/x.md'])).toEqual({ deploys: false, pattern: '!*.md', file: 'src/x.md' })
    expect(judgeFiles(patterns, ['a'])).toEqual({ deploys: false, pattern: null, file: null })
    expect(judgeFiles([], ['a'])).toEqual({ deploys: true, pattern: null, file: 'a' })
    expect(judgeFiles([' ', '# nothing'], [])).toEqual({ deploys: true, pattern: null, file: null })
  })

  it('says what git says', () => {
    const part = fc.constantFrom('a', 'b', 'ab', 'a.x', '*', '?', '*.x', 'a*', '[ab]', '**')
    const pattern = fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.constantFrom('', '/'),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/'),
      )
      .map(([not, start, parts, end]) => `${not}${start}${parts.join('/')}${end}`)
    const file = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'a.x', 'c'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 5 }),
        fc.array(file, { minLength: 1, maxLength: 20 }),
        (patterns, files) => {
          expect([patterns, files, ours(patterns, files)]).toEqual([patterns, files, git(patterns, files)])
        },
      ),
      { numRuns: 200 },
    )
  })
})
