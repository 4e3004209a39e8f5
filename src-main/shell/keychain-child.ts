import { utilityProcess } from 'electron'
import type { StartKeychainProcess } from '../credentials/key-holders/keychain-client'

/** Starts the process that talks to the system's keychain. @param entry path of the built `keychain-process`. */
export const startKeychainProcess =
  (entry: string): StartKeychainProcess =>
  ({ answered, exited }) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'CloudAIPilot keychain', stdio: 'ignore' })
    child.on('message', answered)
    child.on('exit', exited)
    return {
      send: (request) => child.postMessage(request),
      kill: () => {
        // Before it has spawned there is nothing to kill yet.
        if (!child.kill()) child.once('spawn', () => child.kill())
      },
    }
  }
