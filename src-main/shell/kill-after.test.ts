import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isRunning } from '../testing/process-watch'
import { killAfterCommand } from './kill-after'

/** A process that has itself watched, says the watch's number, and then does what the script says. */
const watched = async (limitMs: number, script: string) => {
  const start = `
    const [program, ...args] = JSON.parse(process.argv[1])
    args[args.length - 2] = String(process.pid)
    const watch = require('node:child_process').spawn(program, args, { stdio: 'ignore', detached: true })
    require('node:fs').writeSync(1, String(watch.pid) + '\\n')
    ${script}`
  const command = JSON.stringify(killAfterCommand(0, limitMs, 'linux'))
  const child = spawn(process.execPath, ['-e', start, command], { stdio: ['pipe', 'pipe', 'ignore'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, watch: Number(said.toString()), exit: once(child, 'exit') }
}

describe.skipIf(process.platform !== 'linux')('the watch over the end', () => {
  it('kills a process whose event loop stands still', async () => {
    const { exit, watch } = await watched(300, 'for (;;);')
    expect(await exit).toEqual([null, 'SIGKILL'])
    await expect.poll(() => isRunning(watch)).toBe(false)
  })

  it('kills one that was stopped', async () => {
    const { exit, child } = await watched(300, 'setInterval(() => {}, 1000)')
    child.kill('SIGSTOP')
    expect(await exit).toEqual([null, 'SIGKILL'])
  })

  it('leaves soon after a process that has ended by itself, and kills nobody', async () => {
    const { exit, watch, child } = await watched(
      60_000,
      "watch.unref(); process.stdin.once('data', () => process.exit(0))",
    )
    expect(isRunning(watch)).toBe(true)
    child.stdin?.write('now')
    expect(await exit).toEqual([0, null])
    await expect.poll(() => isRunning(watch), { timeout: 10_000 }).toBe(false)
  })
})

it('has Windows hold the process while it waits, so that its number is nobody else’s', () => {
  expect(killAfterCommand(42, 2800, 'win32').at(-1)).toMatch(/Get-Process -Id 42 .*WaitForExit\(2800\).*\/PID 42 /)
})
