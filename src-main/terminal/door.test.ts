import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { askSetting } from '../git/credential-setting'
import { accountRecord } from '../testing/fake-access'
import { createAnswer, type Request } from './answer'
import { knock, openDoor } from './door'
import { doorPlace } from './door-place'
import { unlocked } from './unlocked'

let profile: string
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'door-'))
})
afterEach(() => rm(profile, { recursive: true, force: true }))

const echo = async (request: Request) => ({ code: 7, output: JSON.stringify(request), complaint: '' })

it('lets the person who owns the profile ask, and nobody in once it is closed', async () => {
  const close = await openDoor(profile, echo)
  const reply = await knock(profile, ['git-credential', 'get'], { input: 'protocol=https\n', unlockMs: 5 })
  expect(reply?.code).toBe(7)
  expect(JSON.parse(reply?.output ?? '')).toEqual({
    command: { kind: 'credential', action: 'get' },
    json: false,
    input: 'protocol=https\n',
    unlockMs: 5,
  })
  expect((await stat(join(profile, 'terminal'))).mode & 0o777).toBe(0o700)
  expect((await stat(join(profile, 'terminal', 'socket'))).mode & 0o777).toBe(0o600)
  await close()
  expect(await knock(profile, ['accounts'], { input: '', unlockMs: 5 })).toBeNull()
})

it('answers nobody who does not know the word', async () => {
  const close = await openDoor(profile, echo)
  const key = join(profile, 'terminal', 'key')
  const right = await readFile(key, 'utf8')
  await chmod(key, 0o600)
  await writeFile(key, 'f'.repeat(right.length))
  expect(await knock(profile, ['accounts'], { input: '', unlockMs: 5 })).toBeNull()
  await close()
})

it('opens again after a copy that was killed', async () => {
  await openDoor(profile, echo)
  const close = await openDoor(profile, echo)
  expect((await knock(profile, ['accounts'], { input: '', unlockMs: 5 }))?.code).toBe(7)
  await close()
})

/** What git's own shell makes of the setting. */
const ask = async (action: string, question: string) => {
  const setting = askSetting(doorPlace(profile).git ?? '').slice(1)
  const child = spawn('sh', ['-c', `${setting} "$@"`, 'git', action], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (more: Buffer) => {
    said += more.toString('utf8')
  })
  child.stdin.on('error', () => undefined).end(question)
  await once(child, 'close')
  return said
}

it('answers git’s own client, and that for a login only', async () => {
  const asked: Request[] = []
  const close = await openDoor(profile, async (request) => {
    asked.push(request)
    return { code: 0, output: 'username=ada\npassword=open sesame\n', complaint: '' }
  })
  expect(await ask('get', 'protocol=https\nhost=forge.test\npath=ada/engine.git\n\n')).toBe(
    'username=ada\npassword=open sesame\n',
  )
  expect(asked).toMatchObject([{ command: { kind: 'credential', action: 'get' }, json: false }])
  const attributes = asked[0]?.input.split('\n') ?? []
  expect(attributes).toEqual(expect.arrayContaining(['protocol=https', 'host=forge.test', 'path=ada/engine.git']))
  expect(await ask('store', 'protocol=https\nhost=forge.test\nusername=a\npassword=b\n\n')).toBe('')
  expect(await ask('erase', 'protocol=https\nhost=forge.test\n\n')).toBe('')
  expect(asked).toHaveLength(1)
  expect((await stat(join(profile, 'terminal', 'git'))).mode & 0o777).toBe(0o600)
  await close()
  expect(await ask('get', 'protocol=https\nhost=forge.test\n\n')).toBe('')
  // Nothing of git's own has taken the app's place.
  await ask('store', 'protocol=https\nhost=forge.test\nusername=a\npassword=b\n\n')
  expect(await ask('get', 'protocol=https\nhost=forge.test\n\n')).toBe('')
})

it('waits for a keychain that hangs no longer than it is told, and lets git ask on at once', async () => {
  const record = accountRecord({ id: 'ada', host: 'https://forge.test' })
  const never = new Promise<never>(() => undefined)
  const close = await openDoor(
    profile,
    createAnswer({
      accounts: { list: () => [], checkAll: async () => [], check: () => never },
      access: { records: () => [record], gitCredential: () => never },
      unlocked: (withinMs) => unlocked({ names: () => never }, withinMs),
      repositories: async () => [],
      deploy: null,
      facts: async () => ({}),
    }),
  )
  const question = 'protocol=https\nhost=forge.test\n\n'
  expect(await ask('get', question)).toBe('')
  expect(await knock(profile, ['git-credential', 'get'], { input: question, unlockMs: 5 })).toEqual({
    code: 0,
    output: '',
    complaint: expect.stringContaining('The keychain is locked'),
  })
  await close()
})

it('lets git ask on where the app takes too long for a login', async () => {
  const close = await openDoor(profile, () => new Promise(() => undefined))
  expect(await ask('get', 'protocol=https\nhost=forge.test\n\n')).toBe('')
  await close()
})

it.each([
  ['nothing', ''],
  ['another tongue', 'GET / HTTP/1.1\r\n\r\n'],
  ['another action', 'action=store\ntimeout=900\nprotocol=https\nhost=forge.test\n'],
  ['a host twice', 'action=get\ntimeout=900\nprotocol=https\nhost=forge.test\nhost=other.test\n'],
  ['an action twice', 'action=get\ntimeout=900\naction=get\nprotocol=https\nhost=forge.test\n'],
  ['more than git ever says', `action=get\n${'x'.repeat(100_000)}`],
])('answers nobody who says %s', async (_, words) => {
  const close = await openDoor(profile, async () => ({ code: 0, output: 'password=open sesame\n', complaint: '' }))
  const socket = connect(doorPlace(profile).git ?? '')
  let said = ''
  socket.on('data', (more: Buffer) => {
    said += more.toString('utf8')
  })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined).end(words)
  await closed
  expect(said).toBe('')
  await close()
})
