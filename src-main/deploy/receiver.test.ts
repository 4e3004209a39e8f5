import { execFileSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Secret } from '../credentials/secret'
import { readReceiverLog } from '../features/webhooks/receiver-log'
import { type BenchApp, type DeployBench, startDeployBench } from '../testing/deploy-bench'
import { listen } from '../testing/loopback-server'
import type { Signature } from './push-shape'
import { hookFields } from './receiver-hook'
import { watchAttributes } from './watch-rules'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const patiently = { timeout: 30_000, interval: 20 }

let bench: DeployBench
let port: number
beforeAll(async () => {
  bench = await startDeployBench()
  const free = await listen(createServer())
  await free.close()
  port = free.port
})
afterAll(async () => {
  await bench.pilot.call('receiver-stop')
  await bench.close()
})

const settings = (changes: Readonly<Record<string, string>> = {}) =>
  Object.entries({ listen: '127.0.0.1', port: String(port), interval: '3600', ...changes })

interface Call {
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}
const post = (path: string, { headers = {}, body }: Call): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: text.trim() }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

const hubSignature = (secret: string, body: string | Buffer) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const hookFor = async (app: BenchApp, signature: Signature, repository: string | null = String(app.repository.id)) => {
  const id = randomBytes(16).toString('hex')
  const secret =
    signature === 'standard-webhooks' ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(16).toString('hex')
  await bench.pilot.call(
    'set-hook',
    hookFields({ id, folder: app.folder, signature, repository, secrets: [new Secret(secret)] }),
  )
  const answer = await bench.pilot.call('receiver-apply')
  return { id, secret, path: `/hooks/${id}`, answer }
}

