import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { type AddressReason, originOf, parseAddress, requireAddress, webUrlOf } from './address'

const accepted: readonly [input: string, url: string, origin: string, web: string][] = [
  ['https://example.com/o/r.git', 'https://example.com/o/r.git', 'https://example.com', 'https://example.com/o/r'],
  [' HTTPS://Example.COM:443/o/r/ ', 'https://example.com/o/r', 'https://example.com', 'https://example.com/o/r'],
  [
    'https://example.com:8443/a/b/c',
    'https://example.com:8443/a/b/c',
    'https://example.com:8443',
    'https://example.com:8443/a/b/c',
  ],
  ['https://[2001:DB8::1]/o/r', 'https://[2001:db8::1]/o/r', 'https://[2001:db8::1]', 'https://[2001:db8::1]/o/r'],
  ['http://127.0.0.1:3000/o/r', 'http://127.0.0.1:3000/o/r', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/o/r'],
  ['http://localhost:80/o/r', 'http://localhost/o/r', 'http://localhost', 'http://localhost/o/r'],
  ['http://[::1]:3000/o/r', 'http://[::1]:3000/o/r', 'http://[::1]:3000', 'http://[::1]:3000/o/r'],
  [
    'https://dev.example.com/org/My%20Project/_git/app',
    'https://dev.example.com/org/My%20Project/_git/app',
    'https://dev.example.com',
    'https://dev.example.com/org/My%20Project/_git/app',
  ],
  [
    'https://example.com/o/größe',
    'https://example.com/o/gr%C3%B6%C3%9Fe',
    'https://example.com',
    'https://example.com/o/gr%C3%B6%C3%9Fe',
  ],
  [
    'https://xn--exmple-cua.com/o/r',
    'https://xn--exmple-cua.com/o/r',
    'https://xn--exmple-cua.com',
    'https://xn--exmple-cua.com/o/r',
  ],
  ['git@example.com:o/r.git', 'git@example.com:o/r.git', 'ssh://example.com', 'https://example.com/o/r'],
  ['https://git_1.exa_mple/o/r', 'https://git_1.exa_mple/o/r', 'https://git_1.exa_mple', 'https://git_1.exa_mple/o/r'],
  ['git@git_1:o/r.git', 'git@git_1:o/r.git', 'ssh://git_1', 'https://git_1/o/r'],
  ['me@corp.com@example.com:o/r', 'me@corp.com@example.com:o/r', 'ssh://example.com', 'https://example.com/o/r'],
  ['ssh://me@corp@example.com/o/r', 'ssh://me@corp@example.com/o/r', 'ssh://example.com', 'https://example.com/o/r'],
  ['ssh://me%40corp@example.com/o/r', 'ssh://me@corp@example.com/o/r', 'ssh://example.com', 'https://example.com/o/r'],
  [
    'https://gitlab.com/g/app/src/lib',
    'https://gitlab.com/g/app/src/lib',
    'https://gitlab.com',
    'https://gitlab.com/g/app/src/lib',
  ],
  [
    'https://example.com/tree/issues.git',
    'https://example.com/tree/issues.git',
    'https://example.com',
    'https://example.com/tree/issues',
  ],
  ['git@[::1]:o/r.git', 'git@[::1]:o/r.git', 'ssh://[::1]', 'https://[::1]/o/r'],
  ['me@Example.com:/srv/r.git', 'me@example.com:/srv/r.git', 'ssh://example.com', 'https://example.com/srv/r'],
  ['git@example.com:~me/r', 'git@example.com:~me/r', 'ssh://example.com', 'https://example.com/~me/r'],
  ['ssh://git@example.com/o/r.git', 'ssh://git@example.com/o/r.git', 'ssh://example.com', 'https://example.com/o/r'],
  ['ssh://git@example.com:22/o/r', 'ssh://git@example.com/o/r', 'ssh://example.com', 'https://example.com/o/r'],
  ['ssh://git@[fe80::1]:2222/o/r', 'ssh://git@[fe80::1]:2222/o/r', 'ssh://[fe80::1]:2222', 'https://[fe80::1]/o/r'],
]

const refused: readonly [input: string, reason: AddressReason, corrected: string | null][] = [
  ['', 'empty', null],
  ['   ', 'empty', null],
  [`https://example.com/${'a'.repeat(2048)}`, 'too-long', null],
  ['https://example.com/o/r\nhost=evil.example', 'control-characters', null],
  ['https://example.com/o/r%0ahost=evil.example', 'control-characters', null],
  ['https://example.com/o/r%0D', 'control-characters', null],
  ['https://example.com%0d%0a/o/r', 'control-characters', null],
  ['https://example.com/o/\u202er', 'control-characters', null],
  ['https://example.com/o/\x1b[31mr', 'control-characters', null],
  ['--upload-pack=touch /tmp/x', 'option', null],
  ['-oProxyCommand=x', 'option', null],
  ['https://-oProxyCommand=x/o/r', 'option', null],
  ['ssh://git@-oProxyCommand=x/o/r', 'option', null],
  ['ssh://-oProxyCommand=x@example.com/o/r', 'option', null],
  ['-oProxyCommand=x@example.com:o/r', 'option', null],
  ['git@-oProxyCommand=x:o/r', 'option', null],
  ['git@example.com:-x', 'option', null],
  ['https://example.com/-x/r', 'option', null],
  ['/srv/git/r.git', 'local-path', null],
  ['./r', 'local-path', null],
  ['~/r', 'local-path', null],
  ['C:\\r', 'local-path', null],
  ['c:/r', 'local-path', null],
  ['file:///srv/git/r', 'scheme', null],
  ['ext::sh -c touch% /tmp/x', 'scheme', null],
  ['ftp://example.com/r', 'scheme', null],
  ['javascript://example.com/%0aalert(1)', 'control-characters', null],
  ['git://example.com/o/r', 'scheme', 'https://example.com/o/r'],
  ['git+ssh://git@example.com/o/r', 'scheme', 'ssh://git@example.com/o/r'],
  ['git+https://u:p@example.com/o/r', 'scheme', 'https://example.com/o/r'],
  ['example.com/o/r', 'scheme-missing', 'https://example.com/o/r'],
  ['example.com/o/r?token=t', 'scheme-missing', 'https://example.com/o/r'],
  ['just words', 'scheme-missing', null],
  ['http://example.com/o/r', 'plain-http', 'https://example.com/o/r'],
  ['http://127.0.0.1.example.com/o/r', 'plain-http', 'https://127.0.0.1.example.com/o/r'],
  ['https://me@example.com/o/r', 'credentials', 'https://example.com/o/r'],
  ['https://me:token@example.com/o/r', 'credentials', 'https://example.com/o/r'],
  ['https://good.example\\@evil.example/o/r', 'path-invalid', null],
  ['https://good.example:443@evil.example/o/r', 'credentials', 'https://evil.example/o/r'],
  ['ssh://git:pw@example.com/o/r', 'credentials', 'ssh://git@example.com/o/r'],
  ['ssh://git:pw@example.com/o/r?x', 'query', 'ssh://git@example.com/o/r'],
  ['git:pw@example.com:o/r', 'credentials', 'git@example.com:o/r'],
  ['git@pw:secret@example.com:o/r', 'credentials', null],
  ['example.com:o/r', 'user-missing', 'git@example.com:o/r'],
  ['ssh://example.com/o/r', 'user-missing', 'ssh://git@example.com/o/r'],
  ['ssh://%r@example.com/o/r', 'user-invalid', null],
  ['ssh://a$(id)@example.com/o/r', 'user-invalid', null],
  ['ssh://git@%h.example.com/o/r', 'percent', null],
  ['https://exa mple.com/o/r', 'host-invalid', null],
  ['https:///o/r', 'host-invalid', null],
  ['ssh://git@example.com:o/r.git', 'port-invalid', 'ssh://git@example.com/o/r.git'],
  ['ssh://git@example.com:2222:o/r', 'port-invalid', 'ssh://git@example.com:2222/o/r'],
  ['ssh://example.com:o/r', 'port-invalid', 'ssh://git@example.com/o/r'],
  ['https://example.com:o/r', 'port-invalid', 'https://example.com/o/r'],
  ['example.com:2222/o/r', 'user-missing', 'ssh://git@example.com:2222/o/r'],
  ['git@example.com:2222:o/r', 'port-invalid', 'ssh://git@example.com:2222/o/r'],
  ['ssh://a@b@@example.com/o/r', 'user-invalid', null],
  ['https://example..com/o/r', 'host-invalid', null],
  ['https://0x7f.1/o/r', 'host-invalid', null],
  ['https://2130706433/o/r', 'host-invalid', null],
  ['https://127.0.0.256/o/r', 'host-invalid', null],
  ['https://[::g]/o/r', 'host-invalid', null],
  ['https://[fe80::1%eth0]/o/r', 'percent', null],
  ['https://gіthub.com/o/r', 'lookalike-host', 'https://xn--gthub-n2e.com/o/r'],
  ['git@gіthub.com:o/r', 'lookalike-host', 'git@xn--gthub-n2e.com:o/r'],
  ['https://example.com:0/o/r', 'port-invalid', null],
  ['https://example.com:99999/o/r', 'port-invalid', null],
  ['https://example.com:-1/o/r', 'port-invalid', null],
  ['https://example.com', 'path-missing', null],
  ['https://example.com///', 'path-missing', null],
  ['git@example.com:', 'path-missing', null],
  ['https://example.com/o/../r', 'path-invalid', null],
  ['https://example.com/o//r', 'path-invalid', null],
  ["git@example.com:o/r';id;'", 'path-invalid', null],
  ['git@example.com:o/$(id)', 'path-invalid', null],
  ['git@example.com:o/`id`', 'path-invalid', null],
  ['git@example.com:o/r | id', 'path-invalid', null],
  ['https://example.com/o/%2e%2e/r', 'percent', null],
  ['https://example.com/o/%252fr', 'percent', null],
  ['https://example.com/o/%zz', 'percent', null],
  ['https:/example.com/o/r', 'scheme-missing', 'https://example.com/o/r'],
  ['https//example.com/o/r', 'scheme-missing', 'https://example.com/o/r'],
  ['ssh:git@example.com:o/r', 'scheme-missing', 'ssh://git@example.com/o/r'],
  ['git@example.com/o/r.git', 'scheme-missing', 'git@example.com:o/r.git'],
  ['git clone --upload-pack=x', 'scheme-missing', null],
  ['https://example.com/o/r?token=t', 'query', 'https://example.com/o/r'],
  ['https://example.com/o/r#x', 'query', 'https://example.com/o/r'],
]

describe('parseAddress', () => {
  it.each(accepted)('takes %s', (input, url, origin, web) => {
    const address = requireAddress(input)
    expect(address.url).toBe(url)
    expect(originOf(address)).toBe(origin)
    expect(webUrlOf(address)).toBe(web)
  })

  it.each(refused)('refuses %j', (input, reason, corrected) => {
    expect(parseAddress(input)).toEqual({ ok: false, reason, corrected })
  })

  it.each([
    ['https://github.com/acme/shop/tree/main/src', 'https://github.com/acme/shop', 'main'],
    ['github.com/acme/shop/blob/v2/README.md', 'https://github.com/acme/shop', 'v2'],
    ['https://github.com/acme/shop/tree/main?tab=readme#x', 'https://github.com/acme/shop', 'main'],
    ['https://github.com/acme/shop/pull/3/files', 'https://github.com/acme/shop', undefined],
    ['https://git.example/g/sub/app/-/tree/develop/lib', 'https://git.example/g/sub/app', 'develop'],
    ['https://git.example/g/sub/app/-/blob/fix%2F7/a.ts', 'https://git.example/g/sub/app', 'fix/7'],
    ['https://git.example/g/sub/app/-/merge_requests', 'https://git.example/g/sub/app', undefined],
    ['https://bitbucket.org/acme/shop/src/main/lib/', 'https://bitbucket.org/acme/shop', 'main'],
    ['https://bitbucket.org/acme/shop/src', 'https://bitbucket.org/acme/shop', undefined],
    ['https://git.example:3000/acme/shop/src/branch/main/lib', 'https://git.example:3000/acme/shop', 'main'],
    ['https://git.example/git/acme/shop/src/branch/main', 'https://git.example/git/acme/shop', 'main'],
    ['https://github.com/acme/shop/discussions/3', 'https://github.com/acme/shop', undefined],
    ['https://github.com/acme/shop/archive/refs/heads/main.zip', 'https://github.com/acme/shop', undefined],
    ['https://codeberg.org/acme/shop/projects', 'https://codeberg.org/acme/shop', undefined],
    ['https://git.example/acme/shop/pulls/7', 'https://git.example/acme/shop', undefined],
    [`https://git.example/acme/shop/src/commit/${'a'.repeat(40)}/x`, 'https://git.example/acme/shop', undefined],
  ])('names repository and branch of the page %s', (input, corrected, branch) => {
    expect(parseAddress(input)).toMatchObject({ ok: false, corrected })
    expect((parseAddress(input) as { branch?: string }).branch).toBe(branch)
  })

  it.each(['settings', 'network', 'security', 'releases', 'downloads', 'admin'])(
    'takes a project that is called %s in a group of groups',
    (name) => expect(parseAddress(`https://git.example/acme/shop/${name}`).ok).toBe(true),
  )

  it.each([
    '"https://example.com/o/r"',
    '<https://example.com/o/r>',
    '[r](https://example.com/o/r)',
    'git clone https://example.com/o/r',
    '$ git clone -b main --depth=1 "https://example.com/o/r" here',
    'git remote add origin https://example.com/o/r',
  ])('finds the address in %s', (input) => expect(requireAddress(input).url).toBe('https://example.com/o/r'))

  it('marks plain HTTP on this computer as insecure', () => {
    expect(requireAddress('http://localhost:3000/o/r').insecure).toBe(true)
    expect(requireAddress('https://localhost:3000/o/r').insecure).toBe(false)
  })

  it('fails with the reason and the correction', () => {
    const facts = { reason: 'plain-http', corrected: 'https://example.com/o/r' }
    const refusal = new Failure('address-refused', facts)
    expect(() => requireAddress('http://example.com/o/r')).toThrow(refusal)
    expect(() => requireAddress('http://example.com/o/r')).toThrow(expect.objectContaining({ facts }))
  })
})

const parts = fc.constantFrom(
  ...[
    'https://',
    'http://',
    'ssh://',
    'file://',
    'ext::',
    'git@',
    '@',
    ':',
    '/',
    '//',
    '.',
    '..',
    '-',
    '--',
    '%',
    '%0a',
  ],
  ...[
    '%2f',
    '%h',
    '[',
    ']',
    '[::1]',
    '127.0.0.1',
    'localhost',
    'example.com',
    'EXAMPLE',
    'xn--',
    ':443',
    ':22',
    '?',
    '#',
  ],
  ...[
    'user:pass@',
    'o/r.git',
    '\\',
    '$(id)',
    '`id`',
    "'",
    '"',
    ';',
    ' ',
    '\r',
    '\n',
    '\0',
    '\x1b[',
    '\u202e',
    'é',
    'і',
  ],
)
const pieces = fc.array(fc.oneof({ weight: 4, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 6 })), {
  maxLength: 9,
})
const nearly = fc.tuple(
  fc.constantFrom('https://', 'ssh://git@', 'git@', 'http://', 'HTTPS://u@'),
  fc.oneof(fc.domain(), fc.constantFrom('[::1]', '127.0.0.1', 'localhost:3000'), fc.ipV4Extended()),
  fc.constantFrom('/', ':', '/o/', ':o/', '/-'),
  fc.oneof(fc.webPath(), fc.string(), parts),
)
const addresses = fc.oneof(pieces, nearly).map((chosen) => chosen.join(''))

