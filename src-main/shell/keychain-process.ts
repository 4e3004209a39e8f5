import { utilityProcess } from 'electron'
import type { StartKeychainProcess } from '../credentials/key-holders/keychain-client'

/**
 * Starts the keychain's process (Electron documentation, `utilityProcess`): a child that works with every fuse off and is
 * gone when the app is. The data key reaches it by message, never by argument or environment.
 * @param script Path of the bundled `keychain-process.cjs`.
 */
export const startKeychainProcess =
  (script: string): StartKeychainProcess =>
  ({ answered, exited }) => {
    const child = utilityProcess.fork(script, [], { serviceName: 'CloudAIPilot keychain', stdio: 'ignore' })
    child.on('message', answered)
    child.once('exit', exited)
    return {
      send: (request) => child.postMessage(request),
      // It may be blocked in a native call, which no polite signal ends; before it has spawned there is no pid to kill.
      kill: () => {
        if (child.pid === undefined) child.once('spawn', () => killNow(child.pid))
        else killNow(child.pid)
      },
    }
  }

const killNow = (pid: number | undefined) => {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
