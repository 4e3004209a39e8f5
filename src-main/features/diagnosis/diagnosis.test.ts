import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import { install } from '../../../e2e/forge/github/installations'
import { issueTokens } from '../../../e2e/forge/github/tokens'
import { makeCertificate } from '../../testing/certificates'
import { oauth, token } from '../../testing/connection'
import { type DiagnosisBench, startDiagnosisBench } from '../../testing/diagnosis-bench'

// Real git on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

let forge: Forge
let bench: DiagnosisBench

beforeAll(async () => {
  forge = await startForge({ dialect: 'github' })
  const { world } = forge
  world.addOrganization({ login: 'vault-keepers', members: { ada: 'admin' }, requiresSso: true })
  world.addOrganization({ login: 'gate-keepers', members: { ada: 'admin' }, blocksOAuthApps: true })
  world.addOrganization({ login: 'strangers' })
  for (const owner of ['ada', 'flowmatic', 'vault-keepers', 'gate-keepers', 'strangers']) {
    await world.createRepository({ owner, name: 'engine' })
  }
  await world.createRepository({ owner: 'ada', name: 'attic', archived: true, language: 'Ada' })
  await world.createRepository({ owner: 'strangers', name: 'open', private: false })
  world.addRepository({ owner: 'ada', name: 'bare', empty: true })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})
beforeEach(async () => {
  bench = await startDiagnosisBench()
})
afterEach(async () => {
  forge.faults.clear()
  await bench.close()
})

const byToken = (spec: Parameters<Forge['personalAccessToken']>[0] = {}) =>
  bench.connect('github', forge.address, token(forge.personalAccessToken(spec)))

const byApp = (kind: 'oauth-app' | 'github-app', chosen: Readonly<Record<string, readonly string[] | 'all'>> = {}) => {
  const app = forge.oauthApp({ kind, redirectUris: ['http://127.0.0.1/cb'], permissions: { contents: 'read' } })
  const person = forge.world.person('ada')
  for (const [owner, paths] of Object.entries(chosen)) {
    const account = forge.world.findAccount(owner)
    if (account === null) throw new Error(`There is no ${owner}`)
    const ids = paths === 'all' ? paths : new Set(paths.map((path) => forge.world.findRepository(path)?.id ?? 0))
    install(forge.state, app, account, ids)
  }
  const scopes = kind === 'oauth-app' ? ['repo', 'read:org'] : []
  const { access_token } = issueTokens(forge.state, { app, person, scopes, sso: new Set(), via: 'redirect' })
  return bench.connect('github', forge.address, oauth(access_token, app.clientId))
}

const ask = async (...question: Parameters<DiagnosisBench['ask']>) => {
  const { conclusion, ...diagnosis } = await bench.ask(...question)
  if (conclusion === null) throw new Error('There is no conclusion')
  return { ...diagnosis, conclusion, code: conclusion.failure?.code ?? null, facts: conclusion.failure?.facts ?? {} }
}

