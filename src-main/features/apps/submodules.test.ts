import { describe, expect, it } from 'vitest'
import { requireSsh } from './app-source'
import { readSubmodules, requireSameHost } from './submodules'

const from = requireSsh('ssh://git@git.example.com:2222/team/shop.git')
const gitmodules = (path: string, url: string, name = 'lib') =>
  `[submodule "${name}"]\n\tpath = ${path}\n\turl = ${url}\n`
const addressOf = (url: string, path = 'lib', name = 'lib') =>
  readSubmodules(gitmodules(path, url, name), [path], from)[0]?.address?.url ?? null

describe('a submodule', () => {
  it('is found by a relative address or a whole one', () => {
    expect(addressOf('../part.git')).toBe('ssh://git@git.example.com:2222/team/part.git')
    expect(addressOf('../../other/part.git')).toBe('ssh://git@git.example.com:2222/other/part.git')
    expect(addressOf('./part')).toBe('ssh://git@git.example.com:2222/team/shop/part')
    expect(addressOf('https://git.example.com/team/part.git')).toBe('https://git.example.com/team/part.git')
    expect(addressOf('../part.git', 'a/b/-c.d', 'old\\windows\\name')).toBe(
      'ssh://git@git.example.com:2222/team/part.git',
    )
  })

  it.each([
    '--upload-pack=touch executed',
    '-u./x',
    'ext::sh -c "touch executed"',
    'file:///etc',
    '/etc',
    '../../../part.git',
    '../../../../other.example/part.git',
    '../a/../../../part.git',
    '',
  ])('has no address where .gitmodules says %j', (url) => {
    expect(addressOf(url)).toBeNull()
  })

  it.each([
    '../x',
    'a/../b',
    '/etc',
    '.',
    'a//b',
    '.git',
    'a/.GIT',
    '.git. /x',
    '.git::$DATA',
    'git~1',
    '-x',
    'a\\..\\b',
    'a\tb',
    'a\u0001b',
  ])('has no address where it would lie at %j', (path) => {
    expect(addressOf('../part.git', path)).toBeNull()
  })

  it.each(['..', '../x', 'a/../../x', 'a\\..\\x', ''])('has no address where its name is %j', (name) => {
    expect(addressOf('../part.git', 'lib', name)).toBeNull()
  })

  it('is refused without an address, and on another host', () => {
    const refused = (url: string) => {
      const [module] = readSubmodules(gitmodules('lib', url), ['lib'], from)
      return () => module && requireSameHost(module, from)
    }
    expect(refused('-x')).toThrow('submodule-refused')
    expect(refused('ssh://git@evil.example/x')).toThrow('submodule-refused')
    expect(refused('../x')).not.toThrow()
  })

  it('counts only where the commit has it', () => {
    expect(readSubmodules(gitmodules('lib', '../x'), [], from)).toEqual([])
    expect(readSubmodules('', ['lib'], from)).toEqual([{ path: 'lib', address: null }])
  })

  it('is found as git finds it, and soon, whatever stands around it', () => {
    const found = (text: string) => readSubmodules(text, ['lib'], from)[0]?.address?.path
    expect(found(gitmodules('lib', '../x').replaceAll('\n', '\r\n'))).toBe('team/x')
    expect(found('[Submodule "lib"]\n\tPATH = "lib"\n\turl = ../x\n\turl = ../y\n')).toBe('team/y')
    // An empty value is not the line after it.
    expect(found('[submodule "lib"]\n\tpath = lib\n\turl =\n\t../x\n')).toBeUndefined()
    const long = 65_536
    expect(found(gitmodules('lib', '../x') + '\n'.repeat(long))).toBe('team/x')
    expect(found(`${'\n'.repeat(long)}[submodule "lib"${' '.repeat(long)}x`)).toBeUndefined()
    expect(found(`[submodule "lib"]\n\tpath = a${' '.repeat(long)}b\n`)).toBeUndefined()
  })
})
