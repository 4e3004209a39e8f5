import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { nonceVariable, pipeVariable } from './named-credential-pipe'

/** The switch that turns our program into git's credential helper. */
export const credentialHelperSwitch = '--credential-helper'

/** Whether this process was started by git to be asked for a credential. To be looked at before anything else starts. */
export const isCredentialHelper = (argv: readonly string[]): boolean => argv.includes(credentialHelperSwitch)

/**
 * Asks the app that started git for the credential and prints it for git (git-credential(1)). Says nothing when it is
 * not asked to `get`, when the app is gone or when it refuses; git then reports that it has no login.
 */
export const runCredentialHelper = async (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> => {
  const action = argv[argv.indexOf(credentialHelperSwitch) + 1]
  const path = environment[pipeVariable]
  const nonce = environment[nonceVariable]
  const question = (await text(input)).trim()
  if (action !== 'get' || path === undefined || nonce === undefined) return
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(path)
    let received = ''
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${nonce}\n${question}\n\n`))
    socket.on('data', (more: string) => {
      received += more
    })
    socket.on('error', () => resolve(''))
    socket.on('close', () => resolve(received))
  })
  await new Promise<void>((resolve) => output.write(answer, () => resolve()))
}
