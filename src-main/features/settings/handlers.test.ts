import { parse } from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { Settings } from '../../../src-preload/contract/entities/settings'
import { settings as methods } from '../../../src-preload/contract/settings'
import { type MemoryStore, memoryStore } from '../../testing/memory-store'
import { type MemoryVault, memoryVault } from '../../testing/memory-vault'
import { createSettingsHandlers } from './handlers'
import { createOAuthApps } from './oauth-apps'
import { createProxyLogins } from './proxy-logins'

const defaults = parse(Settings, {})
let store: MemoryStore<Settings>
let announced: [string, unknown][]
let vault: MemoryVault
const newHandlers = () =>
  createSettingsHandlers({
    store,
    oauthApps: createOAuthApps({
      bundled: {},
      env: {},
      store: memoryStore([]),
      vault: memoryVault(),
      publicHost: () => null,
    }),
    proxyLogins: createProxyLogins(vault, () => store.read().proxy.url ?? ''),
    isProvider: (id) => id === 'forge',
    announce: (event, payload) => announced.push([event, payload]),
  })
/** As it comes over the border. */
const change = (input: object) => newHandlers().change(parse(methods.change.input, input))

beforeEach(() => {
  store = memoryStore(defaults)
  announced = []
  vault = memoryVault()
})

describe('settings', () => {
  it('changes what was asked and nothing else, and says so', async () => {
    const changed = await change({ appearance: 'dark' })
    expect(changed).toEqual({ ...defaults, appearance: 'dark' })
    expect(await newHandlers().get(undefined)).toEqual(changed)
    expect(announced).toEqual([['settings.changed', changed]])
    await change({ closeToTray: false })
    expect(store.read()).toEqual({ ...defaults, appearance: 'dark', closeToTray: false })
  })

  it.each(['', 'http://proxy.example.com:3128', 'https://proxy.example.com/', 'socks5://[::1]:1080'])(
    'takes the proxy %j',
    async (url) => {
      expect((await change({ proxy: { mode: 'manual', url } })).proxy).toEqual({ mode: 'manual', url })
    },
  )

  it.each([
    'proxy.example.com:3128',
    'ftp://proxy.example.com',
    'http://me:word@proxy.example.com',
    'http://proxy.example.com/path',
    'http://proxy.example.com?x=1',
    'http://',
  ])('refuses the proxy %j', async (url) => {
    await expect(change({ proxy: { mode: 'manual', url } })).rejects.toMatchObject({
      code: 'invalid-input',
      facts: { field: 'proxy' },
    })
    expect(store.read()).toEqual(defaults)
    expect(announced).toEqual([])
  })

  it('takes a git program by its whole path', async () => {
    expect((await change({ gitPath: process.execPath })).gitPath).toBe(process.execPath)
    expect((await change({ gitPath: null })).gitPath).toBeNull()
    for (const gitPath of ['git', '../git', '', `${process.execPath}\n`]) {
      await expect(change({ gitPath })).rejects.toMatchObject({ facts: { field: 'gitPath' } })
    }
  })

  it('says nothing when nothing was saved', async () => {
    store.full = true
    await expect(change({ appearance: 'dark' })).rejects.toMatchObject({ code: 'storage-failed' })
    expect(announced).toEqual([])
  })

  it('takes a client secret in and gives none out', async () => {
    const handlers = newHandlers()
    const app = { provider: 'forge', host: 'https://forge.example.com', clientId: 'id', clientSecret: 'canary' }
    const results = [await handlers.saveOAuthApp(app), ...(await handlers.oauthApps(undefined))]
    expect(JSON.stringify(results)).not.toContain('canary')
    expect(results).toMatchObject([{ hasSecret: true }, { hasSecret: true }])
    await handlers.removeOAuthApp(app)
    expect(await handlers.oauthApps(undefined)).toEqual([])
  })
})

describe('logins of proxies', () => {
  const login = { username: 'me', password: 'word' }

  it('are kept in the vault for proxies that the app has met, and shown without a password', async () => {
    const logins = createProxyLogins(vault, () => 'http://manual.test:8080')
    expect(await logins.demanded('http://Proxy.test:3128')).toBe(null)
    expect(await logins.list()).toEqual([{ proxy: 'proxy.test:3128', username: null }])
    await logins.save('proxy.test:3128', login)
    await logins.save('manual.test:8080', login)
    expect((await logins.kept('http://proxy.test:3128'))?.password.reveal()).toBe('word')
    expect(JSON.stringify(await logins.list())).toBe(
      '[{"proxy":"proxy.test:3128","username":"me"},{"proxy":"manual.test:8080","username":"me"}]',
    )
    // The next run finds it there.
    const again = createProxyLogins(vault, () => '')
    await again.save('proxy.test:3128', { ...login, username: 'you' })
    expect(await again.list()).toContainEqual({ proxy: 'proxy.test:3128', username: 'you' })
    await again.remove('proxy.test:3128')
    expect(await again.kept('http://proxy.test:3128')).toBe(null)
  })

  it('are refused for proxies that the app has not met, and with a name that ends early', async () => {
    const logins = createProxyLogins(vault, () => '')
    await expect(logins.save('evil.test:3128', login)).rejects.toMatchObject({ code: 'not-found' })
    await logins.demanded('http://proxy.test:3128')
    for (const username of ['a:b', 'a\nb'])
      await expect(logins.save('proxy.test:3128', { ...login, username })).rejects.toMatchObject({
        code: 'invalid-input',
      })
  })
})
