import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../e2e/forge/forge'
import type { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import type { OnPartial, RemoteRepository } from '../providers/provider'
import { connect, renewing, token } from './connection'
import { type LoopbackServer, listen } from './loopback-server'
import { amongNoRows, failureOf, type ProviderSpec, withRows } from './provider-contract'

/** A fresh RSA public key in OpenSSH's form (RFC 4253 section 6.6), with a comment. */
export const publicKey = (comment: string): string => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const number = (text: string) => field(Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')]))
  const exponent = field(Buffer.from(e, 'base64url'))
  const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), exponent, number(n)])
  return `ssh-rsa ${blob.toString('base64')} ${comment}`
}

/** What the abilities that a provider has must do, against a real server that speaks its dialect. */
export const testAbilities = (spec: ProviderSpec): void => {
  const { provider, dialect, credential = (value) => token(value) } = spec
  let forge: Forge

  beforeAll(async () => {
    forge = await startForge({ dialect, ...(spec.basePath && { basePath: spec.basePath }) })
  })
  afterEach(() => forge.faults.clear())
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  const open = (user = 'ada', value = forge.personalAccessToken({ user })) => {
    const { http } = connect({ provider, host: forge.address, credentials: renewing(credential(value, user)) })
    return provider.client(http)
  }

  /** A repository of Ada's on the server, as the adapter sees it. */
  const make = async (name: string, content: object = {}): Promise<RemoteRepository> => {
    await forge.world.createRepository({ owner: 'ada', name, ...content })
    const found = await open().findRepository(`ada/${name}`)
    if (found === null) throw new Error(`${name} is not there.`)
    return found
  }

  describe('branches', () => {
    it('come with the default first, wherever it is in the order', async () => {
      const repository = await make('ordered', { defaultBranch: 'trunk', branches: ['alpha', 'zebra'] })
      const { branches, next } = await open().branches(repository, { text: '', cursor: null })
      expect(branches.map(({ name }) => name)).toEqual(['trunk', 'alpha', 'zebra'])
      expect(branches.map((branch) => branch.default)).toEqual([true, false, false])
      expect(branches[0]?.commit).toMatch(/^[0-9a-f]{40}$/)
      expect(next).toBeNull()
    })

    it('are none in an empty repository', async () => {
      const repository = await make('nothing-yet', { empty: true })
      expect((await open().branches(repository, { text: '', cursor: null })).branches).toEqual([])
    })

    it('come in pages, each branch once, and are found by a part of their name', async () => {
      const names = Array.from({ length: 350 }, (_, i) => `feature/topic-${String(i).padStart(4, '0')}`)
      const repository = await make('branchy', { branches: names })
      const inside = forge.world.findRepository('ada/branchy')
      if (inside !== null) await forge.world.git.run(inside, ['pack-refs', '--all'])
      const client = open()
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await client.branches(repository, { text: '', cursor })
        seen.push(...page.branches.map(({ name }) => name))
        cursor = page.next
      } while (cursor !== null)
      expect(seen[0]).toBe('main')
      expect(new Set(seen)).toEqual(new Set(['main', ...names]))
      expect(seen).toHaveLength(351)

      const found = await client.branches(repository, { text: 'topic-02', cursor: null })
      expect(found.branches).toHaveLength(100)
      const one = await client.branches(repository, { text: 'topic-0321', cursor: null })
      expect(one.branches.map(({ name }) => name)).toEqual(['feature/topic-0321'])
      expect((await client.branches(repository, { text: 'main', cursor: null })).branches[0]?.default).toBe(true)
      expect((await client.branches(repository, { text: 'no such', cursor: null })).branches).toEqual([])
    }, 30_000)

    it.each(['0', 'x', '-1', '1e3', 'https://elsewhere.example/'])('refuse the cursor %j', async (cursor) => {
      const repository = await open().findRepository('ada/ordered')
      if (repository === null) throw new Error('It is not there.')
      expect((await failureOf(open().branches(repository, { text: '', cursor }))).code).toBe('invalid-input')
    })
  })

  describe('webhooks', () => {
    const received: { headers: IncomingHttpHeaders; body: string }[] = []
    let receiver: LoopbackServer
    beforeAll(async () => {
      receiver = await listen(
        createServer((request, response) => {
          let body = ''
          request.setEncoding('utf8').on('data', (part: string) => {
            body += part
          })
          request.on('end', () => {
            received.push({ headers: request.headers, body })
            response.end('thank you')
          })
        }),
      )
    })
    afterAll(() => receiver.close())

    const ability = () => {
      const { webhooks } = open()
      if (webhooks === undefined) throw new Error('There are no webhooks.')
      return webhooks
    }

    it('are made active, for pushes, with a secret, and once only', async () => {
      const repository = await make('hooked')
      const hook = { url: `${receiver.url}/deploy`, secret: new Secret('first-secret-1234') }
      const made = await ability().create(repository, hook)
      expect(made).toMatchObject({ url: hook.url, active: true, pushEvents: true, disabledReason: null })
      const again = await ability().create(repository, { ...hook, secret: new Secret('second-secret-5678') })
      expect(await ability().list(repository)).toMatchObject([{ id: again.id, url: hook.url }])

      const inside = forge.world.findRepository('ada/hooked')
      if (inside === null) throw new Error('It is not there.')
      const [kept] = forge.state.hooks.of(inside.id)
      expect(kept?.secret).toBe('second-secret-5678')
      await forge.state.hooks.idle()
      received.length = 0
      await forge.push(inside, { message: 'Push', files: { a: 'b' } })
      await forge.state.hooks.idle()
      expect(received).toHaveLength(1)
    })

    it('can be changed and removed, also twice', async () => {
      const repository = await make('rehooked')
      const made = await ability().create(repository, { url: `${receiver.url}/a`, secret: new Secret('one-secret-1') })
      const changed = await ability().update(repository, made.id, {
        url: `${receiver.url}/b`,
        secret: new Secret('two-secret-2'),
      })
      expect(changed).toMatchObject({ url: `${receiver.url}/b`, active: true, pushEvents: true })
      const inside = forge.world.findRepository('ada/rehooked')
      expect(forge.state.hooks.of(inside?.id ?? 0)).toMatchObject([{ url: changed.url, secret: 'two-secret-2' }])
      await ability().remove(repository, changed.id)
      await ability().remove(repository, changed.id)
      expect(await ability().list(repository)).toEqual([])
    })

    it('are tested and their deliveries are read where the provider has that', async () => {
      const repository = await make('tested')
      const webhooks = ability()
      const made = await webhooks.create(repository, { url: `${receiver.url}/t`, secret: new Secret('a-secret-12') })
      if (webhooks.test === undefined) return
      received.length = 0
      await webhooks.test(repository, made.id)
      await expect.poll(() => received.length).toBeGreaterThan(0)
      await forge.state.hooks.idle()
      if (webhooks.deliveries === undefined) return
      const [latest] = (await webhooks.deliveries(repository, made.id)) ?? []
      expect(latest).toMatchObject({ status: 200 })
      expect(latest?.at ?? Date.now()).toBeGreaterThan(1e12)
    })

    it('are refused with a reason when the address is none', async () => {
      const repository = await make('unhooked')
      const { code } = await failureOf(
        ability().create(repository, { url: 'nonsense', secret: new Secret('a-secret-12') }),
      )
      expect(code).toBe('invalid-input')
    })
  })

  describe('deploy keys', () => {
    const ability = () => {
      const { deployKeys } = open()
      if (deployKeys === undefined) throw new Error('There are no deploy keys.')
      return deployKeys
    }

    it('are added for reading only, once, and removed, also twice', async () => {
      const repository = await make('keyed')
      const key = publicKey('server')
      const added = await ability().add(repository, { title: 'Server', publicKey: key })
      expect(added).toMatchObject({ title: 'Server', readOnly: true, key: key.split(' ').slice(0, 2).join(' ') })
      const inside = forge.world.findRepository('ada/keyed')
      expect(forge.state.deployKeys.of(inside?.id ?? 0).map(({ canPush }) => canPush)).toEqual([false])
      const again = await ability().add(repository, { title: 'Server', publicKey: `${added.key} other-comment` })
      expect(again.id).toBe(added.id)
      expect(await ability().list(repository)).toMatchObject([{ id: added.id }])
      await ability().remove(repository, added.id)
      await ability().remove(repository, added.id)
      expect(await ability().list(repository)).toEqual([])
    })

    it('say when the key is no key', async () => {
      const repository = await make('badly-keyed')
      const { code } = await failureOf(ability().add(repository, { title: 'x', publicKey: 'ssh-rsa AAAA nonsense' }))
      expect(code).toBe('invalid-input')
    })

    it('say whether one key may serve two repositories', async () => {
      const [one, two] = [await make('first-of-two'), await make('second-of-two')]
      const key = publicKey('both')
      await ability().add(one, { title: 'Both', publicKey: key })
      const second = ability().add(two, { title: 'Both', publicKey: key })
      if (ability().shared) expect(await second).toMatchObject({ readOnly: true })
      else expect((await failureOf(second)).code).toBe('conflict')
    })
  })

  describe('a list with rows that can’t be read', () => {
    /** Runs with every list of the repository spoiled, and answers the rows and what was told. */
    const spoiled = async <T>(change: (body: unknown) => unknown, list: (onPartial: OnPartial) => Promise<T>) => {
      forge.faults.next({
        match: /^GET .*\/(branches|hooks|keys|deploy[-_]keys|events|deliveries)$/,
        times: 99,
        json: change,
      })
      const told: Failure[] = []
      const rows = await list((failure) => void told.push(failure))
      return { rows, told }
    }

    it('loses those alone and tells of them', async () => {
      const repository = await make('spoiled', { branches: ['topic'] })
      const client = open()
      const { webhooks, deployKeys } = client
      if (webhooks === undefined || deployKeys === undefined) throw new Error('It can do nothing.')
      const hook = await webhooks.create(repository, { url: 'http://127.0.0.1:9/x', secret: new Secret('a-secret-12') })
      const key = await deployKeys.add(repository, { title: 'Server', publicKey: publicKey('server') })
      await webhooks.test?.(repository, hook.id).catch(() => undefined)
      await forge.state.hooks.idle()
      for (const { rows, told } of [
        await spoiled(amongNoRows, (onPartial) => webhooks.list(repository, { onPartial })),
        await spoiled(amongNoRows, (onPartial) => deployKeys.list(repository, { onPartial })),
        ...(webhooks.deliveries === undefined
          ? []
          : [
              await spoiled(amongNoRows, async (onPartial) =>
                webhooks.deliveries?.(repository, hook.id, { onPartial }),
              ),
            ]),
      ]) {
        expect(rows?.length).toBeGreaterThan(0)
        expect(told).toMatchObject([{ code: 'rows-left-out', facts: { count: String(5 + (rows?.length ?? 0)) } }])
      }
      expect(await deployKeys.add(repository, { title: 'Server', publicKey: key.key })).toMatchObject({ id: key.id })
      for (const text of ['', 'topic', 'topic']) {
        const { rows, told } = await spoiled(amongNoRows, (onPartial) =>
          client.branches(repository, { text, cursor: null, onPartial }),
        )
        expect(rows.branches.map(({ name }) => name)).toContain('topic')
        expect(told).toMatchObject([{ code: 'rows-left-out' }])
      }
    })

    it('without one good row is refused by name', async () => {
      const repository = await make('all-spoiled')
      const client = open()
      const none = withRows(() => [null])
      for (const list of [
        () => client.webhooks?.list(repository),
        () => client.deployKeys?.list(repository),
        () => client.branches(repository, { text: '', cursor: null }),
        () => client.branches(repository, { text: 'main', cursor: null }),
      ]) {
        const failed = await failureOf(spoiled(none, async () => list()))
        expect(failed).toMatchObject({ code: 'bad-answer', facts: { why: 'wrong-shape' } })
      }
    })

    it('loses a branch whose name hides or reorders, so that it passes for no other', async () => {
      const repository = await make('bidi')
      const names = ['ma\u202ein', 'ma\u0000in', 'main\u200b', 'gr\u00fcn\ud83e\udd8a']
      const twins = withRows((rows) => [
        ...rows,
        ...names.map((name) => ({ ...(rows[0] as object), name, default: false })),
      ])
      const { rows, told } = await spoiled(twins, (onPartial) =>
        open().branches(repository, { text: '', cursor: null, onPartial }),
      )
      expect(rows.branches.map(({ name }) => name)).toEqual(['main', 'gr\u00fcn\ud83e\udd8a'])
      expect(told).toMatchObject([{ facts: { count: '3' } }])
    })
  })

  describe('statuses', () => {
    it('are put on a commit', async () => {
      const repository = await make('marked')
      const client = open()
      const [branch] = (await client.branches(repository, { text: '', cursor: null })).branches
      const status = { state: 'success', description: 'Deployed to web-1', context: 'cloudaipilot/deploy' } as const
      await client.statuses?.report(repository, branch?.commit ?? '', status)
      const inside = forge.world.findRepository('ada/marked')
      expect(forge.state.statuses.filter(({ repositoryId }) => repositoryId === inside?.id)).toMatchObject([
        { sha: branch?.commit, context: status.context, description: status.description },
      ])
    })
  })

  describe('a token made by hand', () => {
    it('is taken away, or the page is named where a person can', async () => {
      const value = forge.personalAccessToken({ user: 'ada' })
      const client = open('ada', value)
      await client.viewer()
      const result = await client.revoke?.run(credential(value, 'ada'), null)
      expect(result?.page).toMatch(new RegExp(`^${forge.address}|^https://`))
      if (result?.revoked) expect((await failureOf(client.viewer())).code).toMatch(/^auth-/)
      else expect((await client.viewer()).login).toBe('ada')
    })
  })
}