const github = (
  app: BenchApp,
  secret: string,
  changes: { ref?: string; id?: number; delivery?: string; event?: string } = {},
) => {
  const body = JSON.stringify({
    ref: changes.ref ?? 'refs/heads/main',
    repository: { id: changes.id ?? app.repository.id },
    at: randomBytes(4).toString('hex'),
  })
  return {
    body,
    headers: {
      'x-github-event': changes.event ?? 'push',
      'x-github-delivery': changes.delivery ?? randomBytes(8).toString('hex'),
      'x-hub-signature-256': hubSignature(secret, body),
    },
  }
}
const live = (app: BenchApp, file = 'a') => {
  const path = join(app.folder, 'current', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

describe('the receiver', () => {
  it('runs when it has something to do, and says on what port', async () => {
    const answer = await bench.pilot.call('receiver-apply', settings())
    expect([answer.get('installed'), answer.get('wanted'), answer.get('running')]).toEqual(['1', '', ''])
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    expect([hook.answer.get('wanted'), hook.answer.get('port')]).toEqual(['1', String(port)])
    await expect.poll(async () => (await bench.pilot.call('receiver-status')).get('running'), patiently).toBe('1')
    expect(hook.answer.get('polling')).toBe('1')
  })

  it('deploys what is pushed, at once and without anybody logged in', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    const from = performance.now()
    expect(await post(hook.path, github(app, hook.secret))).toEqual({ status: 202, text: 'deployed' })
    expect(performance.now() - from).toBeLessThan(5000)
    await expect.poll(() => live(app), patiently).toBe('1')
    // Readable by the web server, as when a person deploys.
    expect(statSync(join(app.folder, 'current/a')).mode & 0o777).toBe(0o644)
    const log = await bench.pilot.call('hook-log', [
      ['hook', hook.id],
      ['folder', app.folder],
    ])
    expect(log.get('log')).toMatch(/^\d{13}\t[0-9a-f]{16}\tpush\tdeployed\t\d{13}-[0-9a-f]{8}$/)
  })

  it('turns away what is not signed, wrongly signed, too large, for another repository or branch, or was seen', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    const good = github(app, hook.secret)
    const { 'x-hub-signature-256': _, ...unsigned } = good.headers
    expect((await post(hook.path, { ...good, headers: unsigned })).status).toBe(403)
    expect((await post(hook.path, github(app, 'wrong'))).status).toBe(403)
    expect((await post(hook.path, { ...good, body: `${good.body} ` })).status).toBe(403)
    expect((await post('/hooks/00000000', good)).status).toBe(404)
    const large = Buffer.alloc(50_000_000, 0x20)
    const signedLarge = { ...good.headers, 'x-hub-signature-256': hubSignature(hook.secret, large) }
    for (const headers of [github(app, 'wrong').headers, signedLarge]) {
      expect(await post(hook.path, { body: large, headers })).toEqual({ status: 413, text: 'too-large' })
      const chunked = { ...headers, 'transfer-encoding': 'chunked' }
      expect(await post(hook.path, { body: large, headers: chunked })).toEqual({ status: 413, text: 'too-large' })
    }
    expect((await post(hook.path, github(app, hook.secret, { id: 1 }))).text).toBe('other-repository')
    expect((await post(hook.path, github(app, hook.secret, { ref: 'refs/heads/other' }))).text).toBe('ignored-branch')
    expect((await post(hook.path, github(app, hook.secret, { ref: 'refs/tags/main' }))).text).toBe('ignored-branch')
    expect((await post(hook.path, github(app, hook.secret, { event: 'ping' }))).text).toBe('ignored-event')
    expect(live(app)).toBeNull()
    expect((await post(hook.path, github(app, hook.secret, { ref: 'refs/heads/main2' }))).text).toBe('ignored-branch')
    expect((await post(hook.path, good)).text).toBe('deployed')
    expect((await post(hook.path, good)).text).toBe('replayed')
    await expect.poll(() => live(app), patiently).toBe('1')
    const log = await bench.pilot.call('hook-log', [['hook', hook.id]])
    expect(log.get('refused').match(/ 403 \|/g)).toHaveLength(3)
    expect(log.get('refused').match(/ 413 \|/g)).toHaveLength(4)
    expect(readReceiverLog(log, 0).filter(({ outcome }) => outcome === 'too-large')).toHaveLength(4)
  })

  it('deploys a commit again that was forced away in between, and no delivery twice', async () => {
    const app = await bench.app({ files: { a: 'A' } })
    const hook = await hookFor(app, 'gitlab-token')
    const any = await hookFor(app, 'any', null)
    const git = (...args: string[]) => bench.forge.world.git.run(app.repository, args)
    const older = (await git('rev-parse', 'main')).trim()
    await bench.forge.world.commit(app.repository, { message: 'B', files: { a: 'B' } })
    const newer = (await git('rev-parse', 'main')).trim()
    const push = async (after: string, headers: Readonly<Record<string, string>>, to = hook) => {
      await git('update-ref', 'refs/heads/main', after)
      const before = after === newer ? older : newer
      const body = JSON.stringify({ before, after, ref: 'refs/heads/main', project: { id: app.repository.id } })
      const call = { body, headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': to.secret, ...headers } }
      return (await post(to.path, call)).text
    }
    for (const [at, file] of ['B', 'A', 'B'].entries()) {
      // An event that another one caused has the id of that; of GitLab 17.4 on a request has its own.
      const headers = { 'x-gitlab-event-uuid': 'e', 'idempotency-key': `i${at}` }
      const commit = file === 'A' ? older : newer
      expect(await push(commit, headers)).toBe('deployed')
      await expect.poll(() => live(app), patiently).toBe(file)
      expect(await push(commit, headers)).toBe('replayed')
    }
    expect(await push(older, { 'x-gitlab-event-uuid': 'e' })).toBe('deployed')
    await expect.poll(() => live(app), patiently).toBe('A')
    // Without any id the body is all that tells.
    expect(await push(newer, {}, any)).toBe('deployed')
    expect(await push(newer, {}, any)).toBe('replayed')
    await expect.poll(() => live(app), patiently).toBe('B')
    // No signature of GitLab covers the id: a recorded call under another one finds nothing new, and runs nothing.
    const recorded = JSON.stringify({ after: older, ref: 'refs/heads/main', project: { id: app.repository.id } })
    const headers = { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': hook.secret, 'idempotency-key': 'made up' }
    expect((await post(hook.path, { body: recorded, headers })).text).toBe('deployed')
    const ends = async () => {
      const log = await bench.pilot.call('hook-log', [
        ['hook', hook.id],
        ['folder', app.folder],
      ])
      return log.all('ended').map((line) => line.split(' ')[1])
    }
    await expect.poll(ends, patiently).toEqual([...Array<string>(4).fill('succeeded'), 'unchanged'])
    expect(live(app)).toBe('B')
  })

  it('says that the branch was deleted, and deploys nothing', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    const body = JSON.stringify({
      ref: 'refs/heads/main',
      after: '0'.repeat(40),
      deleted: true,
      repository: { id: app.repository.id },
    })
    const headers = { ...github(app, hook.secret).headers, 'x-hub-signature-256': hubSignature(hook.secret, body) }
    expect(await post(hook.path, { body, headers })).toEqual({ status: 202, text: 'branch-deleted' })
    const log = await bench.pilot.call('hook-log', [['hook', hook.id]])
    expect(readReceiverLog(log, 0).map(({ outcome }) => outcome)).toEqual(['branch-deleted'])
    expect(bench.server.as('ls', join(app.folder, '.deploy/deploys'))).toBe('')
  })

  it('runs nothing that stands in a push', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    const canary = join(bench.server.home, 'pushed')
    for (const ref of [
      `$(touch ${canary})`,
      `refs/heads/main; touch ${canary}`,
      '-n',
      `\`touch ${canary}\``,
      'a\nb\tc',
      '%b\\0101',
    ]) {
      const delivery = `d'"$(touch ${canary})${randomBytes(4).toString('hex')}`
      expect((await post(hook.path, github(app, hook.secret, { ref, delivery }))).text).toBe('ignored-branch')
    }
    expect(existsSync(canary)).toBe(false)
  })

  it('reads every way of signing', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const project = { ref: 'refs/heads/main', project: { id: app.repository.id } }
    const old = await hookFor(app, 'hub-sha256-old-name', '{uuid}')
    const changes = JSON.stringify({
      repository: { uuid: '{uuid}' },
      push: { changes: [{ new: null }, { new: { name: 'main' } }] },
    })
    const oldHeaders = {
      'x-event-key': 'repo:push',
      'x-request-uuid': '1',
      'x-hub-signature': hubSignature(old.secret, changes),
    }
    expect((await post(old.path, { body: changes, headers: oldHeaders })).text).toBe('deployed')
    await expect.poll(() => live(app), patiently).toBe('1')

    const token = await hookFor(app, 'gitlab-token')
    const call = {
      body: JSON.stringify(project),
      headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': '1' },
    }
    expect((await post(token.path, call)).status).toBe(403)
    expect((await post(token.path, { ...call, headers: { ...call.headers, 'x-gitlab-token': 'no' } })).status).toBe(403)
    expect(
      (await post(token.path, { ...call, headers: { ...call.headers, 'x-gitlab-token': token.secret } })).text,
    ).toBe('deployed')

    const standard = await hookFor(app, 'standard-webhooks')
    const signed = (secret: string, body: string, id: string) => {
      const key = Buffer.from(secret.slice(6), 'base64')
      const signature = createHmac('sha256', key).update(`${id}.1700000000.${body}`).digest('base64')
      return {
        body,
        headers: {
          'x-gitlab-event': 'Push Hook',
          'webhook-id': id,
          'webhook-timestamp': '1700000000',
          'webhook-signature': `v1,${'A'.repeat(43)}= v1,${signature}`,
        },
      }
    }
    const body = JSON.stringify({ ...project, more: 'ü\n\\ %s' })
    expect((await post(standard.path, signed('whsec_AAAA', body, 'msg_1'))).text).toBe('bad-signature')
    expect((await post(standard.path, signed(standard.secret, body, 'msg_2'))).text).toBe('deployed')
    const moved = signed(standard.secret, body, 'msg_3')
    expect((await post(standard.path, { ...moved, headers: { ...moved.headers, 'webhook-id': 'msg_4' } })).text).toBe(
      'bad-signature',
    )
    expect((await post(standard.path, { ...moved, headers: {} })).status).toBe(403)

    const any = await hookFor(app, 'any', null)
    const anyBody = JSON.stringify({ ref: 'refs/heads/main', x: 1 })
    expect((await post(any.path, { body: anyBody, headers: { 'x-gitlab-token': any.secret } })).text).toBe('deployed')
    const bare = hubSignature(any.secret, `${anyBody} `).slice(7)
    expect((await post(any.path, { body: `${anyBody} `, headers: { 'x-gitea-signature': bare } })).text).toBe(
      'deployed',
    )
    expect((await post(any.path, { body: anyBody, headers: { 'x-hub-signature': 'sha1=00' } })).status).toBe(403)
  })

  it('comes back when it is killed, moves to another port, and goes when it is stopped', async () => {
    const pidOf = () => Number(readFileSync(join(bench.server.home, '.cloudaipilot/receiver/pid'), 'utf8'))
    const killed = pidOf()
    process.kill(killed, 'SIGKILL')
    await expect
      .poll(async () => pidOf() !== killed && (await bench.pilot.call('receiver-status')).get('running'), patiently)
      .toBe('1')
    const other = await listen(createServer())
    const taken = await bench.pilot.call('receiver-apply', settings({ port: String(other.port) }))
    expect(taken.get('running')).toBe('')
    expect(taken.get('message')).toContain('address already in use')
    await other.close()
    const moved = await bench.pilot.call('receiver-apply', settings())
    expect(moved.get('running')).toBe('1')
    await bench.pilot.call('receiver-stop')
    expect((await bench.pilot.call('receiver-status')).get('running')).toBe('')
    await expect(post('/hooks/x', { body: '' })).rejects.toThrow('ECONNREFUSED')
    expect(bench.server.as('sh', '-c', 'ps -o args= -u "$(id -u)" | grep -c "[s]upervise" || true').trim()).toBe('0')
  })
})

