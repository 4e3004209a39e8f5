import { Buffer } from 'node:buffer'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GenericSchema } from 'valibot'
import { parse } from 'valibot'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseAnswer } from '../../src-main/deploy/frame'
import { createPilot } from '../../src-main/deploy/pilot'
import { createLiveDeploy } from '../../src-main/features/apps/live-deploy'
import { toRelease } from '../../src-main/features/apps/to-deploy'
import { readCommits, tryRules } from '../../src-main/features/apps/try-rules'
import { judgeGit, judgeReceiver, judgeTools, type Look } from '../../src-main/features/servers/judge-server'
import { readRemnants } from '../../src-main/features/servers/remnants'
import { describeInstall } from '../../src-main/features/system/diagnostics'
import { readReceiverLog } from '../../src-main/features/webhooks/receiver-log'
import { requireAddress } from '../../src-main/git/address'
import { explainGit } from '../../src-main/git/explain'
import { parseRefs } from '../../src-main/git/ls-remote'
import { parseProgress } from '../../src-main/git/progress'
import { readHead } from '../../src-main/git/read-head'
import { createAnnounce } from '../../src-main/ipc/announce'
import { serve } from '../../src-main/ipc/serve'
import { redact } from '../../src-main/log/redact'
import { explainRefusal } from '../../src-main/oauth/explain'
import { bitbucket } from '../../src-main/providers/bitbucket'
import { createDetectHost } from '../../src-main/providers/detect-host'
import { gitea } from '../../src-main/providers/gitea'
import { github } from '../../src-main/providers/github'
import { gitlab } from '../../src-main/providers/gitlab'
import type { ProviderClient, RemoteRepository } from '../../src-main/providers/provider'
import { accountNotices, connectedNotice, deployNotices } from '../../src-main/shell/notifications'
import { trayMenu } from '../../src-main/shell/tray-menu'
import { wordsIn } from '../../src-main/shell/words'
import { readSshLog } from '../../src-main/ssh/explain-login'
import { explainSession } from '../../src-main/ssh/explain-session'
import { createKeyPair } from '../../src-main/ssh/key-pair'
import { formatKnownHost } from '../../src-main/ssh/known-hosts'
import type { SshSession } from '../../src-main/ssh/session'
import { openSshLogin } from '../../src-main/ssh/ssh-login'
import { testLogin } from '../../src-main/ssh/test-login'
import { createAnswer } from '../../src-main/terminal/answer'
import { connect, renewing, testFetch, token } from '../../src-main/testing/connection'
import { silentLog } from '../../src-main/testing/silent-log'
import { startSshServer } from '../../src-main/testing/ssh-server'
import { contract } from '../../src-preload/contract'
import { Account } from '../../src-preload/contract/entities/account'
import { App, Deploy } from '../../src-preload/contract/entities/app'
import { Settings } from '../../src-preload/contract/entities/settings'
import { VaultStatus } from '../../src-preload/contract/entities/vault'
import { type EventName, events } from '../../src-preload/contract/events'
import { FirstRows } from '../../src-preload/contract/first-rows'
import type { Methods } from '../../src-preload/contract/method'
import { Failure } from '../../src-preload/contract/outcome'
import { SystemInfo } from '../../src-preload/contract/system'
import { type Forge, startForge } from '../forge/forge'
import { filled, hostileTexts, spoil, wrongIn, wrongWith } from './hostile-texts'

type Handle = (event: unknown, input: unknown) => Promise<unknown>
const served = vi.hoisted(() => new Map<string, Handle>())
vi.mock('electron', () => ({
  ipcMain: { handle: (name: string, handle: Handle) => served.set(name, handle) },
  Notification: class {},
}))

const ours = { senderFrame: { parent: null, url: 'app://cloudaipilot/index.html' } }

/** What the window gets when a method with this output ends so. */
const toldBy = async (output: GenericSchema, act: () => unknown): Promise<unknown> => {
  const one = { told: { it: { input: contract.accounts.list.input, output } } } satisfies Record<string, Methods>
  serve(one, { told: { it: async () => act() } }, (_feature, _method, _input, run) => run(null), silentLog())
  return served.get('told.it')?.(ours, undefined)
}

/** What every window gets when this is announced. */
const announced = (event: EventName, payload: unknown): unknown => {
  const sent: unknown[] = []
  const window = { send: (...all: unknown[]) => sent.push(all[2]) }
  createAnnounce(() => [window as never])(event, payload as never)
  return sent[0]
}

