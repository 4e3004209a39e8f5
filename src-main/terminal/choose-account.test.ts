import { expect, it } from 'vitest'
import { type Candidate, chooseAccount } from './choose-account'

const account = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  host: 'https://example.test',
  kind: 'oauth',
  login: id,
  state: 'connected',
  isDefault: false,
  connectedAt: 0,
  ...more,
})
const asked = { protocol: 'https', host: 'example.test', path: '', username: '' }
const ada = account('ada', { connectedAt: 1 })
const grace = account('grace', { connectedAt: 2, isDefault: true })

it.each([
  ['the default one', [ada, grace], asked, [], 'grace'],
  ['the one named in the address', [ada, grace], { ...asked, username: 'ADA' }, [], 'ada'],
  ['nobody else than the one named', [ada, grace], { ...asked, username: 'alan' }, [], undefined],
  ['anybody for a name that means anybody', [ada, grace], { ...asked, username: 'oauth2' }, [], 'grace'],
  ['the one that lists the repository', [ada, grace], { ...asked, path: 'grace/engine' }, ['ada'], 'ada'],
  ['the one that it belongs to', [ada, grace], { ...asked, path: 'ada/engine' }, [], 'ada'],
  ['none of another port', [ada], { ...asked, host: 'example.test:8443' }, [], undefined],
  ['the usual port in words', [ada], { ...asked, host: 'example.test:443' }, [], 'ada'],
  [
    'none without encryption',
    [account('ada', { host: 'http://example.test' })],
    { ...asked, protocol: 'http' },
    [],
    undefined,
  ],
  ['no key', [account('ada', { kind: 'ssh', host: 'ssh://example.test' })], asked, [], undefined],
  ['none that was taken away', [account('ada', { state: 'revoked' })], asked, [], undefined],
  [
    'one below the base address',
    [account('ada', { host: 'https://example.test/git' })],
    { ...asked, path: 'git/ada/x' },
    [],
    'ada',
  ],
  [
    'none beside it',
    [account('ada', { host: 'https://example.test/git' })],
    { ...asked, path: 'other/x' },
    [],
    undefined,
  ],
  [
    'none for a path that is not told, where another program may have the rest of the host',
    [account('ada', { host: 'https://example.test/git' })],
    asked,
    [],
    undefined,
  ],
  ...[
    'git/../x',
    'git/./../x',
    'git/%2e%2e/x',
    'git/.%2E/x',
    'git/..%2fx',
    'git\\..\\x',
    'git/..\\x',
    'git/a/..',
    'git/..;/x',
    'git/%252e%252e/x',
    'git/%c0%ae%c0%ae/x',
    'git/..%00/x',
    'git/..%09/x',
    'git/..\t/x',
    'git/.\t./x',
    'git/ ../x',
    'git/.../x',
    'git/\u2024\u2024/x',
    'git/\uff0e\uff0e/x',
    'git/a\u200b/..\u200b/x',
    'git/a?/../x',
    'git/a#/../x',
  ].map(
    (path) =>
      [
        `none for ${path}, which may lead beside it`,
        [account('ada', { host: 'https://example.test/git' })],
        { ...asked, path },
        [],
        undefined,
      ] as const,
  ),
  [
    'one for names that only begin or end with dots',
    [account('ada', { host: 'https://example.test/git' })],
    { ...asked, path: 'git/..ada/.x...' },
    [],
    'ada',
  ],
] as const)('chooses %s', (_, accounts, question, listing, chosen) => {
  expect(chooseAccount(accounts, question, listing)?.id).toBe(chosen)
})
