import { expect, it } from 'vitest'
import { type Command, readCommandLine, terminalArguments } from './command-line'

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