const failureOf = async (act: () => unknown): Promise<unknown> => toldBy(contract.accounts.list.output, act)
const kinds = Object.entries(hostileTexts)
const empty = (schema: GenericSchema, hostile = 'x'): never => filled(schema, hostile, () => undefined) as never

/** Fields that are told whole, and with their lines, because no host writes them. */
const whole: Readonly<Record<string, string>> = {
  'accounts addresses': 'clone addresses that a person typed, in the form that main checked',
  'apps command': 'what a person wrote, of many lines',
  'apps folder': 'a path that a person typed',
  'apps rootFolder': 'a path that a person typed',
  'apps watchPaths': 'patterns that a person typed',
  'apps sshUrl': 'the address that git is given, in the form that main checked; cut, it would be another',
  'clones folder': 'a path that a person picked',
  'clones chooseFolder': 'a path that a person picked',
  'repositories next': 'a mark for the next page, which main reads again and nobody sees',
  'servers address': 'made by main of what a person typed',
  'servers chain': 'a path that a person typed',
  'servers key': 'a path that a person typed',
  'servers publicKey': 'a key of the person’s',
  'servers publicUrl': 'an address that a person typed',
  'settings gitPath': 'a path that a person picked',
  'settings url': 'an address that a person typed',
  'sign-ins icon': 'a drawing of ours',
  'ssh-keys address': 'an address that a person typed',
  'ssh-keys addresses': 'clone addresses that a person typed',
  'ssh-keys publicKey': 'a key of the person’s',
  'ssh-keys randomart': 'a drawing of ours, of many lines',
  'ssh-keys savePublicKey': 'a path that a person picked',
  'system copyDiagnostics': 'a report of ours, each line of which is cut',
  'system to': 'a place in the window',
  'system wishedPlace': 'a place in the window',
  'webhooks ownUrl': 'an address that a person typed',
  'webhooks url': 'made by main of what a person typed',
}

/** Announcements by the feature that they are about. */
const featureOf = (event: string): string =>
  (({ 'ssh-tests': 'ssh-keys', deploys: 'apps' }) as Record<string, string>)[event.split('.')[0] ?? ''] ??
  event.split('.')[0] ??
  ''
const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

describe('the border', () => {
  const outputs = Object.entries(contract).flatMap(([feature, methods]) =>
    Object.entries(methods as Methods).map(([name, { output }]) => ({ feature: dashed(feature), name, output })),
  )

  it.each(kinds)('lets no answer, announcement or first row tell %s', async (_, hostile) => {
    for (const { feature, name, output } of outputs) {
      const told = await toldBy(output, () => filled(output, hostile, () => undefined))
      expect(told, `${feature}.${name}`).toMatchObject({ ok: true })
      expect(wrongIn(told, `${feature}.${name}`)).toEqual([])
    }
    for (const [name, schema] of Object.entries(events)) {
      expect(wrongIn(announced(name as EventName, empty(schema as GenericSchema, hostile)), name)).toEqual([])
    }
    expect(wrongIn(parse(FirstRows, empty(FirstRows, hostile)))).toEqual([])
    const told = await failureOf(() => Promise.reject(new Failure('unexpected', { said: hostile, [hostile]: hostile })))
    expect(wrongIn(told)).toEqual([])
  })

  it('tells whole only what is listed here with its reason', () => {
    const found = new Set<string>()
    for (const { feature, name, output } of outputs)
      filled(output, '', (field) => found.add(`${feature} ${field}`), name)
    for (const [event, schema] of Object.entries(events)) {
      filled(schema as GenericSchema, '', (field) => found.add(`${featureOf(event)} ${field}`))
    }
    expect([...found].sort()).toEqual(Object.keys(whole).sort())
  })
})

/** Fields whose form the client must see to make anything of an answer. */
const formal = /url|href|^next$|_at$|_on$|uuid|^type$|^visibility$|selection|^key$|^version$|^slug$/
const everything = /^$/
/** A request takes its time, so these hold all kinds at once. */
const short = kinds.filter(([, text]) => text.length < 1000 && !text.endsWith('evil')).map(([, text]) => text)
const texts = [
  ['all that hides, reorders or commands', short.join(' ')],
  ['what never ends', hostileTexts['10,000 characters after an escape']],
] as const

