import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseAddress } from '../git/address'
import { createGit } from '../git/create-git'
import { shellWord, strictOptions } from './ssh-options'

let root: string
let canary: string
/** Every argument list with which the stand-in for ssh was started, one a line. */
let started: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hostile-'))
  canary = join(root, 'canary')
  started = join(root, 'started')
  const programs = join(root, 'bin')
  mkdirSync(programs)
  writeFileSync(
    join(programs, 'ssh'),
    `#!/bin/sh\nprintf '%s\\037' "$@" >> '${started}'\necho >> '${started}'\nexit 255\n`,
  )
  // Whatever a hostile address would have run.
  writeFileSync(join(programs, 'canary'), `#!/bin/sh\ntouch '${canary}'\n`)
  for (const name of ['ssh', 'canary']) chmodSync(join(programs, name), 0o755)
  writeFileSync(started, '')
})
afterAll(() => rmSync(root, { recursive: true }))

const path = () => `${join(root, 'bin')}:${process.env.PATH}`

/** Texts that run a command wherever something expands them, or that mean an option, another host or another program. */
const traps = [
  ...[
    '$(canary)',
    '`canary`',
    ';canary;',
    '|canary',
    '&canary&',
    '\ncanary\n',
    "';canary;'",
    '";canary;"',
    '>(canary)',
  ],
  ...[
    '-oProxyCommand=canary',
    '--upload-pack=canary',
    '-e',
    '--',
    '-F/tmp/x',
    '%p',
    '%h',
    '%r',
    '%%',
    '$HOME',
    '~',
    '~root',
  ],
  ...['ext::canary', 'ext::sh -c canary', 'file:///', 'fd::17', '\r', '\t', '\0', '\x1b[2J', '\u202e', '\u200b', ' '],
]
const honest = [
  ...[
    'git@',
    'me@',
    'ssh://',
    'ssh://git@',
    'https://',
    '@',
    ':',
    '/',
    '//',
    '.',
    '..',
    ':22',
    ':2222',
    '[::1]',
    '[',
    ']',
  ],
  ...['git.example.com', 'gіt.example.com', 'xn--gt-2nc.example', '127.0.0.1', 'team/app.git', '.git', '?', '#', '%2f'],
]
const pieces = fc.array(fc.oneof(fc.constantFrom(...traps), fc.constantFrom(...honest), fc.string({ maxLength: 4 })), {
  minLength: 1,
  maxLength: 8,
})
const nearly = fc
  .tuple(
    fc.constantFrom('git@', 'ssh://git@', 'ssh://'),
    fc.oneof(fc.domain(), fc.constantFrom('[::1]', '127.0.0.1', ...traps)),
    fc.constantFrom(':', '/', ':2222/', ':/', '/~/'),
    fc.oneof(fc.webPath(), fc.constantFrom('team/app', ...traps), fc.string()),
  )
  .map((parts) => [...parts])

it('10,000 hostile addresses run nothing: each is refused by name, or reaches ssh as words of its own', async () => {
  const taken = new Set<string>()
  fc.assert(
    fc.property(fc.oneof(pieces, nearly), (parts) => {
      const parsed = parseAddress(parts.join(''))
      if (parsed.ok && parsed.address.kind === 'ssh') taken.add(parsed.address.url)
      if (!parsed.ok) expect(parsed.reason).toMatch(/^[a-z-]+$/)
    }),
    { numRuns: 10_000 },
  )
  expect(taken.size).toBeGreaterThan(300)
  const options = strictOptions({
    knownHosts: join(root, "it's $(canary)"),
    identityFile: join(root, 'k'),
    agentSocket: null,
  })
  const command = ['ssh', ...options].map(shellWord).join(' ')

  // As git does it: the command, the host and what the host is to run, through a shell (git(1), GIT_SSH_COMMAND).
  const script = [...taken].map((url) => {
    const address = parseAddress(url)
    if (!address.ok || address.address.kind !== 'ssh') throw new Error(`${url} is taken once only`)
    const { user, host, port, path: place } = address.address
    return `${command} -p ${port ?? 22} ${shellWord(`${user}@${host}`)} ${shellWord(`git-upload-pack '${place}'`)}; :`
  })
  execFileSync('sh', [], { input: script.join('\n'), env: { PATH: path() } })
  const lines = readFileSync(started, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(taken.size)
  for (const line of lines) {
    const words = line.split('\x1f').slice(0, -1)
    expect(words.slice(0, options.length)).toEqual(options)
    expect(words).toHaveLength(options.length + 4)
    expect(words[options.length + 2]).toMatch(/^[\w.+][\w.+@-]*@(?:[a-z0-9_.-]+|\[[0-9a-f:]+\])$/)
  }

  // And by git itself, for some of them.
  writeFileSync(started, '')
  const git = createGit({
    folder: join(root, 'git'),
    gitPath: () => null,
    credentialHelper: [],
    inherited: { PATH: path() },
  })
  const some = [...taken].slice(0, 60)
  for (const url of some) {
    const parsed = parseAddress(url)
    if (!parsed.ok) throw new Error(`${url} is taken once only`)
    await expect(
      git.listBranches({ address: parsed.address, transport: { kind: 'ssh', command } }),
    ).rejects.toMatchObject({
      name: 'Failure',
    })
  }
  const byGit = readFileSync(started, 'utf8').trim().split('\n')
  expect(byGit).toHaveLength(some.length)
  for (const line of byGit) expect(line.startsWith(options.join('\x1f'))).toBe(true)
  expect(existsSync(canary)).toBe(false)
}, 120_000)
