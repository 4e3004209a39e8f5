import { describe, expect, it } from 'vitest'
import { createFakeBridge } from '../../../e2e/preview/fake-bridge'
import { settings as sample } from '../../../e2e/preview/sample-data'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { isProxyAddress } from './proxy-address'
import { createSettingsStore } from './settings-store'

describe('settings', () => {
  it('shows a change at once and takes it back when it is refused', async () => {
    const { bridge } = createFakeBridge({
      settings: {
        get: async () => sample,
        change: async () => {
          throw new Failure('storage-failed')
        },
      },
    })
    const { store, start, change } = createSettingsStore(createApi(bridge))
    start()
    await expect.poll(() => store.getState().settings).toEqual(sample)
    const changing = change({ appearance: 'dark' })
    expect(store.getState().settings?.appearance).toBe('dark')
    await changing
    expect(store.getState()).toMatchObject({ settings: { appearance: 'system' }, failure: { code: 'storage-failed' } })
  })

  it('follows what main announces', () => {
    const { bridge, announce } = createFakeBridge({ settings: { get: () => new Promise(() => undefined) } })
    const { store, start } = createSettingsStore(createApi(bridge))
    const stop = start()
    announce('settings.changed', { ...sample, appearance: 'light' })
    expect(store.getState().settings?.appearance).toBe('light')
    stop()
    announce('settings.changed', sample)
    expect(store.getState().settings?.appearance).toBe('light')
  })
})

describe('a proxy address', () => {
  it.each(['', 'http://proxy:3128', 'https://proxy.acme.dev', 'socks5://127.0.0.1:1080'])('%s', (text) =>
    expect(isProxyAddress(text)).toBe(true),
  )
  it.each(['proxy:3128', 'http://', 'ftp://x', 'http://user:secret@proxy', 'file:///etc/passwd'])('not %s', (text) =>
    expect(isProxyAddress(text)).toBe(false),
  )
})