describe.each([
  { provider: github, dialect: 'github' as const },
  { provider: gitlab, dialect: 'gitlab' as const },
  { provider: gitea, dialect: 'gitea' as const },
  { provider: bitbucket, dialect: 'bitbucket' as const },
])('the interface of $dialect', ({ provider, dialect }) => {
  let forge: Forge
  let client: ProviderClient
  let repository: RemoteRepository
  beforeAll(async () => {
    forge = await startForge({ dialect })
    await forge.world.createRepository({ owner: 'ada', name: 'one', branches: ['topic'] })
    const secret = token(forge.personalAccessToken({ user: 'ada' }), 'ada@example.com')
    client = provider.client(connect({ provider, host: forge.address, credentials: renewing(secret) }).http)
    const found = await client.findRepository('ada/one')
    if (found === null) throw new Error('There is no repository.')
    repository = found
    const { publicKey } = await createKeyPair('ed25519', 'test')
    await client.deployKeys?.add(found, { title: 'key', publicKey })
    const { Secret } = await import('../../src-main/credentials/secret')
    await client.webhooks?.create(found, { url: 'https://hooks.example.com/x', secret: new Secret('s3cret-s3cret') })
  })
  afterEach(() => forge.faults.clear())
  afterAll(() => forge.close())

  const account = (change: object) => ({ ...(empty(Account) as object), ...change })
  const listed = async (): Promise<readonly object[]> => {
    const rows: object[] = []
    for await (const page of client.repositories({ known: [], onPartial: () => undefined })) {
      if ('rows' in page) rows.push(...page.rows)
    }
    return rows
  }

  /** Everything that a client can be asked, as it reaches the window. */
  const all = async (): Promise<readonly unknown[]> => [
    await toldBy(contract.accounts.list.output, async () => {
      const { id, login, name, scopes, access, attention } = await client.viewer()
      return [
        account({
          id,
          login,
          name,
          scopes,
          access,
          reason: attention && { code: attention.code, facts: attention.facts },
        }),
      ]
    }),
    await toldBy(contract.repositories.query.output, async () => {
      const rows = (await listed()).map((row) => ({ ...row, key: 'k', accountId: 'a' }))
      return { ...(empty(contract.repositories.query.output) as object), rows }
    }),
    await toldBy(contract.repositories.get.output, async () => ({
      ...(await client.repository(repository.id)),
      key: 'k',
      accountId: 'a',
    })),
    await toldBy(contract.repositories.branches.output, () => client.branches(repository, { text: '', cursor: null })),
    await toldBy(contract.webhooks.get.output, async () => {
      const [hook] = (await client.webhooks?.list(repository)) ?? []
      const log = hook === undefined ? [] : ((await client.webhooks?.deliveries?.(repository, hook.id)) ?? [])
      const deliveries = log.map((one) => ({ ...one, at: one.at ?? 0, from: 'provider', outcome: null }))
      const reason = { code: 'hook-drifted', facts: { url: hook?.url ?? '', said: hook?.disabledReason ?? '' } }
      return { ...(empty(contract.webhooks.get.output) as object), deliveries, reason }
    }),
    await toldBy(contract.apps.remove.output, async () => {
      const keys = (await client.deployKeys?.list(repository)) ?? []
      const steps = keys.map(({ title }) => ({
        what: 'deploy-key',
        name: title,
        outcome: 'kept',
        url: null,
        failure: null,
      }))
      return { ...(empty(contract.apps.remove.output) as object), steps }
    }),
  ]

  it.each(texts)('tells %s plainly', async (_, hostile) => {
    for (const spares of [formal, everything]) {
      forge.faults.next({ match: /./, times: Infinity, json: (value) => spoil(value, hostile, spares) })
      const told = await all()
      if (spares === formal) expect(told[0]).toMatchObject({ ok: true })
      expect(wrongIn(told)).toEqual([])
      forge.faults.clear()
    }
    const body = {
      message: hostile,
      error: hostile,
      error_description: hostile,
      scope: hostile,
      errors: [{ message: hostile, field: hostile, code: hostile }, hostile],
    }
    // No server of ours can send a header with other characters than these.
    const header = hostile.replace(/[^\t a-zA-Z\x80-\xff]/g, '').slice(0, 8000)
    const headers = {
      'www-authenticate': `Basic realm="${header}"`,
      'x-oauth-scopes': header,
      'x-accepted-oauth-scopes': `repo, ${header}`,
      'x-accepted-github-permissions': header,
      'x-github-sso': `required; url=https://github.com/${header}`,
    }
    for (const status of [403, 404, 422]) {
      forge.faults.next({ match: /./, times: Infinity, status, body, headers })
      expect(wrongIn(await all())).toEqual([])
      forge.faults.clear()
    }
    forge.faults.next({ match: /./, times: Infinity, headers })
    expect(wrongIn(await all())).toEqual([])
    const detect = createDetectHost({ fetch: testFetch, providers: [provider], timeLimit: 1_000 })
    expect(wrongIn(await toldBy(contract.signIns.detect.output, () => detect(`${forge.address}/ada/one`)))).toEqual([])
    forge.faults.clear()
    expect(
      wrongIn(
        await failureOf(() => Promise.reject(explainRefusal({ error: hostile, detail: hostile }, forge.address))),
      ),
    ).toEqual([])
  })
})

