import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { StartKeychainProcess } from '../credentials/key-holders/keychain-client'

/**
 * Starts the keychain's process under plain Node.
 * @param env The environment of that process alone, e.g. the address of a private bus.
 */
export const forkKeychain =
  (env: NodeJS.ProcessEnv): StartKeychainProcess =>
  ({ answered, exited }) => {
    const child = fork(join(import.meta.dirname, 'keychain-child.ts'), {
      env,
      execArgv: ['--import', 'tsx'],
      stdio: 'pipe',
    })
    child.on('message', answered)
    child.once('exit', exited)
    return {
      send: (request) => {
        child.send(request)
      },
      kill: () => {
        child.kill('SIGKILL')
      },
    }
  }
