import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { isRunning } from '../testing/process-watch'
import { followChildProcesses } from './child-processes'

it.skipIf(process.platform !== 'linux')(
  'kills whatever was started since, with what that has started, also when it was stopped',
  async () => {
    const before = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const children = followChildProcesses()
    const released = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    children.release(released)
    const leader = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [said] = (await once(leader.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer]
    const stopped = execFile('sleep', ['1000'], () => undefined)
    stopped.kill('SIGSTOP')
    const missing = spawn('/nowhere/to/be/found')
    await once(missing, 'error')

    children.kill()
    for (const child of [leader, stopped]) if (child.signalCode === null) await once(child, 'exit')
    expect([leader.signalCode, stopped.signalCode]).toEqual(['SIGKILL', 'SIGKILL'])
    await expect.poll(() => isRunning(Number(said.toString()))).toBe(false)
    const late = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(late, 'exit')
    expect(late.signalCode).toBe('SIGKILL')
    expect([before, released].map(({ pid }) => isRunning(pid ?? 0))).toEqual([true, true])
    for (const child of [before, released]) child.kill('SIGKILL')
  },
)
