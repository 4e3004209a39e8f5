import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** The part of the script that says where a release may be written, without a server. */
const functions = ['start', 'tree'].map((name) => readFileSync(`src-main/deploy/scripts/${name}.sh`, 'utf8')).join('\n')

let root: string
let release: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'release-')))
  release = join(root, 'release')
  mkdirSync(join(release, 'real/inner'), { recursive: true })
  mkdirSync(join(root, 'outside'))
  writeFileSync(join(release, 'file'), '')
  symlinkSync('../outside', join(release, 'out'))
  symlinkSync('real', join(release, 'in'))
  symlinkSync('../../outside', join(release, 'real/out'))
  symlinkSync('nowhere', join(release, 'dangling'))
})
afterEach(() => rmSync(root, { recursive: true }))

const run = (script: string, ...args: readonly string[]): string =>
  execFileSync('sh', ['-c', `${functions}\nreleased=$1; shift\ndirectory=$HOME\n${script}`, 'sh', release, ...args], {
    env: { PATH: process.env.PATH, HOME: root },
  }).toString()

describe('a folder below the release', () => {
  const below = (path: string, make = '') =>
    run('if folder_below "$1" "$2"; then printf "%s" "$below"; else printf "refused $blocked"; fi', path, make)

  it('is a real one, and is made where it is missing', () => {
    expect(below('real/inner')).toBe(join(release, 'real/inner'))
    expect(below('real/new')).toBe('refused ')
    expect(below('real/new/deeper', 'make')).toBe(join(release, 'real/new/deeper'))
    expect(existsSync(join(release, 'real/new/deeper'))).toBe(true)
  })

  it.each(['out', 'out/x', 'in', 'in/inner', 'real/out', 'real/out/x', 'dangling', 'dangling/x'])(
    'is not reached by the link %s',
    (path) => {
      expect(below(path, 'make')).toBe('refused link')
      expect(readdirSync(join(root, 'outside'))).toEqual([])
    },
  )

  it.each([
    '..',
    '../outside',
    'real/../..',
    '.',
    './real',
    '/etc',
    '',
    'real//inner',
    '.git',
    'real/.git',
    'file',
    'file/x',
  ])('is not %j', (path) => {
    expect(below(path, 'make')).toBe('refused ')
  })
})

describe('the files of a commit', () => {
  const stand = (...paths: readonly string[]) => {
    // A commit is listed with the folders of its files.
    const folders = paths.filter((path) => path.includes('/')).map((path) => `040000\t/${path.split('/')[0]}\n`)
    writeFileSync(join(root, 'tree'), [...folders, ...paths.map((path) => `100644\t/${path}\n`)].join(''))
    return run('if files_stand; then printf yes; else printf "%s %s" "$refused_why" "$refused_path"; fi')
  }

  it('are files at their own paths before anything is written into them', () => {
    writeFileSync(join(release, 'real/a\nb'), '')
    expect(stand('file', 'real/a\u0001b')).toBe('yes')
    writeFileSync(join(root, 'outside/file'), '')
    expect(stand('file', 'out/file')).toBe('link out')
    expect(stand('in/inner/x')).toBe('link in')
    expect(stand('dangling')).toBe('link dangling')
    expect(stand('real/inner')).toBe('link real/inner')
  })
})
