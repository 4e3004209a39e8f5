import { writeSync } from 'node:fs'
import { systemClock } from '../clock'
import { createFetch } from '../network/create-fetch'
import { accountsOnDisk, type Step } from './accounts-on-disk'

/**
 * A process that renews an account's token and kills itself at the n-th step of it, as `kill -9` would; it says which one.
 * `node killed-renewal.mjs <folder> <account id> <n>`; with n = 0 it lives and prints how many steps there were.
 */
const [folder = '', accountId = '', last = '0'] = process.argv.slice(2)

let steps = 0
const step = (at: Step) => {
  steps += 1
  if (steps !== Number(last)) return
  writeSync(1, at)
  process.kill(process.pid, 'SIGKILL')
}

const fetch = createFetch({ userAgent: 'test', proxyFor: async () => null, trustedCertificate: () => null })
const { accounts } = await accountsOnDisk(folder, fetch, systemClock, step)
await accounts.access.open(accountId).client.viewer()
process.stdout.write(`${steps}\n`)