describe('a repository that can be seen', () => {
  it('passes every check, one after the other', async () => {
    const id = await byToken()
    const answer = await ask('ada/engine')
    expect(bench.checks(answer)).toEqual([
      'address passed',
      'host passed',
      'clock passed',
      'account passed',
      'sign-in passed',
      'scope passed',
      'owner passed',
      'repository passed',
      'name passed',
      'list passed',
      'filters passed',
      'code passed',
    ])
    expect(answer.conclusion).toMatchObject({ finding: 'shown', accountId: id, repository: { path: 'ada/engine' } })
    // Never does a check run while an earlier one has not ended.
    for (const { steps } of bench.told) {
      const running = steps.findIndex(({ state }) => state === 'running')
      const after = running < 0 ? [] : steps.slice(running + 1)
      expect(after.every(({ state }) => state === 'waiting')).toBe(true)
    }
    expect(bench.told.some(({ steps }) => steps.some(({ state }) => state === 'running'))).toBe(true)
  })

  it.each([
    ['a page of it', (address: string) => `${address}/ada/engine/issues/7`],
    ['its clone address', (address: string) => `${address}/ada/engine.git`],
    ['its address for SSH', () => 'git@127.0.0.1:ada/engine.git'],
    ['capitals', () => 'Ada/Engine'],
  ])('is found by %s', async (_, address) => {
    await byToken()
    expect((await ask(address(forge.address))).conclusion).toMatchObject({ finding: 'shown' })
  })

  it('is left out by the filters, which are named', async () => {
    await byToken()
    expect((await ask('ada/attic')).conclusion).toMatchObject({ finding: 'filtered', hiddenBy: ['archived'] })
    const filters = { archived: 'yes', visibility: 'public', language: 'Rust', fork: 'yes', owner: 'grace' }
    const { conclusion } = await ask('ada/attic', { shown: { text: 'attic engine', filters } })
    expect(conclusion.hiddenBy).toEqual(['text', 'owner', 'visibility', 'fork', 'language'])
    expect((await ask('ada/engine', { shown: { filters: { accountId: 'other' } } })).conclusion.hiddenBy).toEqual([
      'account',
    ])
  })

  it('is brought into the list when it came after the last listing', async () => {
    await byToken()
    await forge.world.createRepository({ owner: 'ada', name: 'newborn' })
    const answer = await ask('ada/newborn')
    expect(answer.conclusion.finding).toBe('found')
    expect(bench.checks(answer)).toContain('list warned')
    expect((await ask('ada/newborn')).conclusion.finding).toBe('shown')
  })

  it('has another name by now', async () => {
    await byToken()
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'before' })
    forge.world.rename(repository, 'after')
    const answer = await ask('ada/before')
    expect(answer.conclusion).toMatchObject({ finding: 'moved', repository: { path: 'ada/after' } })
    expect(bench.checks(answer)).toContain('name warned')
  })

  it('is open to everybody, but not in the list of somebody without a part in it', async () => {
    await byToken()
    expect((await ask('strangers/open')).conclusion).toMatchObject({ finding: 'not-listed', owner: 'strangers' })
  })

  it('is empty, which hides nothing', async () => {
    await byToken()
    const answer = await ask('ada/bare')
    expect(answer.conclusion.finding).toBe('shown')
    expect(bench.checks(answer)).toContain('code warned')
  })

  it('can be listed, but not cloned', async () => {
    await byToken()
    forge.faults.next({ match: /info\/refs/, status: 403, body: 'remote: not today', times: 4 })
    const answer = await ask('ada/engine')
    expect(answer.code).toBe('access-denied')
    expect(bench.checks(answer)).toContain('code failed')
  })

  it('is seen by another account than the one that was asked', async () => {
    const grace = await byToken({ user: 'grace' })
    const ada = await byToken({ user: 'ada' })
    const answer = await ask('ada/engine', { accountId: grace })
    expect(answer.conclusion).toMatchObject({ finding: 'shown', accountId: ada })
  })
})

