import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { wishFields } from '../features/apps/app-settings'
import { explainServer } from '../features/apps/explain-server'
import { type BenchApp, type DeployBench, startDeployBench } from '../testing/deploy-bench'
import { smallDisk } from '../testing/small-disk'
import { redactionScript } from './log-redaction'
import { watchAttributes } from './watch-rules'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const patiently = { timeout: 30_000, interval: 20 }

let bench: DeployBench
beforeAll(async () => {
  bench = await startDeployBench()
})
afterAll(async () => {
  expect(bench.forge.problems).toEqual([])
  await bench.close()
})

const read = (app: BenchApp, path: string) => readFileSync(join(app.folder, path), 'utf8')
const releases = (app: BenchApp) => readdirSync(join(app.folder, 'releases')).sort()
const commit = (app: BenchApp, files: Readonly<Record<string, string>>, branch?: string) =>
  bench.forge.world.commit(app.repository, { message: 'Change', files, ...(branch === undefined ? {} : { branch }) })
const variable = (name: string, value: string) => ['variable', `${name}=${value}`] as const

describe('a deploy', () => {
  it('fetches what is new, makes a release and moves one link, and keeps three', async () => {
    const app = await bench.app({ files: { 'index.html': 'one\n' } })
    const first = await app.deploy({ reason: 'first' })
    expect(first.record).toMatchObject({
      end: { state: 'succeeded' },
      reason: 'first',
      branch: 'main',
      author: 'Ada Lovelace',
      subject: 'First commit',
    })
    expect(first.record.phases.map(({ phase }) => phase)).toEqual(['fetch', 'release', 'switch', 'clean'])
    expect(readlinkSync(join(app.folder, 'current'))).toBe(`releases/${first.record.release}`)
    for (const text of ['two', 'three', 'four', 'five']) {
      await commit(app, { 'index.html': `${text}\n` })
      expect((await app.deploy()).record.end?.state).toBe('succeeded')
      expect(read(app, 'current/index.html')).toBe(`${text}\n`)
    }
    expect(releases(app)).toHaveLength(3)
    // What serves the files may be another user; what steers deploys may not be read by one.
    expect(statSync(join(app.folder, 'current/index.html')).mode & 0o777).toBe(0o644)
    expect(statSync(join(app.folder, '.deploy')).mode & 0o777).toBe(0o700)
    expect(statSync(join(app.folder, '.deploy/settings')).mode & 0o777).toBe(0o600)
  })

  it('goes back to an earlier release in one step, without fetching', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const first = await app.deploy()
    await commit(app, { a: '2' })
    await app.deploy()
    const back = await app.deploy({ reason: 'rollback', release: first.record.release ?? '' })
    expect(back.record).toMatchObject({ end: { state: 'succeeded' }, commit: first.record.commit, reason: 'rollback' })
    expect(back.record.phases.map(({ phase }) => phase)).toEqual(['switch'])
    expect(read(app, 'current/a')).toBe('1')
    const gone = await app.deploy({ reason: 'rollback', release: '20200101T000000Z-00000000' })
    expect(gone.record.end).toMatchObject({ state: 'failed', code: 'not-found' })
    // Polling and pushes do not undo it: this commit was looked at already.
    const poll = await app.deploy({ reason: 'poll' })
    expect(poll.record.end?.state).toBe('unchanged')
    expect(read(app, 'current/a')).toBe('1')
  })

  it('runs the command in the root folder with the variables, and shows none of their values', async () => {
    const secret = `pa$$'"\`word $(touch ${bench.server.home}/canary)`
    const lines = 'first line of a key\nsecond line of a key\n'
    const app = await bench.app(
      { files: { 'web/here': '' } },
      {
        root: 'web',
        command: 'ls; echo "it is $SECRET"; printf %s "$LINES_OF_IT"; env | grep -c ^PILOT; echo $0 | wc -l',
      },
    )
    const more = [
      variable('SECRET', secret),
      variable('LINES_OF_IT', lines),
      ['redactions', redactionScript([secret, lines])] as const,
    ]
    const { record, log } = await app.deploy({}, more)
    expect(record.end?.state).toBe('succeeded')
    expect(readlinkSync(join(app.folder, 'current'))).toBe(`releases/${record.release}/web`)
    const said = log.slice(log.indexOf('here'))
    expect(said).toEqual(['here', 'it is [secret]', '[secret]', '[secret]', '0', '1'])
    expect(existsSync(join(bench.server.home, 'canary'))).toBe(false)
    const left = bench.server.as('sh', '-c', 'grep -rlF "line of a key" "$1" || true', 'sh', app.folder)
    expect(left).toBe('')
  })

  it('takes variables of any size up to 1 MB together, and shows no piece of them', async () => {
    const line = () => randomBytes(48).toString('base64')
    const values = {
      LONG: Array.from({ length: 4000 }, line).join('\n'),
      MANY: randomBytes(90_000).toString('base64'),
      ...Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`V${at}`, randomBytes(67_000).toString('base64')])),
      CODES: Array.from({ length: 3500 }, () => randomBytes(5).toString('hex')).join('\n'),
      directory: 'its own',
      LC_ALL: 'C.UTF-8',
      SHORT: 'a short secret',
    }
    const app = await bench.app(
      {},
      {
        command: [
          'printf %s "$LONG" | sha256sum | cut -c 1-64; printenv MANY | tr -d "\\n" | sha256sum | cut -c 1-64',
          'printenv directory LC_ALL | wc -c; printenv LONG || echo not passed on; echo "$SHORT" "$LONG"',
          'printf %s "$MANY" | tail -c 100; echo; echo "$CODES" | tail -n 20; echo 1 2>&1 | head -1; set | grep -c ^pilot_ || exit 0',
        ].join('\n'),
      },
    )
    const settings = { folder: app.folder, autoDeploy: false }
    const wish = wishFields(settings, values, { token: '12345678', reason: 'manual', commit: null, release: null })
    const answer = await bench.pilot.call('submit', wish)
    const { record, log } = await app.end(answer.get('id'))
    expect(record.end).toMatchObject({ state: 'succeeded' })
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const said = log.slice(log.findIndex((text) => text.startsWith('Only the command')))
    expect(said[0]).toBe(
      'Only the command itself has LONG: Linux passes no variable of more than 128 KiB on to programs.',
    )
    const both = values.directory.length + values.LC_ALL.length + 2
    expect(said.slice(1, 5)).toEqual([hash(values.LONG), hash(values.MANY), String(both), 'not passed on'])
    expect(new Set(said.slice(5, -2))).toEqual(new Set(['[secret]']))
    expect(said.slice(-2)).toEqual(['1', '0'])
    const left = bench.server.as('sh', '-c', 'ls -A "$1"', 'sh', join(app.folder, '.deploy/deploys', answer.get('id')))
    expect(left.split('\n').filter(Boolean).sort()).toEqual(['alive', 'stream'])
  })

  it('leaves the running release as it is when the command fails', async () => {
    const app = await bench.app({ files: { a: '1' } })
    await app.deploy()
    await app.configure({ command: 'echo almost; exit 7' })
    await commit(app, { a: '2' })
    const { record, log } = await app.deploy()
    expect(record.end).toMatchObject({ state: 'failed', code: 'command-failed', facts: { status: '7' } })
    expect(record.before).toBe(readlinkSync(join(app.folder, 'current')).slice('releases/'.length))
    expect(log.at(-1)).toBe('almost')
    expect(read(app, 'current/a')).toBe('1')
    expect(releases(app)).toHaveLength(1)
  })

  it('keeps the beginning and the end of a log, and tells what was cut between, while the disk holds little', async () => {
    const app = await bench.app(
      {},
      {
        command: [
          'echo first; printf "one\\rtwo\\n\\n"',
          'head -c 30000000 /dev/zero | tr "\\000" x; echo',
          'seq 1 60000; du -sk "$HOME/apps" | cut -f 1 > "$HOME/held"; printf "last, without an end"',
        ].join('\n'),
      },
    )
    const id = await app.submit()
    const { record, log } = await app.end(id)
    expect(record.end?.state).toBe('succeeded')
    const said = log.slice(log.indexOf('first'))
    expect(said.slice(1, 4)).toEqual(['one', 'two', ''])
    expect(said[4]).toBe('x'.repeat(8192))
    expect(said.slice(6, 8)).toEqual(['1', '2'])
    expect(said.slice(-2)).toEqual(['60000', 'last, without an end'])
    const stream = read(app, `.deploy/deploys/${id}/stream`)
    const cuts = [...stream.matchAll(/^K\tcommand\t(\d+)$/gm)].map(([, bytes]) => Number(bytes))
    expect(cuts[0]).toBe(30_000_000 - 8192)
    // Nothing is both shown and cut, and nothing neither.
    const shown = new Set(said)
    const missing = Array.from({ length: 60_000 }, (_, at) => String(at + 1)).filter((text) => !shown.has(text))
    expect(cuts[1]).toBe(missing.reduce((sum, text) => sum + text.length + 1, 0))
    expect(stream.length).toBeLessThan(4_500_000)
    expect(Number(readFileSync(join(bench.server.home, 'held'), 'utf8'))).toBeLessThan(20_000)
  })

  it('cuts no secret in two where a long line ends', async () => {
    const secret = `${'s3cret-'.repeat(40)}end`
    const app = await bench.app({}, { command: `printf "%8100s" x; printf '%s' "$SECRET"; printf '%s\\n' "$SECRET"` })
    const more = [variable('SECRET', secret), ['redactions', redactionScript([secret])] as const]
    const { log } = await app.deploy({}, more)
    // The rest of that line is cut, from where half a secret might begin.
    expect(log.some((text) => text.length > 7000)).toBe(true)
    expect(log.join('')).not.toContain('s3cret')
  })

  it('lets what the command leaves running write to nobody, not into a file that is gone', async () => {
    const app = await bench.app(
      {},
      { command: '(while :; do echo still here; done) & echo $! > "$HOME/writing"; echo started' },
    )
    const { record, log } = await app.deploy()
    expect(record.end?.state).toBe('succeeded')
    expect(log).toContain('started')
    const pid = Number(readFileSync(join(bench.server.home, 'writing'), 'utf8'))
    expect(statSync(`/proc/${pid}/fd/1`).isFIFO()).toBe(true)
    // It goes on, because somebody takes what it writes away.
    const written = () => Number(/^wchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
    const before = written()
    await expect.poll(written, patiently).toBeGreaterThan(before + 200_000)
    process.kill(pid)
  })

  it('does not wait for what the command leaves running, nor ends it', async () => {
    const app = await bench.app({}, { command: 'sleep 1000 & echo $! > "$HOME/left-running"' })
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    const pid = Number(readFileSync(join(bench.server.home, 'left-running'), 'utf8'))
    expect(bench.server.processes()).toContain(pid)
    process.kill(pid)
  })

  it('ends with everything that it started when it is cancelled', async () => {
    const app = await bench.app({ files: { a: '1' } })
    await app.deploy()
    await app.configure({ command: 'echo started; (trap "" TERM; sleep 999) & sleep 998' })
    const id = await app.submit()
    const running = app.end(id)
    await expect.poll(() => read(app, `.deploy/deploys/${id}/stream`), patiently).toContain('started')
    await bench.pilot.call('cancel', [
      ['folder', app.folder],
      ['id', id],
    ])
    expect((await running).record.end).toMatchObject({ state: 'cancelled' })
    expect(bench.server.as('sh', '-c', 'ps -o args= -u "$(id -u)" | grep -c "[s]leep 99" || true').trim()).toBe('0')
    expect(read(app, 'current/a')).toBe('1')
    expect(releases(app)).toHaveLength(1)
    // A second time there is nothing to end.
    await bench.pilot.call('cancel', [
      ['folder', app.folder],
      ['id', id],
    ])
  })

  it('is one at a time for an app, also from two computers; those that wait become one', async () => {
    const app = await bench.app(
      { files: { a: '1' } },
      { command: 'echo + >> "$HOME/turns"; sleep 0.3; echo - >> "$HOME/turns"' },
    )
    const other = await bench.connect()
    const wish = (token: string) =>
      [
        ['folder', app.folder],
        ['token', token],
        ['reason', 'manual'],
      ] as const
    const first = (await bench.pilot.call('submit', wish('aaaaaaa1'))).get('id')
    const [second, third, again] = await Promise.all([
      other.call('submit', wish('aaaaaaa2')),
      bench.pilot.call('submit', wish('aaaaaaa3')),
      bench.pilot.call('submit', wish('aaaaaaa1')),
    ])
    expect(second.get('id')).toBe(third.get('id'))
    expect(again.get('id')).toBe(first)
    expect((await app.end(second.get('id'))).record).toMatchObject({ end: { state: 'succeeded' } })
    expect(readFileSync(join(bench.server.home, 'turns'), 'utf8')).toBe('+\n-\n+\n-\n')
    other.session.close()
  })

  it('goes on when the connection is cut, and is found again', async () => {
    const app = await bench.app({}, { command: 'until [ -e "$HOME/go-on" ]; do sleep 0.05; done' })
    const other = await bench.connect()
    const fields = [
      ['folder', app.folder],
      ['token', 'bbbbbbb1'],
      ['reason', 'manual'],
    ] as const
    const id = (await other.call('submit', fields)).get('id')
    const following = other.stream(
      'follow',
      [
        ['folder', app.folder],
        ['id', id],
        ['offset', '0'],
      ],
      () => undefined,
    )
    const cut = expect(following).rejects.toMatchObject({ code: 'connection-closed' })
    other.session.close()
    await cut
    writeFileSync(join(bench.server.home, 'go-on'), '')
    expect((await app.end(id)).record.end?.state).toBe('succeeded')
  })

  it('that was killed is told apart, and the next one clears up after it', async () => {
    const app = await bench.app({ files: { a: '1' } })
    await app.deploy()
    await app.configure({ command: 'echo begun; sleep 997' })
    const id = await app.submit()
    await expect.poll(() => read(app, `.deploy/deploys/${id}/stream`), patiently).toContain('begun')
    process.kill(-Number(read(app, `.deploy/deploys/${id}/pid`)), 'SIGKILL')
    expect((await app.end(id)).record.end).toBeNull()
    const status = await bench.pilot.call('status', [['folder', app.folder]])
    expect(status.all('alive')[0]).toBe('0')
    expect(releases(app)).toHaveLength(2)
    await app.configure({ command: '' })
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    expect(releases(app)).toHaveLength(2)
    expect(releases(app)).not.toContain(status.all('release')[1])
  })
})

