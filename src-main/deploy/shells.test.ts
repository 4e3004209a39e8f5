import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyPair, type KeyPair } from '../ssh/key-pair'
import { openSession } from '../ssh/session'
import { startSshServer, type TestSshServer } from '../testing/ssh-server'
import { createPilot } from './pilot'

let server: TestSshServer
let key: KeyPair

beforeAll(async () => {
  server = await startSshServer()
  key = await createKeyPair('ed25519', 'shells')
  server.authorize(key.publicKey)
})
afterAll(() => server.close())

/** Logs in anew: sshd looks the shell up at each login. */
const withShell = async (shell: string, startUp: string) => {
  writeFileSync(join(server.home, '.bashrc'), startUp)
  server.own(server.home)
  if (!server.useShell(shell)) return null
  const judge = () => ({ kind: 'known' }) as const
  const opened = await openSession(server, { kind: 'private', ...key }, { known: '', judge })
  return { pilot: createPilot(opened, server.host), close: opened.close }
}

describe('a login shell', () => {
  it.each([
    ['/usr/sbin/nologin', '', { message: 'This account is currently not available.' }],
    ['/bin/false', '', { why: 'silent' }],
    ['/bin/true', '', { why: 'silent' }],
    ['/usr/bin/git-shell', '', { message: expect.stringContaining('unrecognized command') }],
    ['/bin/bash', 'exec sh\n', { why: 'start-up-file' }],
    ['/bin/bash', 'echo Go away; exit 4\n', { message: 'Go away' }],
    ['/bin/bash', 'exit 2\n', { why: 'silent' }],
    ['/bin/bash', 'exec no-such-shell\n', { message: expect.stringMatching(/no-such-shell: not found$/) }],
    ['/bin/bash', 'echo Hello; echo Not a terminal >&2; exit 1\n', { message: 'Hello … Not a terminal' }],
  ])('that is %s with the start-up file %j is named with what it says', async (shell, startUp, facts) => {
    const opened = await withShell(shell, startUp)
    if (opened === null) return
    const marker = join(server.home, 'ran')
    // Were the fields read as commands, the second one would run.
    const asked = opened.pilot.call('status', [
      ['command', `touch ${marker}`],
      ['touch', marker],
    ])
    await expect(asked).rejects.toMatchObject({ code: 'shell-refused', facts: { host: server.host, ...facts } })
    expect(server.as('ls', server.home)).not.toContain('ran')
    await expect(opened.pilot.call('check')).rejects.toMatchObject({ code: 'shell-refused', facts })
    const streamed = opened.pilot.stream('journal', [], () => undefined)
    await expect(streamed).rejects.toMatchObject({ code: 'shell-refused', facts })
    opened.close()
  })

  it('whose start-up file leaves a program running does not keep an answer back', async () => {
    const opened = await withShell('/bin/bash', 'sleep 1000 &\necho Welcome\n')
    if (opened === null) return
    expect((await opened.pilot.call('check')).get('home')).toBe(server.home)
    opened.close()
  })
})
