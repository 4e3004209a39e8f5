import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { askSetting, helperSetting, isOurs } from './credential-setting'

/** What git's shell makes of a setting (gitcredentials(7)). */
const run = (setting: string, action: string) =>
  execFileSync('sh', ['-c', `${setting.slice(1)} "$@"`, 'git', action], { encoding: 'utf8', input: '' })

it('starts the program for a login and for one that was refused, not to store', () => {
  const setting = helperSetting(['/bin/echo', "it's", '$HOME'])
  expect(run(setting, 'get')).toBe("it's $HOME get\n")
  expect(run(setting, 'erase')).toBe("it's $HOME erase\n")
  expect(run(setting, 'store')).toBe('')
})

it('tells its own settings from a person’s', () => {
  const former = "!'/opt/app' '--cli' 'git-credential'"
  expect([helperSetting(['/opt/app']), askSetting('/home/ada/git'), former].every(isOurs)).toBe(true)
  expect(['', 'store', '!cloudaipilot git-credential', 'cache --socket /home/ada/git'].some(isOurs)).toBe(false)
})
