import { parse } from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import providersJson from '../../../resources/providers.json'
import { Secret } from '../../credentials/secret'
import { type MemoryStore, memoryStore } from '../../testing/memory-store'
import { type MemoryVault, memoryVault } from '../../testing/memory-vault'
import { createOAuthApps, OAuthAppRecords } from './oauth-apps'

const host = 'https://forge.example.com'
let store: MemoryStore<OAuthAppRecords>
let vault: MemoryVault
beforeEach(() => {
  store = memoryStore<OAuthAppRecords>([])
  vault = memoryVault()
})
const publicHost = (provider: string) => (provider === 'forge' ? host : null)
const newApps = (env: NodeJS.ProcessEnv = {}, bundled: unknown = {}, ignored?: (reason: string) => void) =>
  createOAuthApps({ bundled, env, store, vault, publicHost, ...(ignored === undefined ? {} : { ignored }) })

describe('OAuth apps', () => {
  it('ships with places for client ids and without any', () => {
    expect(newApps({}, providersJson).list()).toEqual([])
  })

  it('prefers what the person entered, then the environment, then what ships', async () => {
    const env = { CLOUDAIPILOT_FORGE_CLIENT_ID: 'from-env', CLOUDAIPILOT_FORGE_CLIENT_SECRET: 'env-secret' }
    const apps = newApps(env, { forge: { [host]: { clientId: 'from-bundle' } }, other: { [host]: { clientId: 'x' } } })
    expect(await newApps({}, { forge: { [host]: { clientId: 'from-bundle' } } }).find('forge', host)).toEqual({
      clientId: 'from-bundle',
      clientSecret: null,
      from: 'bundled',
      callbacks: 'own',
    })
    const named = await apps.find('forge', host)
    expect(named).toMatchObject({ clientId: 'from-env', from: 'environment' })
    expect(named?.clientSecret?.reveal()).toBe('env-secret')
    await apps.save({ provider: 'forge', host, clientId: 'mine' }, new Secret('my-secret'))
    const mine = await apps.find('forge', host)
    expect(mine).toMatchObject({ clientId: 'mine', from: 'settings' })
    expect(mine?.clientSecret?.reveal()).toBe('my-secret')
    expect(await apps.find('third', host)).toBeNull()
    expect(apps.list().map(({ from }) => from)).toEqual(['settings', 'environment', 'bundled', 'bundled'])
  })

  it('takes its variables out of the environment, and no others', () => {
    const env = {
      CLOUDAIPILOT_FORGE_CLIENT_ID: 'id',
      CLOUDAIPILOT_FORGE_CLIENT_SECRET: 'secret',
      CLOUDAIPILOT_LONE_CLIENT_SECRET: 'secret',
      CLOUDAIPILOT_E2E_ELECTRON: '/electron',
      PATH: '/bin',
    }
    const apps = newApps(env)
    expect(env).toEqual({ CLOUDAIPILOT_E2E_ELECTRON: '/electron', PATH: '/bin' })
    expect(apps.list()).toEqual([
      { provider: 'forge', host, clientId: 'id', hasSecret: true, from: 'environment', callbacks: 'own' },
    ])
  })

  it('keeps an app of the environment that names no host to its provider’s own', async () => {
    const apps = newApps({ CLOUDAIPILOT_FORGE_CLIENT_ID: 'id', CLOUDAIPILOT_FORGE_CLIENT_SECRET: 'secret' })
    const same = ['HTTPS://FORGE.EXAMPLE.COM', `${host}:443/`, `${host}.`, 'https://ｆorge.example.com']
    for (const at of [host, ...same]) expect(await apps.find('forge', at), at).toMatchObject({ clientId: 'id' })
    const others = [
      'https://evil.example.com',
      `${host}.evil.com`,
      `${host}:8443`,
      `${host}/below`,
      'https://forge.example.com@evil.com',
      'https://xn--frge-5qa.example.com',
      'https://fоrge.example.com',
      'http://forge.example.com',
      'http://127.0.0.1:3000',
      '',
    ]
    for (const at of others) expect(await apps.find('forge', at), at).toBeNull()
  })

  it('says which app of the environment is for no host', () => {
    const ignored: string[] = []
    const env = {
      CLOUDAIPILOT_MANY_HOSTS_CLIENT_ID: 'id',
      CLOUDAIPILOT_FORGE_CLIENT_ID: 'id',
      CLOUDAIPILOT_FORGE_HOST: 'http://forge.example.com',
    }
    expect(newApps(env, {}, (reason) => ignored.push(reason)).list()).toEqual([])
    expect(ignored).toEqual(['CLOUDAIPILOT_MANY_HOSTS_HOST is missing', 'CLOUDAIPILOT_FORGE_HOST names no host'])
  })

  it('keeps an app of the environment to the host that it names', async () => {
    const apps = newApps({
      CLOUDAIPILOT_FORGE_CLIENT_ID: 'id',
      CLOUDAIPILOT_FORGE_CLIENT_SECRET: 'secret',
      CLOUDAIPILOT_FORGE_HOST: 'forge.example.com/',
    })
    expect(await apps.find('forge', host)).toMatchObject({ clientId: 'id' })
    expect(await apps.find('forge', 'https://evil.example.com')).toBeNull()
  })

  it('keeps the secret in the vault alone, until the app changes or goes', async () => {
    const apps = newApps()
    const saved = await apps.save({ provider: 'forge', host: 'Forge.Example.com/', clientId: 'one' }, new Secret('s1'))
    expect(saved).toEqual({
      provider: 'forge',
      host,
      clientId: 'one',
      hasSecret: true,
      from: 'settings',
      callbacks: 'own',
    })
    expect(JSON.stringify(store.read())).not.toContain('s1')
    expect(await vault.names()).toEqual([`oauth-app/forge/${host}`])
    expect(await apps.save({ provider: 'forge', host, clientId: 'one' }, null)).toMatchObject({ hasSecret: true })
    expect((await apps.find('forge', host))?.clientSecret?.reveal()).toBe('s1')
    expect(await apps.save({ provider: 'forge', host, clientId: 'two' }, null)).toMatchObject({ hasSecret: false })
    expect(await vault.names()).toEqual([])
    expect(await apps.find('forge', host)).toMatchObject({ clientId: 'two', clientSecret: null })
    expect(store.read()).toHaveLength(1)
    await apps.save({ provider: 'forge', host, clientId: 'two' }, new Secret('s2'))
    await apps.remove('forge', host)
    expect([store.read(), await vault.names(), apps.list()]).toEqual([[], [], []])
    await expect(apps.remove('forge', host)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('fails whole when the vault does not open', async () => {
    vault.failing = 'keychain-locked'
    const apps = newApps()
    const save = apps.save({ provider: 'forge', host, clientId: 'one' }, new Secret('s1'))
    await expect(save).rejects.toMatchObject({ code: 'keychain-locked' })
    expect(apps.list()).toEqual([])
    await apps.save({ provider: 'forge', host, clientId: 'public' }, null)
    expect(await apps.find('forge', host)).toMatchObject({ clientId: 'public', clientSecret: null })
  })

  it('refuses a host that is none', async () => {
    const save = newApps().save({ provider: 'forge', host: 'http://forge.example.com', clientId: 'one' }, null)
    await expect(save).rejects.toMatchObject({ code: 'address-refused', facts: { reason: 'plain-http' } })
  })

  it('takes an app of an earlier version as registered with the earlier callbacks, until it is saved again', async () => {
    const record = { provider: 'forge', host, clientId: 'one', hasSecret: false }
    store = memoryStore<OAuthAppRecords>(parse(OAuthAppRecords, [record]))
    const apps = newApps()
    expect(await apps.find('forge', host)).toMatchObject({ clientId: 'one', callbacks: 'earlier' })
    expect(apps.list()).toMatchObject([{ callbacks: 'earlier' }])
    await apps.save({ provider: 'forge', host, clientId: 'one' }, null)
    expect(await apps.find('forge', host)).toMatchObject({ clientId: 'one', callbacks: 'own' })
    expect(parse(OAuthAppRecords, store.read())).toMatchObject([{ callbacks: 'own' }])
  })
})
