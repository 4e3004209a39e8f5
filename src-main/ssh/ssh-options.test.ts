import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord, strictOptions } from './ssh-options'

/** What ssh makes of the options, as it prints them for a host (ssh(1), -G). */
const understood = (folder: string): ReadonlyMap<string, string> => {
  const options = strictOptions({
    knownHosts: `${folder}/known_hosts`,
    identityFile: `${folder}/key.pub`,
    agentSocket: `${folder}/agent`,
  })
  const output = execFileSync('ssh', [...options, '-G', '--', 'git.example.com'], { encoding: 'utf8' })
  return new Map(output.split('\n').map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
}

describe('the options of every ssh', () => {
  it('read nothing of the person’s, ask nothing, forward nothing and run nothing', () => {
    const options = understood('/tmp/x')
    expect(Object.fromEntries(options)).toMatchObject({
      batchmode: 'yes',
      identitiesonly: 'yes',
      stricthostkeychecking: 'true',
      userknownhostsfile: '/tmp/x/known_hosts',
      globalknownhostsfile: '/dev/null',
      updatehostkeys: 'false',
      verifyhostkeydns: 'false',
      forwardagent: 'no',
      forwardx11: 'no',
      clearallforwardings: 'yes',
      permitlocalcommand: 'no',
      controlmaster: 'false',
      preferredauthentications: 'publickey',
      requesttty: 'false',
      connecttimeout: '10',
    })
    expect(options.get('identityagent')).toBe('/tmp/x/agent')
    expect(options.get('identityfile')).toBe('/tmp/x/key.pub')
    expect(options.has('proxycommand')).toBe(false)
  })

  it('offer a file where there is no agent', () => {
    const options = strictOptions({ knownHosts: '/k', identityFile: '/f', agentSocket: null })
    expect(options).toContain('IdentityAgent=none')
  })

  it.each(['"', '\n', '\\', `$${'{HOME}'}`])(
    'refuse a path with %j, which ssh would read as something else',
    (text) => {
      expect(() => strictOptions({ knownHosts: `/tmp/${text}`, identityFile: null, agentSocket: null })).toThrow(
        RangeError,
      )
    },
  )
})

describe('one shell word', () => {
  it('is what it was after any shell', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
          { maxLength: 6 },
        ),
        (words) => {
          const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
          const printed = words.length === 0 ? '' : execFileSync('sh', ['-c', script], { encoding: 'utf8' })
          expect(printed).toBe(words.map((word) => `${word}\0`).join(''))
        },
      ),
      { numRuns: 150 },
    )
  })
})
