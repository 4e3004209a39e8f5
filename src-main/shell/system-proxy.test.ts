import { describe, expect, it } from 'vitest'
import { createProxyFor, readProxyList } from './system-proxy'

describe('the system proxy', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.acme.dev:3128; DIRECT', 'http://proxy.acme.dev:3128'],
    ['HTTPS [::1]:443', 'https://[::1]:443'],
    ['SOCKS5 10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
    ['QUIC x:1; PROXY y:2', 'http://y:2'],
    ['PROXY evil"host:1; DIRECT', null],
  ])('reads %j', (list, proxy) => expect(readProxyList(list)).toBe(proxy))

  it('obeys the settings', async () => {
    const session = { resolveProxy: async () => 'PROXY system:1' }
    const ask = (mode: 'system' | 'none' | 'manual', url = '') =>
      createProxyFor(
        () => session,
        () => ({ mode, url }),
      )('https://github.com/')
    expect(await ask('system')).toBe('http://system:1')
    expect(await ask('none')).toBeNull()
    expect(await ask('manual', 'socks5://127.0.0.1:9050')).toBe('socks5://127.0.0.1:9050')
    expect(await ask('manual', 'http://[::1]:3128/')).toBe('http://[::1]:3128')
    await expect(ask('manual', 'http://user:secret@proxy')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
