import { describe, expect, it } from 'vitest'
import { isExcepted } from './no-proxy'
import { proxyAddress } from './proxy-address'
import { createProxyFor, environmentProxy } from './proxy-for'
import { offeredSchemes } from './proxy-login'

describe('NO_PROXY, as curl reads it', () => {
  it.each([
    ['git.example', 'https://git.example/o/r', true],
    ['git.example', 'https://sub.git.example/', true],
    ['git.example', 'https://othergit.example/', false],
    ['.example', 'https://git.example/', true],
    ['.git.example', 'https://git.example/', true],
    ['..git.example', 'https://git.example/', false],
    ['*.example', 'https://git.example/', false],
    ['*', 'https://git.example/', true],
    ['a.test,*', 'https://git.example/', false],
    ['10.0.0.0/8, *', 'https://10.1.2.3/', true],
    ['a.test, git.example', 'https://git.example/', true],
    [' ,, a.test\t,,git.example ', 'https://git.example/', true],
    ['a.test git.example', 'https://git.example/', false],
    ['git.example a.test', 'https://git.example/', true],
    ['GIT.example.', 'https://git.EXAMPLE/', true],
    ['git.example:8443', 'https://git.example:8443/', true],
    ['git.example:8443', 'https://git.example/', false],
    ['git.example:443', 'https://git.example/', true],
    ['git.example:80', 'http://git.example/', true],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['192.168.1.128/25', 'https://192.168.1.127/', false],
    ['10.0.0.0/8', 'https://10.example/', false],
    ['10.0.0.0/99', 'https://10.0.0.1/', false],
    ['10.0.0.0/8a', 'https://10.0.0.1/', false],
    ['10.0.0.0/', 'https://10.0.0.0/', false],
    ['0.0.0.0/0', 'https://10.0.0.1/', false],
    ['.10.1.2.3', 'https://10.1.2.3/', false],
    ['10.1.2.3:8443', 'https://10.1.2.3:8443/', true],
    ['fe80::1%eth0', 'https://[fe80::1]/', false],
    ['2001:db8::/65', 'https://[2001:db8:0:0:8000::1]/', false],
    ['10.1.2.3', 'https://10.1.2.3/', true],
    ['2.3', 'https://10.1.2.3/', false],
    ['fd00::/8', 'https://[fd12::1]/', true],
    ['fd00::/8', 'https://[fe80::1]/', false],
    ['fd12:0::1', 'https://[fd12::1]/', true],
    ['[fd12::1]:8443', 'https://[fd12::1]:8443/', true],
    ['[fd12::1]:8443', 'https://[fd12::1]/', false],
    ['', 'https://git.example/', false],
    [',', 'https://git.example/', false],
    ['.', 'https://git.example/', false],
  ])('%j and %s: %s', (list, url, excepted) => expect(isExcepted(list, new URL(url))).toBe(excepted))
})

describe('the environment', () => {
  it.each([
    [{}, undefined],
    [{ https_proxy: 'http://one.test:3128/' }, 'http://one.test:3128'],
    [{ HTTPS_PROXY: 'one.test:3128' }, 'http://one.test:3128'],
    [{ all_proxy: 'socks5h://one.test:1080' }, 'socks5://one.test:1080'],
    [{ https_proxy: 'http://me:pw@one.test:3128' }, 'http://one.test:3128'],
    [{ https_proxy: '', ALL_PROXY: 'one.test' }, 'http://one.test'],
    [{ https_proxy: 'one.test', no_proxy: 'git.example' }, null],
    [{ https_proxy: 'one.test', NO_PROXY: 'other' }, 'http://one.test'],
    [{ HTTP_PROXY: 'one.test', http_proxy: 'one.test' }, undefined],
    [{ https_proxy: 'ftp://one.test' }, null],
  ])('%j names %s', (env, proxy) => expect(environmentProxy(env, 'https://git.example/o/r')).toBe(proxy))

  it('is asked before the system, and not where the settings decide', async () => {
    const env = { https_proxy: 'one.test' }
    const ask = (mode: 'system' | 'none' | 'manual', from: Record<string, string>) =>
      createProxyFor({
        settings: () => ({ mode, url: 'two.test:8080' }),
        env: () => from,
        system: async () => 'http://three.test',
      })('https://git.example/')
    expect(await ask('system', env)).toBe('http://one.test')
    expect(await ask('system', { ...env, no_proxy: '*' })).toBe(null)
    expect(await ask('system', {})).toBe('http://three.test')
    expect(await ask('manual', env)).toBe('http://two.test:8080')
    expect(await ask('none', env)).toBe(null)
  })
})

it.each([
  ['proxy.test:3128', 'http://proxy.test:3128'],
  ['HTTP://Proxy.Test', 'http://proxy.test'],
  ['https://[::1]:3128/', 'https://[::1]:3128'],
  ['socks://proxy.test', 'socks5://proxy.test'],
  ['http://pr\u043exy.test:3128', 'http://xn--prxy-65d.test:3128'],
  ['proxy_1', 'http://proxy_1'],
  ['http://prox%79.test', null],
  ['http://proxy.test/path', null],
  ['quic://proxy.test', null],
  ['', null],
  ['two words', null],
])('%j is the proxy %s', (text, proxy) => expect(proxyAddress(text)).toBe(proxy))

it.each([
  ['Basic realm="office, floor 2"', 'Basic'],
  [['Negotiate', 'NTLM', 'Basic realm="x"'], 'Negotiate, NTLM, Basic'],
  ['Negotiate, NTLM', 'Negotiate, NTLM'],
  [undefined, ''],
])('%j offers %s', (header, schemes) => expect(offeredSchemes(header)).toBe(schemes))