describe('git', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'said-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(kinds)('tells no %s of a remote', async (_, hostile) => {
    const commit = 'a'.repeat(40)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'HEAD'), `ref: refs/heads/${hostile.replaceAll('\n', '')}`)
    const head = await readHead(
      async () => [commit, hostile, '1', hostile].map((text) => text.replaceAll('\0', '')).join('\0'),
      folder,
      null,
    )
    const clone = { ...(empty(contract.clones.start.output) as object) }
    const result = { ...(empty(contract.clones.start.output) as { result: object }).result, ...head }
    expect(wrongIn(announced('clones.changed', { ...clone, result }))).toEqual([])
    const branches = parseRefs(`ref: refs/heads/${hostile}\tHEAD\n${commit}\trefs/heads/${hostile}\n`)
    expect(wrongIn(await toldBy(contract.clones.branches.output, () => branches))).toEqual([])
    expect(parseProgress(`remote: ${hostile}`)).toBeNull()
    for (const url of ['https://git.example/a/b.git', 'ssh://git@git.example/a/b.git']) {
      for (const line of ['remote: ', 'fatal: ', 'remote: error: ', 'error: object 0: ', `error: invalid path '`, '']) {
        const errors = [`${line}${hostile}'`, 'fatal: The requested URL returned error: 403', `remote: ${hostile}`]
        const attempt = {
          address: requireAddress(url),
          branch: hostile,
          hadCredential: true,
          proxy: hostile,
          secrets: [],
        }
        for (const lines of [errors, errors.slice(0, 1)]) {
          const failure = explainGit({ code: 128, stdout: '', errors: lines }, attempt)
          expect(wrongIn(await failureOf(() => Promise.reject(failure)))).toEqual([])
        }
      }
    }
  })
})

describe('an SSH server', () => {
  const everyText = kinds.map(([, hostile]) => hostile.slice(0, 600).replaceAll('\0', '')).join(' ')
  const never = new AbortController().signal

  it('greets, and puts nothing else into a test', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'said-ssh-'))
    await writeFile(join(folder, 'banner'), everyText)
    const server = await startSshServer({ config: [`Banner ${join(folder, 'banner')}`] })
    try {
      const pair = await createKeyPair('ed25519', 'key')
      await writeFile(join(folder, 'greeting'), everyText)
      server.own(folder)
      server.authorize(
        `command="cat ${join(folder, 'greeting')}; cat ${join(folder, 'greeting')} >&2" ${pair.publicKey}`,
      )
      const known = formatKnownHost(server.host, server.port, server.hostKey)
      const login = await openSshLogin({ kind: 'private', ...pair }, `${known}\n`, process.platform)
      const { text } = await testLogin(login, server, never)
      await login.close()
      expect(text).not.toBe('')
      // ssh(1) has written a banner's control characters in octal.
      expect(wrongWith(text.replace(/\\\d{3}\S*/g, ''))).toBeNull()
    } finally {
      await server.close()
      await rm(folder, { recursive: true })
    }
  })

  it.each(kinds)('tells no %s by a refusal', async (_, hostile) => {
    const place = { host: '127.0.0.1', port: 22, user: 'me' }
    const failures = [
      ...['client-authentication', 'protocol', 'client-socket', 'handshake'].map((level) =>
        explainSession({ message: hostile, level, code: hostile }, place, 'private'),
      ),
      readSshLog(hostile, 'host', 'ssh-ed25519'),
      readSshLog(`remote software version ${hostile}\nPermission denied (${hostile})`, 'host', 'ssh-ed25519'),
    ]
    for (const failure of failures) expect(wrongIn(await failureOf(() => Promise.reject(failure)))).toEqual([])
    const agent = [{ publicKey: 'key', fingerprint: hostile, comment: hostile, type: hostile }]
    expect(wrongIn(await toldBy(contract.sshKeys.agentKeys.output, () => agent))).toEqual([])
  })
})