describe('what stands in the way', () => {
  it('is named, and the running release stays', async () => {
    const app = await bench.app({ files: { a: '1' }, branches: ['old'] })
    await app.deploy()
    await app.configure({ branch: 'nowhere' })
    expect((await app.deploy()).record.end).toMatchObject({
      state: 'failed',
      facts: { said: expect.stringContaining('nowhere') },
    })
    await app.configure({ root: 'no/such' })
    expect((await app.deploy()).record.end).toMatchObject({ code: 'folder-missing', facts: { path: 'no/such' } })
    bench.forge.world.rename(app.repository, `${app.repository.name}-renamed`)
    await app.configure()
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    for (const key of bench.forge.state.deployKeys.of(app.repository.id)) bench.forge.state.deployKeys.remove(key)
    expect((await app.deploy()).record.end?.facts.said).toContain('Permission denied (publickey)')
    expect(read(app, 'current/a')).toBe('1')
  })

  it('is a branch that was rewritten or went away', async () => {
    const app = await bench.app({ files: { a: '1' }, branches: ['work'] }, { branch: 'work' })
    await commit(app, { a: '2' }, 'work')
    await app.deploy()
    await bench.forge.world.git.run(app.repository, ['update-ref', 'refs/heads/work', 'refs/heads/main'])
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    expect(read(app, 'current/a')).toBe('1')
    await bench.forge.world.git.run(app.repository, ['update-ref', '-d', 'refs/heads/work'])
    const { end } = (await app.deploy()).record
    expect(end).toMatchObject({ state: 'failed', facts: { said: expect.stringMatching(/couldn't find remote ref/) } })
    expect(read(app, 'current/a')).toBe('1')
  })

  it('is no branch whose name goes on where that of an earlier one ended', async () => {
    const app = await bench.app({ files: { a: '1' }, branches: ['topic'] }, { branch: 'topic' })
    await app.deploy()
    const { git } = bench.forge.world
    await git.run(app.repository, ['update-ref', '-d', 'refs/heads/topic'])
    await git.run(app.repository, ['update-ref', 'refs/heads/topic/next', 'refs/heads/main'])
    await app.configure({ branch: 'topic/next' })
    expect((await app.deploy()).record.end).toMatchObject({ state: 'succeeded' })
    await app.configure({ branch: 'main' })
    await git.run(app.repository, ['update-ref', '-d', 'refs/heads/topic/next'])
    await git.run(app.repository, ['update-ref', 'refs/heads/topic', 'refs/heads/main'])
    await app.configure({ branch: 'topic' })
    expect((await app.deploy()).record.end).toMatchObject({ state: 'succeeded' })
  })

  it('is a folder where the link belongs, a strange folder, or one of another repository', async () => {
    const app = await bench.app({ files: { a: '1' } })
    bench.server.as('mkdir', join(app.folder, 'current'))
    expect((await app.deploy()).record.end).toMatchObject({ code: 'folder-refused', facts: { why: 'current-blocked' } })
    await expect(app.configure()).rejects.toMatchObject({ code: 'folder-refused', facts: { why: 'current-blocked' } })
    bench.server.as('mkdir', '-p', `${bench.server.home}/mine/photos`)
    await expect(bench.app({}, { folder: `${bench.server.home}/mine` })).rejects.toMatchObject({
      facts: { why: 'not-ours' },
    })
    await expect(bench.app({}, { folder: app.folder })).rejects.toMatchObject({ facts: { why: 'other-repository' } })
    await expect(bench.app({}, { folder: '/etc/app' })).rejects.toMatchObject({ facts: { why: 'not-writable' } })
    await expect(bench.app({}, { folder: 'apps/relative' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('is a disk that is full, while fetching or while unpacking', async ({ skip }) => {
    const disk = smallDisk(6_000_000)
    try {
      if (!disk.real) skip('this user may not mount a disk')
      bench.server.own(disk.folder)
      const app = await bench.app({ files: { a: '1' } }, { folder: join(disk.folder, 'app') })
      expect((await app.deploy()).record.end?.state).toBe('succeeded')
      // The first fits packed but not unpacked beside that, the second not even packed.
      for (const content of ['x'.repeat(8_000_000), randomBytes(4_000_000).toString('hex')]) {
        await commit(app, { large: content })
        const { end } = (await app.deploy()).record
        expect(end?.state).toBe('failed')
        const attempt = { sshUrl: app.url, branch: 'main', server: 'bench' }
        expect(explainServer(end?.code ?? '', end?.facts ?? {}, attempt).code).toBe('disk-full')
        expect(read(app, 'current/a')).toBe('1')
        expect(releases(app)).toHaveLength(1)
      }
      await bench.forge.world.git.run(app.repository, ['update-ref', 'refs/heads/main', 'refs/heads/main~2'])
      expect((await app.deploy()).record.end?.state).toBe('succeeded')
    } finally {
      disk.remove()
    }
  })

  it('is a link in the repository that leads out of it', async () => {
    const app = await bench.app({ files: { a: '1' } })
    await bench.forge.world.commit(app.repository, {
      message: 'Link',
      files: { out: { content: '/etc', mode: '120000' } },
    } as never)
    await app.configure({ root: 'out' })
    expect((await app.deploy()).record.end).toMatchObject({ code: 'folder-missing' })
  })
})

describe('names from outside', () => {
  const canary = () => join(bench.server.home, 'executed')
  const hostile = (): readonly string[] => [
    `$(touch ${canary()})`,
    `\`touch ${canary()}\``,
    `a';touch ${canary()};'`,
    `a"; touch ${canary()}; "b`,
    'two  spaces and * stars ?',
    '-rf',
    '--upload-pack=touch',
    'ünïcödé',
    '%h%p',
  ]

  it('are folders of any spelling', async () => {
    const parts = hostile().map((name) => name.replaceAll('/', '_'))
    const app = await bench.app(
      { files: { a: '1' } },
      { folder: [bench.server.home, ...parts].join('/'), command: 'cat a' },
    )
    const { record, log } = await app.deploy()
    expect([record.end?.state, log.at(-1)]).toEqual(['succeeded', '1'])
    expect(read(app, 'current/a')).toBe('1')
    expect(existsSync(canary())).toBe(false)
  })

  it('are branches, root folders and watch paths of any spelling', async () => {
    const branch = `it's-$(touch${'$'}{IFS}executed)-"quoted"-;|&`
    const root = `$(touch executed)/it's "here"`
    const app = await bench.app(
      { files: { [`${root}/a`]: '1' } as never, branches: [branch] },
      { branch, root, watch: watchAttributes(hostile()) },
    )
    expect((await app.deploy()).record).toMatchObject({ branch, end: { state: 'succeeded' } })
    await commit(app, { '-rf': 'x' }, branch)
    expect((await app.deploy({ reason: 'push' })).record.end?.state).toBe('succeeded')
    for (const name of ['-x', '--upload-pack=touch executed', 'a..b', 'a\nb', '$(touch executed) x', ' ']) {
      await expect(app.configure({ branch: name })).rejects.toMatchObject({ code: 'branch-missing' })
    }
    expect(existsSync(canary())).toBe(false)
  })

  it('are commits and releases that are none', async () => {
    const app = await bench.app()
    for (const wish of [
      { commit: '--help' },
      { commit: `$(touch ${canary()})` },
      { release: '../../x' },
      { release: '$(id)' },
    ]) {
      expect((await app.deploy(wish)).record.end).toMatchObject({ state: 'failed', code: 'invalid-input' })
    }
    for (const token of ['', '../x', '$(id)', '-n']) {
      await expect(app.submit({ token })).rejects.toMatchObject({ code: 'invalid-input' })
    }
    expect(existsSync(canary())).toBe(false)
  })
})

describe('pushes and polls', () => {
  it('deploy only what the watch paths name, by the rules of git', async () => {
    const app = await bench.app(
      { files: { 'src/a.ts': '1', 'docs/a.md': '1' } },
      { watch: watchAttributes(['*', '!docs/', '!*.md']) },
    )
    await app.deploy()
    const push = async (files: Readonly<Record<string, string>>) => {
      await commit(app, files)
      const { end } = (await app.deploy({ reason: 'push' })).record
      return [end?.state, end?.code]
    }
    expect(await push({ 'docs/a.md': '2' })).toEqual(['unchanged', 'paths'])
    expect(await push({ 'readme.md': '2' })).toEqual(['unchanged', 'paths'])
    expect(await push({ 'src/a.ts': '2' })).toEqual(['succeeded', null])
    expect((await app.deploy({ reason: 'push' })).record.end).toMatchObject({ state: 'unchanged', code: null })
    // A change that could not be deployed is part of the next.
    await app.configure({ command: 'exit 1', watch: watchAttributes(['src/']) })
    expect(await push({ 'src/a.ts': '3' })).toEqual(['failed', 'command-failed'])
    await app.configure({ watch: watchAttributes(['src/']) })
    expect(await push({ 'docs/a.md': '3' })).toEqual(['succeeded', null])
    expect(read(app, 'current/src/a.ts')).toBe('3')
  })
})