describe('a repository that can’t be seen', () => {
  it('may be misspelt: what was meant is offered', async () => {
    const id = await byToken()
    const answer = await ask('ada/engien')
    expect(answer).toMatchObject({ code: 'not-found', facts: { path: 'ada/engien' } })
    expect(answer.conclusion).toMatchObject({ finding: 'failed', accountId: id, page: `${forge.address}/ada/engien` })
    expect(answer.conclusion.similar.map(({ path }) => path)).toContain('ada/engine')
    expect(bench.checks(answer).at(-1)).toBe('repository failed')
  })

  it('lies in an organization of strangers', async () => {
    await byToken()
    expect((await ask('strangers/engine')).conclusion).toMatchObject({ finding: 'not-a-member', owner: 'strangers' })
  })

  it('waits for single sign-on', async () => {
    await byToken()
    const { code, facts } = await ask('vault-keepers/engine')
    expect(code).toBe('sso-required')
    expect(facts.owner).toBe('vault-keepers')
    expect(facts.url).toContain('/orgs/vault-keepers/sso')
  })

  it('belongs to an organization that blocks the app', async () => {
    await byApp('oauth-app')
    expect(await ask('gate-keepers/engine')).toMatchObject({
      code: 'access-restricted',
      facts: { owner: 'gate-keepers' },
    })
  })

  it('was not chosen for the app', async () => {
    await byApp('github-app', { flowmatic: [], ada: 'all' })
    const { code, facts, conclusion } = await ask('flowmatic/engine')
    expect(code).toBe('repos-hidden')
    expect(facts).toMatchObject({ owner: 'flowmatic' })
    expect(facts.url).toContain('/settings/installations/')
    expect(conclusion.owner).toBe('flowmatic')
    expect((await ask('ada/engine')).conclusion.finding).toBe('shown')
  })

  it('belongs to somebody for whom the app is not installed', async () => {
    await byApp('github-app', { ada: 'all' })
    expect(await ask('flowmatic/engine')).toMatchObject({ code: 'repos-hidden', facts: { why: 'not-installed' } })
  })

  it('is out of a fine-grained token’s choice', async () => {
    await byToken({ permissions: { contents: 'read', metadata: 'read' }, repositories: ['ada/attic'] })
    expect(await ask('ada/engine')).toMatchObject({ code: 'repos-hidden' })
  })

  it('blames nothing on another account than the one that was asked about', async () => {
    const named = await byToken({ user: 'grace' })
    await byToken({ user: 'ada', scopes: ['public_repo', 'read:org'] })
    forge.revokeTokens('grace')
    const answer = await ask('strangers/engine', { accountId: named })
    expect(answer).toMatchObject({ code: expect.stringMatching(/^auth-/), conclusion: { accountId: named } })
    expect(bench.checks(answer)).not.toContain('scope failed')
  })

  it('needs a scope that the token lacks', async () => {
    await byToken({ scopes: ['public_repo', 'read:org'] })
    const answer = await ask('ada/engine')
    expect(answer).toMatchObject({ code: 'scope-missing', facts: { scope: 'repo' } })
    expect(bench.checks(answer)).toContain('scope failed')
  })
})

describe('what stands before the question', () => {
  it.each(['nowhere', 'file:///etc/passwd', 'https://github.com/acme'])('an address that is none: %s', async (text) => {
    await byToken()
    const answer = await ask(text)
    expect(answer.code).toBe('address-refused')
    expect(bench.checks(answer)).toEqual(['address failed'])
  })

  it.each(['git@no-such-host.invalid:ada/engine.git', 'https://no-such-host.invalid/ada/engine'])(
    'a host that is not there: %s',
    async (address) => {
      const answer = await ask(address)
      expect(answer.code).toBe('host-not-found')
      expect(bench.checks(answer)).toEqual(['address passed', 'host failed'])
    },
  )

  it('nobody is connected at that host', async () => {
    expect((await ask('ada/engine')).conclusion).toMatchObject({ finding: 'not-connected', host: null })
    const { conclusion } = await ask(`${forge.address}/ada/engine`)
    expect(conclusion).toMatchObject({ finding: 'not-connected', host: forge.address, provider: 'github' })
    await byToken()
    const answer = await ask('https://gitlab.com/group/sub/shop')
    expect(answer.conclusion).toMatchObject({
      finding: 'not-connected',
      host: 'https://gitlab.com',
      provider: 'gitlab',
    })
    // These tests have no internet: what was told by its name alone has not answered.
    expect(bench.checks(answer)).toEqual(['address passed', 'host warned', 'account failed'])
  })

  it('the token was taken away', async () => {
    const id = await byToken({ user: 'grace' })
    forge.revokeTokens('grace')
    const answer = await ask('flowmatic/engine')
    expect(answer).toMatchObject({ code: 'auth-expired', conclusion: { accountId: id } })
    expect(bench.checks(answer).at(-1)).toBe('sign-in failed')
  })

  it('the token has ended because the clock is wrong', async () => {
    await byToken({ user: 'grace' })
    forge.revokeTokens('grace')
    bench.ahead = 7 * 60_000
    const answer = await ask('flowmatic/engine')
    expect(answer).toMatchObject({ code: 'clock-wrong', facts: { minutes: '7' } })
    expect(bench.checks(answer)).toContain('clock warned')
  })

  it('a wrong clock alone is no cause', async () => {
    await byToken()
    bench.ahead = -7 * 60_000
    const answer = await ask('ada/engine')
    expect(answer.conclusion.finding).toBe('shown')
    expect(bench.checks(answer)).toContain('clock warned')
  })

  it('the provider asks to wait', async () => {
    await byToken()
    const headers = { 'retry-after': '3600' }
    forge.faults.next({ match: /\/user$/, status: 429, headers, body: { message: 'slow down' }, times: 9 })
    expect(await ask('ada/engine')).toMatchObject({ code: 'rate-limited', facts: { until: expect.any(String) } })
  })

  it('the keychain is locked', async () => {
    const id = await byToken()
    await bench.restart()
    bench.vault.failing = 'keychain-locked'
    expect(await ask('ada/engine')).toMatchObject({ code: 'keychain-locked', conclusion: { accountId: id } })
    bench.vault.failing = null
    expect((await ask('ada/engine')).conclusion.finding).toBe('shown')
  })

  it('the host is away, or shows a certificate that nobody vouches for', async () => {
    const other = await startForge({ dialect: 'gitea' })
    await bench.connect('gitea', other.address, token(other.personalAccessToken()))
    const { address } = other
    await other.close()
    const away = await ask(`${address}/ada/engine`)
    expect(away.code).toBe('unreachable')
    expect(bench.checks(away).at(-1)).toBe('host failed')
    const secure = await startForge({ dialect: 'gitea', tls: makeCertificate('127.0.0.1') })
    const untrusted = await ask(`${secure.address}/ada/engine`)
    expect(untrusted).toMatchObject({ code: 'certificate-untrusted', facts: { why: 'self-signed' } })
    expect(untrusted.facts.sha256).toMatch(/^[0-9A-F:]+$/)
    await secure.close()
  })

  it('only a key is connected there, which can’t log in', async () => {
    const id = await bench.connectSsh('ssh://git.invalid:2222')
    const answer = await ask('ssh://git@git.invalid:2222/team/shop.git')
    expect(answer.conclusion).toMatchObject({ finding: 'failed', accountId: id })
    expect(bench.checks(answer)).toEqual(['address passed', 'account passed', 'code failed'])
  })
})