describe('a deploy server', () => {
  const commit = 'b'.repeat(40)
  const answerOf = (...records: readonly (readonly [string, string])[]) =>
    parseAnswer(Buffer.from(`\0${records.map(([name, value]) => `${name}\t${value}\0`).join('')}done\t\0`))

  it.each(kinds)('tells no %s by an answer', async (_, hostile) => {
    const told: unknown[] = []
    for (const code of ['unexpected', 'sudo-refused', hostile]) {
      const output = `\0fail\t${code.replaceAll('\0', '')}\0fact.said\t${hostile}\x1e${hostile}\0fact.path\t${hostile}\0fact.${hostile}\tx\0done\t\0`
      for (const [stdout, stderr] of [
        [output, hostile],
        ['\0', hostile],
      ] as const) {
        const session = {
          exec: async () => ({ code: 1, stdout: Buffer.from(stdout), stderr }),
        } as unknown as SshSession
        told.push(await failureOf(() => createPilot(session, 'server').call('look')))
      }
    }
    const facts = answerOf(
      ...['missing', 'writable', 'home', 'system', 'git', 'version', 'message', 'port', 'receiver', 'installed'].map(
        (name) => [name, `2.40.${hostile}`] as const,
      ),
    )
    const looks: readonly Look[] = [judgeTools(facts), judgeGit(facts), judgeReceiver(facts, facts, 'server').look]
    const base = empty(contract.servers.check.output) as { checks: object[] }
    const checks = looks.map((look) => ({ ...base.checks[0], failure: null, ...look }))
    told.push(announced('servers.changed', [{ ...base, checks }]))
    const remnants = readRemnants(
      answerOf(['releases', `- 4 ${hostile}`], ['scripts', `- - ${hostile}`]),
      true,
      () => null,
    )
    told.push(await toldBy(contract.servers.remnants.output, () => remnants))
    const releases = toRelease(`${hostile} ${commit} 1`, '', 0)
    told.push(await toldBy(contract.apps.releases.output, () => releases))
    const log = answerOf(['now', '1'], ['log', `1700000000000\t${hostile}\t${hostile}\tdeployed\t${hostile}`])
    const hook = { ...(empty(contract.webhooks.get.output) as object), deliveries: readReceiverLog(log, 1) }
    told.push(announced('webhooks.changed', hook))
    const past = readCommits(Buffer.from(`\x01${commit}\x02${hostile}\x021\x02${hostile}\x03\n${hostile}\0`))
    told.push(await toldBy(contract.apps.tryRules.output, () => tryRules(past, ['*'])))
    expect(wrongIn(told)).toEqual([])
  })

  it.each(kinds)('tells no %s by the stream of a deploy', async (_, hostile) => {
    const attempt = { sshUrl: 'ssh://git@git.example/a/b.git', branch: hostile, server: 'server' }
    const context = { id: '1-a', appId: 'app', branch: hostile, alive: false, ahead: 0, attempt }
    const ends = [
      'succeeded\t',
      `failed\t${hostile}`,
      `failed\tcommand-failed\tsaid\t${hostile}\x1e${hostile}\tpath\t${hostile}\t${hostile}\tx`,
    ]
    for (const end of ends) {
      const live = createLiveDeploy(context, [])
      const lines = [
        `B\t1\t${hostile}\t${hostile}`,
        `P\t1\tfetch`,
        `C\t${commit}\t${hostile}\t${hostile}`,
        `R\t${hostile}`,
        `L\tcommand\t${hostile}`,
        `K\tcommand\t${hostile}`,
        `S\t1\t${hostile}`,
        `E\t2\t${end}`,
      ]
      live.push(Buffer.from(`${lines.join('\n')}\n`), true)
      expect(wrongIn(announced('deploys.changed', live.deploy()))).toEqual([])
      expect(wrongIn(announced('deploys.log', live.lines(0)))).toEqual([])
      expect(wrongIn(await toldBy(contract.apps.history.output, () => [live.deploy()]))).toEqual([])
    }
  })
})

