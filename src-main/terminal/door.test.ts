import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Request } from './answer'
import { knock, openDoor } from './door'

let profile: string
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'door-'))
})
afterEach(() => rm(profile, { recursive: true, force: true }))

const echo = async (request: Request) => ({ code: 7, output: JSON.stringify(request), complaint: '' })

it('lets the person who owns the profile ask, and nobody in once it is closed', async () => {
  const close = await openDoor(profile, echo)
  const reply = await knock(profile, ['git-credential', 'get'], { input: 'protocol=https\n' })
  expect(reply?.code).toBe(7)
  expect(JSON.parse(reply?.output ?? '')).toEqual({
    command: { kind: 'credential', action: 'get' },
    json: false,
    input: 'protocol=https\n',
  })
  expect((await stat(join(profile, 'terminal'))).mode & 0o777).toBe(0o700)
  expect((await stat(join(profile, 'terminal', 'socket'))).mode & 0o777).toBe(0o600)
  await close()
  expect(await knock(profile, ['accounts'], { input: '' })).toBeNull()
})

it('answers nobody who does not know the word', async () => {
  const close = await openDoor(profile, echo)
  const key = join(profile, 'terminal', 'key')
  const right = await readFile(key, 'utf8')
  await chmod(key, 0o600)
  await writeFile(key, 'f'.repeat(right.length))
  expect(await knock(profile, ['accounts'], { input: '' })).toBeNull()
  await close()
})

it('opens again after a copy that was killed', async () => {
  await openDoor(profile, echo)
  const close = await openDoor(profile, echo)
  expect((await knock(profile, ['accounts'], { input: '' }))?.code).toBe(7)
  await close()
})
