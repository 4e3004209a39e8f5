import { describe, expect, it } from 'vitest'
import { type Command, readCommandLine, terminalArguments } from './command-line'
import { canUnlock, unlockTimeMs } from './unlock-time'

it.each<[string, Command]>([
  ['git-credential get', { kind: 'credential', action: 'get' }],
  ['git-credential erase', { kind: 'credential', action: 'erase' }],
  ['git-credential capability', { kind: 'credential', action: 'store' }],
  ['git-credential constructor', { kind: 'credential', action: 'store' }],
  ['accounts', { kind: 'accounts' }],
  ['check', { kind: 'check' }],
  ['doctor', { kind: 'doctor' }],
  ['repos', { kind: 'repositories', text: '' }],
  ['repos engine', { kind: 'repositories', text: 'engine' }],
  ['repos engine more', { kind: 'unknown', word: 'more' }],
  ['clone ada/engine', { kind: 'clone', what: 'ada/engine', folder: null }],
  ['clone ada/engine there', { kind: 'clone', what: 'ada/engine', folder: 'there' }],
  ['clone --upload-pack=evil x', { kind: 'unknown', word: '--upload-pack=evil' }],
  ['clone', { kind: 'unknown', word: 'clone' }],
  ['deploy shop', { kind: 'deploy', app: 'shop' }],
  ['deploy shop now', { kind: 'unknown', word: 'now' }],
  ['deploy', { kind: 'unknown', word: 'deploy' }],
  ['accounts more', { kind: 'unknown', word: 'more' }],
  ['sudo', { kind: 'unknown', word: 'sudo' }],
  ['--help', { kind: 'unknown', word: '--help' }],
  ['', { kind: 'help' }],
])('reads %j', (line, command) => {
  const words = line.split(' ').filter((word) => word !== '')
  expect(readCommandLine(words).command).toEqual(command)
  expect(readCommandLine([...words, '--json'])).toEqual({ command, json: true })
})

it('finds its part of argv wherever Chromium has put its switches', () => {
  expect(terminalArguments(['app', '--no-sandbox', '--cli', 'accounts', '--json'])).toEqual(['accounts', '--json'])
  expect(terminalArguments(['app', 'cloudaipilot://x'])).toBeNull()
})

describe('the time that the keychain has', () => {
  it.each([
    ['nobody', {}, 'linux', false],
    ['a display', { DISPLAY: ':0' }, 'linux', true],
    ['a Wayland display', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    ['a display, but git asks nothing', { DISPLAY: ':0', GIT_TERMINAL_PROMPT: '0' }, 'linux', false],
    ['macOS', {}, 'darwin', true],
    ['macOS in a script', { GIT_TERMINAL_PROMPT: '0' }, 'darwin', false],
    ['Windows, but helpers ask nothing', { GCM_INTERACTIVE: 'Never' }, 'win32', false],
  ] as const)('with %s there', (_, env, platform, person) => {
    expect(canUnlock(env, platform)).toBe(person)
    const time = unlockTimeMs(env, platform, 400)
    expect(time).toBeLessThan(person ? 30_000 : 3_000)
    expect(time).toBeGreaterThan(person ? 20_000 : 1_000)
    // Started on a machine that is slow, it still asks.
    expect(unlockTimeMs(env, platform, 60_000)).toBeGreaterThan(0)
  })
})
