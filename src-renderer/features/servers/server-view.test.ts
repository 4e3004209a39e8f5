import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks, server, servers } from '../../../e2e/preview/server-data'
import type { Server, ServerCheckName } from '../../../src-preload/contract/entities/server'
import { isHost, isPort } from './server-place'
import { authorizeCommand, detailOf, matches, nextActionOf, placeOf, problemOf, reasonOf, stateOf } from './server-view'

const byId = (id: string): Server => servers.find((one) => one.id === id) ?? server({ id })

describe('how a server reads', () => {
  it.each<[string, Server, string, string]>([
    ['ready', byId('sv1'), 'Ready', 'check'],
    ['ready and unused', server({ id: 's' }), 'Ready', 'new-app'],
    ['without the receiver', byId('sv2'), 'Needs attention', 'install-receiver'],
    ['new host key', byId('sv3'), 'New host key', 'compare-host-key'],
    ['unreachable', byId('sv4'), 'Unreachable', 'check'],
    ['key not installed', byId('sv5'), 'Needs attention', 'install-key'],
    [
      'failed before warned',
      server({
        id: 's',
        state: 'needs-attention',
        checks: checks({
          receiver: { state: 'warned', mend: 'start-receiver' },
          login: { state: 'failed', mend: 'install-key' },
        }),
      }),
      'Needs attention',
      'install-key',
    ],
  ])('%s', (_, one, word, action) => {
    expect(stateOf(one).word).toBe(word)
    expect(nextActionOf(one)).toBe(action)
  })

  it('says of the server what the table says of this computer or of git hosts', () => {
    const because = (code: 'clock-wrong' | 'git-missing' | 'publickey-denied') =>
      reasonOf(server({ id: 's', state: 'needs-attention', reason: { code, facts: {} } }))
    expect(because('clock-wrong')).toMatch(/^Its clock/)
    expect(because('git-missing')).toMatch(/there/)
    expect(because('publickey-denied')).toBe('deploy@shop.acme.dev does not know this key.')
    expect(reasonOf(byId('sv3'))).toBeNull()
  })

  it.each<[ServerCheckName, string | null, string | null]>([
    ['disk', '38200000000', '38.2 GB free'],
    ['clock', '0', 'right'],
    ['clock', '90', '1 min 30 s ahead'],
    ['clock', '-3600', '60 min 0 s behind'],
    ['supervisor', 'cron', '@reboot entry'],
    ['git', '2.39.5', '2.39.5'],
    ['reach', null, null],
    ['login', '', null],
  ])('shows what the check %s found: %j', (check, detail, shown) => expect(detailOf({ check, detail })).toBe(shown))

  it('has words for a warning that comes without a failure, and none for a check that passed', () => {
    const one = server({ id: 's' })
    expect(problemOf(one, { check: 'disk', state: 'warned', failure: null })).toMatch(/little room/)
    expect(problemOf(one, { check: 'disk', state: 'passed', failure: null })).toBeNull()
  })

  it('is found by every word it shows', () => {
    for (const text of ['product', 'DEPLOY@shop', 'ready']) expect(matches(byId('sv1'), text)).toBe(true)
    expect(matches(byId('sv1'), 'staging')).toBe(false)
  })

  it('names a place as ssh does', () => {
    expect(placeOf({ user: 'deploy', host: 'h.dev', port: 22 })).toBe('deploy@h.dev')
    expect(placeOf({ user: 'deploy', host: 'h.dev', port: 2222 })).toBe('deploy@h.dev:2222')
    expect(placeOf({ user: 'root', host: '2001:db8::1', port: 2222 })).toBe('root@[2001:db8::1]:2222')
  })
})

describe('a place as it is typed', () => {
  it.each([
    'shop.acme.dev',
    'localhost',
    '203.0.113.7',
    '2001:db8::17',
    '::1',
    'fe80::1%eth0',
    'bücher.example',
    'a_b',
  ])('takes the host %s', (host) => expect(isHost(host)).toBe(true))
  it.each(['', '-oProxyCommand=x', 'a b', 'user@host', 'host/path', 'host:22', '$(id)', 'a;b', 'a\nb'])(
    'refuses the host %j',
    (host) => expect(isHost(host)).toBe(false),
  )
  it('knows ports', () => {
    expect(['1', '22', '65535'].every(isPort)).toBe(true)
    expect(['', '0', '65536', '-1', '2 2', '1e3'].some(isPort)).toBe(false)
  })
})

describe('the command that installs a key', () => {
  it.each(['ssh-ed25519 AAAA mona@laptop', `ssh-ed25519 AAAA it's $(touch hacked) "quoted" \\n \`id\``])(
    'writes exactly the key, in a real shell: %s',
    (publicKey) => {
      const home = mkdtempSync(join(tmpdir(), 'authorize-'))
      try {
        execFileSync('/bin/sh', ['-c', authorizeCommand(publicKey)], {
          cwd: home,
          env: { HOME: home, PATH: '/usr/bin:/bin' },
        })
        expect(readFileSync(join(home, '.ssh/authorized_keys'), 'utf8')).toBe(`${publicKey}\n`)
      } finally {
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