it('ends when it is cancelled, and when another one is started', async () => {
  await byToken()
  forge.faults.next({ match: /^HEAD /, hang: true, times: 2 })
  const first = await bench.start('ada/engine')
  expect(first).toMatchObject({ state: 'running', conclusion: null })
  const second = await bench.start('ada/engine')
  await bench.cancel()
  await vi.waitFor(() => {
    const ends = bench.told.filter(({ state }) => state !== 'running')
    expect(ends.map(({ id, state }) => [id, state])).toEqual([
      [first.id, 'cancelled'],
      [second.id, 'cancelled'],
    ])
  })
  expect(bench.told.at(-1)?.steps.filter(({ state }) => state === 'running')).toEqual([])
})

describe('at other providers', () => {
  it('finds projects of nested groups, and does not know who is a stranger', async () => {
    const gitlab = await startForge({ dialect: 'gitlab' })
    gitlab.world.addOrganization({ login: 'deep', parent: 'flowmatic' })
    await gitlab.world.createRepository({ owner: 'flowmatic/deep', name: 'engine' })
    gitlab.world.addOrganization({ login: 'strangers' })
    gitlab.world.addRepository({ owner: 'strangers', name: 'engine' })
    await bench.connect('gitlab', gitlab.address, token(gitlab.personalAccessToken()))
    const page = `${gitlab.address}/flowmatic/deep/engine/-/tree/main`
    expect((await ask(page)).conclusion).toMatchObject({ finding: 'shown' })
    const stranger = await ask('strangers/engine')
    expect(stranger.code).toBe('not-found')
    expect(bench.checks(stranger)).not.toContain('owner passed')
    expect(gitlab.problems).toEqual([])
    await gitlab.close()
  })

  it('knows the workspaces that somebody is a member of', async () => {
    const bitbucket = await startForge({ dialect: 'bitbucket' })
    bitbucket.world.addOrganization({ login: 'strangers' })
    await bitbucket.world.createRepository({ owner: 'strangers', name: 'engine' })
    await bitbucket.world.createRepository({ owner: 'flowmatic', name: 'engine' })
    const credential = token(bitbucket.personalAccessToken(), 'ada@example.com')
    await bench.connect('bitbucket', bitbucket.address, credential)
    expect((await ask('flowmatic/engine')).conclusion.finding).toBe('shown')
    expect((await ask('strangers/engine')).conclusion.finding).toBe('not-a-member')
    expect(bitbucket.problems).toEqual([])
    await bitbucket.close()
  })
})
