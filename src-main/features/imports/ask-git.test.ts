import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { helperSetting } from '../../git/credential-setting'
import { askHelpers, readConfigured } from './ask-git'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'git-helpers-'))
})
afterEach(() => rm(home, { recursive: true }))

const env = () => ({ PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' })

/** A helper that knows one host, and the person's configuration that names it. */
const setUp = async (script: string, more = '') => {
  const helper = join(home, 'helper')
  await writeFile(helper, `#!/bin/sh\n${script}\n`)
  await chmod(helper, 0o755)
  await writeFile(join(home, '.gitconfig'), `[credential]\n\thelper = ${helper}\n${more}`)
}
const knows = (host: string) =>
  `test "$1" = get || exit 0\nwhile read -r line && [ -n "$line" ]; do [ "$line" = "host=${host}" ] && found=1; done\n[ -z "$found" ] || printf 'username=ada\\npassword=token-%s\\n' "$found"`

describe('helpers of git', () => {
  it('are asked for what is known of them, without a question to anybody', async () => {
    await setUp(knows('git.acme.dev:8443'), '[credential "https://git.acme.dev:8443"]\n\tusername = ada\n')
    const found = await askHelpers(env(), home, ['https://other.example'])
    expect(found.map(({ source, host, login, token }) => [source, host, login, token?.reveal()])).toEqual([
      ['git-helper', 'https://git.acme.dev:8443', 'ada', 'token-1'],
    ])
  })

  it('are left alone where there are none, or only this app', async () => {
    expect(await askHelpers(env(), home, ['https://other.example'])).toEqual([])
    const listing = `credential.https://git.acme.dev.helper\n${helperSetting(['/opt/app'])}`
    expect(readConfigured(listing)).toEqual({
      helped: false,
      origins: ['https://git.acme.dev'],
      own: new Set(['https://git.acme.dev']),
    })
  })

  it('that fail, or say nothing of use, know nothing', async () => {
    await setUp('exit 1')
    expect(await askHelpers(env(), home, ['https://other.example'])).toEqual([])
    await setUp('printf "username=ada\\npassword=x\\nusername=bob\\n"')
    const found = await askHelpers(env(), home, ['https://other.example'])
    // Git itself takes the last one; what reaches us names each once.
    expect(found.map(({ login }) => login)).toEqual(['bob'])
    await setUp('printf "quit=1\\n"')
    expect(await askHelpers(env(), home, ['https://other.example'])).toEqual([])
  })
})