describe('what a push comes to', () => {
  const zero = '0'.repeat(40)
  const changed = (name: string, type = 'branch') => ({ new: { type, name }, old: { type, name } })
  const gone = (name: string, type = 'branch') => ({ new: null, old: { type, name }, closed: true })
  const made = (name: string, type = 'branch') => ({ new: { type, name }, old: null, created: true })
  const bitbucket = (...changes: readonly object[]) => ({ repository: { uuid: '{1}' }, push: { changes } })
  const dataCenter = (id: string, type: string) => ({
    changes: [{ ref: { id: 'refs/heads/x' } }, { ref: { id }, type }],
  })
  const others = Array.from({ length: 200 }, (_, at) => changed(`b${at}`))
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  // Were each change looked for among all members, this would take minutes.
  const members = Array.from({ length: 30_000 }, (_, at) => `"m${at}":1`).join()
  const many = `{${members},"changes":[${'{},'.repeat(60_000)}{"ref":{"id":"refs/heads/main"}}]}`
  const message = '","ref":"refs/heads/main'
  const folder = mkdtempSync(join(tmpdir(), 'push-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const comesTo = (body: object | string, branch = 'main', place = '', id = '') => {
    const file = join(folder, 'body')
    writeFileSync(file, typeof body === 'string' ? body : JSON.stringify(body))
    return execFileSync('perl', ['src-main/deploy/scripts/push.pl', file, place, id, branch]).toString().trim()
  }

  it.each([
    ['a branch', { ref: 'refs/heads/main', after: 'a1' }, 'deployed'],
    ['another branch', { ref: 'refs/heads/main2', after: 'a1' }, 'ignored-branch'],
    ['a tag of that name', { ref: 'refs/tags/main', after: 'a1' }, 'ignored-branch'],
    ['a deletion at GitHub', { ref: 'refs/heads/main', after: zero, deleted: true }, 'branch-deleted'],
    ['a deletion at GitLab', { ref: 'refs/heads/main', after: zero, checkout_sha: null }, 'branch-deleted'],
    ['a deletion with SHA-256', { ref: 'refs/heads/main', after: '0'.repeat(64) }, 'branch-deleted'],
    ['a deletion of another', { ref: 'refs/heads/x', after: zero, deleted: true }, 'ignored-branch'],
    ['the making of a branch', { ref: 'main', ref_type: 'branch', master_branch: 'main' }, 'deployed'],
    ['the making of a tag', { ref: 'main', ref_type: 'tag', master_branch: 'main' }, 'ignored-branch'],
    ['the deletion of a branch', { ref: 'main', ref_type: 'branch', pusher_type: 'user' }, 'branch-deleted'],
    ['one of 200 changes', bitbucket(...others, changed('main')), 'deployed'],
    ['none of 200 changes', bitbucket(...others), 'ignored-branch'],
    ['a tag among changes', bitbucket(...others, changed('main', 'tag')), 'ignored-branch'],
    ['a tag and the branch', bitbucket(changed('main', 'tag'), changed('main')), 'deployed'],
    ['a deletion among changes', bitbucket(changed('x'), gone('main')), 'branch-deleted'],
    ['the deletion of a tag', bitbucket(gone('main', 'tag')), 'ignored-branch'],
    ['a branch that became a tag', bitbucket(gone('main'), made('main', 'tag')), 'branch-deleted'],
    ['a branch deleted and made anew', bitbucket(gone('main'), made('main')), 'deployed'],
    ['changes of Data Center', dataCenter('refs/heads/main', 'UPDATE'), 'deployed'],
    ['a tag of Data Center', dataCenter('refs/tags/main', 'ADD'), 'ignored-branch'],
    ['a deletion at Data Center', dataCenter('refs/heads/main', 'DELETE'), 'branch-deleted'],
    ['a message that looks like a change', { ref: 'refs/heads/x', commits: [{ message }] }, 'ignored-branch'],
    ['a member of the name further in', { commits: [{ ref: 'refs/heads/main' }] }, 'ignored-branch'],
    ['escapes', String.raw`{"r\u0065f" : "refs\/heads\/m\u0061in"}`, 'deployed'],
    ['many escapes before', `{"x":"${'\\n'.repeat(200_000)}","ref":"refs/heads/main"}`, 'deployed'],
    ['a deep list before', `{"x":${deep},"ref":"refs/heads/main"}`, 'deployed'],
    [
      'names that hold stops',
      { 'push.changes.*.new.name': 'main', changes: [{ 'ref.id': 'refs/heads/main' }] },
      'ignored-branch',
    ],
    ['a change inside a change', { changes: [{ changes: [{ ref: { id: 'refs/heads/main' } }] }] }, 'ignored-branch'],
    ['the last of two of a name', '{"ref":"refs/heads/x","ref":"refs/heads/main"}', 'deployed'],
    ['a null after a name', '{"ref":"refs/heads/main","ref":null}', 'ignored-branch'],
    ['many members beside many changes', many, 'deployed'],
    ['ends without beginnings', `${']'.repeat(100_000)}{"ref":"refs/heads/main"}`, 'ignored-branch'],
    ['what is cut off', '{"ref":"refs/heads/ma\\', 'ignored-branch'],
    ['no JSON', 'payload=%7B%7D', 'ignored-branch'],
    ['nothing', '', 'ignored-branch'],
  ])('reads %s', (_, body, verdict) => {
    expect(comesTo(body)).toBe(verdict)
  })

  it.each([
    ['ü/日本/😀', String.raw`{"ref":"refs/heads/\u00fc/\u65e5本/\ud83d\ude00"}`],
    ['a"b', JSON.stringify({ ref: 'refs/heads/a"b' })],
    ['refs/heads/x', JSON.stringify({ ref: 'refs/heads/refs/heads/x' })],
    ['$(x)`', JSON.stringify(bitbucket(changed('$(x)`')))],
    ['refs/heads/y', JSON.stringify(bitbucket(changed('refs/heads/y')))],
  ])('knows the branch %s', (branch, body) => {
    expect(comesTo(body, branch)).toBe('deployed')
  })

  it('knows the repository by its id, however large the body is', () => {
    const commits = Array.from({ length: 2048 }, () => ({ message: 'x'.repeat(300) }))
    const body = { commits, ref: 'refs/heads/main', repository: { id: 7 } }
    expect(comesTo(body, 'main', 'repository.id', '7')).toBe('deployed')
    expect(comesTo(body, 'main', 'repository.id', '8')).toBe('other-repository')
    expect(comesTo(bitbucket(changed('main')), 'main', 'repository.uuid', '{1}')).toBe('deployed')
    const project = { project: { id: 3 }, repository: { id: 1 }, ref: 'refs/heads/main' }
    expect(comesTo(project, 'main', 'project.id', '1')).toBe('other-repository')
    expect(comesTo({ ref: 'refs/heads/main' }, 'main', 'project.id', '1')).toBe('other-repository')
    expect(comesTo({ ref: 'refs/heads/main', 'project.id': 1 }, 'main', 'project.id', '1')).toBe('other-repository')
  })
})

describe('polling', () => {
  it('deploys new commits where no push arrives, each once', async () => {
    const app = await bench.app({ files: { 'src/a': '1' } }, { poll: '1', watch: watchAttributes(['src/']) })
    const still = await bench.app({ files: { a: '1' } })
    const deploys = (of: BenchApp) =>
      bench.server.as('ls', join(of.folder, '.deploy/deploys')).split('\n').filter(Boolean)
    await bench.pilot.call('tick')
    await expect.poll(() => live(app, 'src/a'), patiently).toBe('1')
    await bench.pilot.call('tick')
    expect(deploys(app)).toHaveLength(1)
    expect(deploys(still)).toHaveLength(0)
    await bench.forge.world.commit(app.repository, { message: 'Change', files: { 'src/a': '2' } })
    // A failing commit is not tried again and again.
    await app.configure({ command: 'exit 1' })
    await bench.pilot.call('tick')
    await expect
      .poll(() => readFileSync(join(app.folder, '.deploy/deploys', deploys(app)[1] ?? '', 'stream'), 'utf8'), patiently)
      .toContain('command-failed')
    await bench.pilot.call('tick')
    expect(deploys(app)).toHaveLength(2)
    // The desktop may be the timer too.
    await bench.pilot.call('tick', [['folder', still.folder]])
    await expect.poll(() => live(still), patiently).toBe('1')
  })

  it('is done by the loop that keeps the receiver', async () => {
    const app = await bench.app({ files: { a: '1' } }, { poll: '1' })
    await bench.pilot.call('receiver-apply', settings({ interval: '1' }))
    await expect.poll(() => live(app), patiently).toBe('1')
    await bench.forge.world.commit(app.repository, { message: 'Change', files: { a: '2' } })
    await expect.poll(() => live(app), patiently).toBe('2')
  })
})

describe('what was left', () => {
  it('is listed and taken away, and files of others stay', async () => {
    const app = await bench.app({ files: { a: '1' } })
    const hook = await hookFor(app, 'hub-sha256')
    await app.deploy()
    bench.server.as('sh', '-c', 'echo mine > "$1/notes"', 'sh', app.folder)
    const found = await bench.pilot.call('remnants')
    expect(found.all('releases').join('\n')).toContain(`${app.key} `)
    expect(found.all('hook').join('\n')).toContain(hook.id)
    const gone = await bench.pilot.call('remove-app', [
      ['folder', app.folder],
      ['key', app.key],
      ['hook', hook.id],
      ['clean', '1'],
    ])
    expect(gone.get('left')).toBe(app.folder)
    expect(bench.server.as('ls', '-A', app.folder).trim()).toBe('notes')
    expect((await bench.pilot.call('remnants')).records.filter(([, value]) => value.includes(app.key))).toEqual([])
    await bench.pilot.call('remove-all')
    expect(existsSync(join(bench.server.home, '.cloudaipilot'))).toBe(false)
    // It is put there again when it is needed again.
    expect((await bench.pilot.call('check')).get('git')).toMatch(/^git version/)
  })
})