describe('any text at all', () => {
  it('is refused, or is canonical and carries nothing that a program on the way could expand', () => {
    let taken = 0
    fc.assert(
      fc.property(addresses, (text) => {
        const parsed = parseAddress(text)
        if (!parsed.ok) {
          if (parsed.corrected !== null) expect(parseAddress(parsed.corrected).ok).toBe(true)
          return
        }
        taken++
        const { address } = parsed
        expect(address.url).toMatch(
          address.kind === 'https'
            ? /^https?:\/\/[a-z0-9_.:[\]-]+\/[^-/\s?#\\][^\s?#\\]*$/
            : /^(?:ssh:\/\/)?[\w.+@-]+@[a-z0-9_.:[\]-]+[/:][^-\s][^\s]*$/,
        )
        expect(address.url).not.toMatch(
          /^-|[\x00-\x20\x7f"'`$;|<>\\]|^[^/:]*@-|\/\/-|%(?:[01]|7f|25|2f)|:\/\/[^/]*:[^/]*@/i,
        )
        if (address.insecure) expect(address.host).toMatch(/^((.+\.)?localhost|127\.[\d.]+|\[::1\])$/)
        expect(parseAddress(address.url)).toEqual({
          ok: true,
          address: expect.objectContaining({ url: address.url }),
        })
        if (address.kind === 'https') expect(new URL(address.url).origin).toBe(originOf(address))
      }),
      { numRuns: 10_000 },
    )
    expect(taken).toBeGreaterThan(300)
  })
})
