import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from './answer'
import { linkTo, nextPage, pageOf, withPage } from './links'
import type { RemoteRepository } from './provider'
import { atTypedAddress } from './typed-address'

const answer = (link: string | undefined): Answer => ({
  status: 200,
  url: 'https://api.example.org/user/repos?per_page=100',
  headers: link === undefined ? {} : { link },
  body: null,
})

describe('the next page', () => {
  it.each([
    // asked at, said to be next, taken
    [
      'http://10.0.0.1:3000/api/v1/user/repos?limit=50',
      'https://git.example.org/git/api/v1/user/repos?limit=50&page=2',
      'http://10.0.0.1:3000/api/v1/user/repos?limit=50&page=2',
    ],
    [
      'http://10.0.0.1/git/api/v1/user/repos?limit=50&page=2',
      'https://git.example.org/api/v1/user/repos?page=3&limit=50',
      'http://10.0.0.1/git/api/v1/user/repos?limit=50&page=3',
    ],
    [
      'https://git.example.org/api/v4/projects?per_page=100',
      'http://git.example.org/api/v4/projects?page=2&per_page=100',
      'https://git.example.org/api/v4/projects?per_page=100&page=2',
    ],
    [
      'https://git.example.org/api/v1/user/repos',
      'https://evil.example.org/api/v1/user/orgs?page=2',
      'https://evil.example.org/api/v1/user/orgs?page=2',
    ],
    [
      'https://git.example.org/api/v1/user/repos',
      'https://evil.example.org/next?page=2',
      'https://evil.example.org/next?page=2',
    ],
    [
      'https://git.example.org/api/v4/projects',
      'https://git.example.org/api/v4/projects?cursor=x',
      'https://git.example.org/api/v4/projects?cursor=x',
    ],
    [
      'https://api.github.com/user/repos',
      'https://api.github.com/user/repos?page=2',
      'https://api.github.com/user/repos?page=2',
    ],
  ])('of %s by %s is %s', (url, link, taken) => {
    expect(nextPage({ status: 200, url, headers: { link: `<${link}>; rel="next"` }, body: null })).toBe(taken)
  })
})

describe('linkTo', () => {
  it.each([
    ['<https://api.example.org/a?page=2>; rel="next", <https://api.example.org/a?page=9>; rel="last"', 'next', 2],
    ['<https://api.example.org/a?page=2>; rel="next", <https://api.example.org/a?page=9>; rel="last"', 'last', 9],
    ['<https://api.example.org/a?page=3>; title="a, b; rel=x"; rel=next', 'next', 3],
    ['<https://api.example.org/a?x=1,2&page=4>; rel="prev next"', 'next', 4],
    ['</a?page=5>; rel=next', 'next', 5],
  ])('reads %s', (header, name, page) => {
    expect(pageOf(linkTo(answer(header), name) ?? '')).toBe(page)
  })

  it.each([undefined, '', 'nonsense', '<https://api.example.org/a>; rel="prev"', '<>; rel=next'])(
    'finds no next in %j',
    (header) => {
      expect(linkTo(answer(header), 'next')).toBeNull()
    },
  )

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const found = linkTo(answer(`<${header}>; rel="next"`), 'next')
        expect(found === null || typeof found === 'string').toBe(true)
        linkTo(answer(header), 'next')
      }),
    )
  })
})

it('changes nothing in an address but its page', () => {
  expect(withPage('https://a.example/r?per_page=100&page=2&sort=x', 7)).toBe(
    'https://a.example/r?per_page=100&page=7&sort=x',
  )
  expect(withPage('https://a.example/r', 2)).toBe('https://a.example/r?page=2')
})

it.each([
  ['https://git.local:3000', 'git@git.local:ada/app.git', 'git@git.acme.test:ada/app.git'],
  ['https://git.local', 'ssh://git@Git.Local:2222/ada/app.git', 'ssh://git@git.acme.test:2222/ada/app.git'],
  ['http://[fd00::1]:3000', 'ssh://git@[fd00::1]:2222/ada/app.git', 'ssh://git@git.acme.test:2222/ada/app.git'],
  ['http://[fd00::1]', 'git@[fd00::1]:ada/app.git', 'git@git.acme.test:ada/app.git'],
  ['https://git.local', 'git@ssh.git.local:ada/app.git', 'git@ssh.git.local:ada/app.git'],
])('of a host that calls itself %s, %s is reached at %s', (named, sshUrl, expected) => {
  const row = { httpsUrl: `${named}/ada/app.git`, webUrl: `${named}/ada/app`, sshUrl } as RemoteRepository
  expect(atTypedAddress(row, { named, typed: 'https://git.acme.test/git' })).toEqual({
    httpsUrl: 'https://git.acme.test/git/ada/app.git',
    webUrl: 'https://git.acme.test/git/ada/app',
    sshUrl: expected,
  })
})