describe('outside the window', () => {
  const account = (hostile: string): Account => ({
    ...(empty(Account, hostile) as Account),
    id: 'a',
    host: 'https://git.example',
    state: 'expired',
  })
  const app = (hostile: string): App => ({ ...(empty(App, hostile) as App), id: 'a', name: hostile })

  it.each(kinds)('the tray and notifications show no %s', (_, hostile) => {
    const words = wordsIn('en')
    const accounts = [{ ...account(hostile), expiresAt: 1000 }]
    const menu = trayMenu({
      now: 0,
      accounts,
      providers: [{ id: 'p', title: hostile }],
      signIns: [{ provider: 'p', host: 'https://git.example', title: hostile }],
      repositories: [{ accountId: 'a', id: 'b', path: hostile }],
      apps: [app(hostile)],
      keys: [{ id: 'k', name: hostile }],
      clipboard: { name: hostile, to: '/' },
      words: words.tray,
    })
    const texts = (items: readonly object[]): readonly unknown[] =>
      items.flatMap((item) => [
        'text' in item ? item.text : '',
        ...('items' in item ? texts(item.items as object[]) : []),
      ])
    expect(wrongIn(texts(menu))).toEqual([])
    const before = accounts.map((one): Account => ({ ...one, state: 'connected' }))
    const ended = { ...app(hostile), lastDeploy: { ...(empty(Deploy) as Deploy), state: 'failed' as const } }
    const second = { ...ended, id: 'second' }
    const running = [ended, second].map((one) => ({
      ...one,
      lastDeploy: { ...one.lastDeploy, state: 'running' as const },
    }))
    const notices = [
      ...accountNotices(before, accounts, words.notices),
      ...deployNotices(running.slice(0, 1), [ended], words.notices),
      ...deployNotices(running, [ended, second], words.notices),
      connectedNotice(hostile, 'a', words.notices),
    ]
    expect(notices.length).toBe(4)
    expect(wrongIn(notices.map(({ title, body }) => [title, body]))).toEqual([])
  })

  it.each(kinds)('the terminal prints no %s', async (_, hostile) => {
    const row = { ...(empty(contract.repositories.get.output, hostile) as object), httpsUrl: 'https://git.example/a' }
    const answer = createAnswer({
      accounts: {
        list: () => [account(hostile)],
        checkAll: async () => [account(hostile)],
        check: async () => undefined,
      },
      access: { records: () => [] } as never,
      unlocked: async () => undefined,
      repositories: async () => [row as never],
      deploy: async () => empty(Deploy, hostile),
      facts: async () => ({ [hostile]: hostile, git: hostile }),
    })
    const commands = [
      { kind: 'accounts' },
      { kind: 'check' },
      { kind: 'repositories', text: '' },
      { kind: 'doctor' },
      { kind: 'deploy', app: hostile },
      { kind: 'clone', what: hostile },
      { kind: 'clone', what: `${hostile}!` },
    ] as const
    for (const command of commands) {
      for (const json of [true, false]) {
        const { output, complaint } = await answer({ command: command as never, json, input: '', unlockMs: 0 })
        expect(wrongWith(`${output}${complaint}`.replaceAll('\n', ' ').slice(0, 500))).toBeNull()
        expect(
          wrongIn(`${output}${complaint}`.split(/\n|A{3}(?<=A{3})(?!A)/).map((part) => part.slice(0, 500))),
        ).toEqual([])
        expect(`${output}${complaint}`).not.toMatch(/A{501}/)
      }
    }
  })

  it.each(kinds)('the log and the report for helpers hold no %s', async (_, hostile) => {
    const error = Object.assign(new Error(hostile), {
      code: hostile,
      cause: new Failure('unexpected', { said: hostile }),
    })
    const entry = redact({ error, [hostile]: hostile })
    expect(wrongIn(entry)).toEqual([])
    const report = await describeInstall({
      info: async () => empty(SystemInfo, hostile),
      settings: () => ({ ...parse(Settings, {}), gitPath: hostile }),
      vault: () => empty(VaultStatus, hostile),
      accounts: () => [account(hostile)],
      deepLinks: { isOurs: async () => false, owner: async () => hostile, test: async () => null },
      lastFailures: () => [JSON.stringify(entry), hostile],
      proxyFor: async () => hostile,
      fetch: testFetch,
      now: Date.now,
    })
    expect(wrongIn(report.split('\n'))).toEqual([])
  })
})
