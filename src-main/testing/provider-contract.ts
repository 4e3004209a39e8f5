import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../e2e/forge/faults'
import { type Forge, startForge } from '../../e2e/forge/forge'
import type { DialectId } from '../../e2e/forge/forge-state'
import { Failure } from '../../src-preload/contract/outcome'
import type { HttpCredential } from '../credentials/credential'
import type { HttpParts } from '../providers/http'
import type { Provider, ProviderClient, RemoteRepository, RepositoryPage } from '../providers/provider'
import { connect, renewing, testFetch, token } from './connection'
import { serveHttp } from './loopback-server'

/** What the shared suite must know of a provider to put it to the test. */
export interface ProviderSpec {
  readonly provider: Provider
  readonly dialect: DialectId
  /** Request line of every page of repositories. */
  readonly listing: RegExp
  /** Scopes with which a token says whose it is, and shows no repository. */
  readonly narrow: readonly string[]
  /** The credential for a token made by hand; the token alone unless said otherwise. */
  readonly credential?: (value: string, user: string) => HttpCredential
  /** How a page says which one is next; the `Link` header unless said otherwise. */
  readonly nextPage?: (address: 'self' | (string & {})) => Partial<Fault>
  readonly basePath?: string
  /** First pages asked for at once, where there is one list an owner; 1 unless said otherwise. */
  readonly firstPages?: number
}

/** The failure of a promise; throws when it succeeds or fails in another way. */
export const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  )
  if (error instanceof Failure) return error
  throw error
}

/** All pages of a listing and whatever it said about being incomplete. */
export const readPages = async (
  client: ProviderClient,
  known: Parameters<ProviderClient['repositories']>[0]['known'] = [],
): Promise<{ readonly pages: readonly RepositoryPage[]; readonly partial: readonly Failure[] }> => {
  const pages: RepositoryPage[] = []
  const partial: Failure[] = []
  for await (const page of client.repositories({ known, onPartial: (failure) => partial.push(failure) })) {
    pages.push(page)
  }
  return { pages, partial }
}

/** The rows of all pages. */
export const rowsOf = (pages: readonly RepositoryPage[]): readonly RemoteRepository[] =>
  pages.flatMap((page) => ('rows' in page ? page.rows : []))

const hostile = '\u202e\u0000\u2066🦊\u200f'
const named = /^(name|full_name|path_with_namespace|name_with_namespace|login|username|display_name|nickname)$/

const spoilNames = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spoilNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && named.test(key) ? hostile + inner : spoilNames(inner),
    ]),
  )
}

/** Every number where text belongs, and the other way round. */
const confuse = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(confuse)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, confuse(inner)]))
  }
  return typeof value === 'string' ? 7 : typeof value === 'number' ? 'seven' : value
}

/** What is no row of any list. */
const noRows = [null, 7, 'row', {}, []]

/** The rows of an answer changed, wherever it has them. */
export const withRows =
  (change: (rows: readonly unknown[]) => readonly unknown[]) =>
  (body: unknown): unknown => {
    if (Array.isArray(body)) return change(body)
    if (typeof body !== 'object' || body === null) return body
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? change(value) : value]),
    )
  }

/** Rows that can't be read between those that can. */
export const amongNoRows = withRows((rows) => [...noRows, ...rows.flatMap((row) => [row, null])])

/** What every provider's adapter must do, against a real server that speaks its dialect. */
export const testProvider = (spec: ProviderSpec): void => {
  const { provider, dialect, listing, credential = (value) => token(value) } = spec
  const nextPage = spec.nextPage ?? ((address) => ({ nextLink: address }))
  let forge: Forge

  beforeAll(async () => {
    forge = await startForge({ dialect, repositories: 230, ...(spec.basePath && { basePath: spec.basePath }) })
  })
  afterEach(() => {
    forge.faults.clear()
    forge.requests.clear()
    expect(forge.problems).toEqual([])
  })
  afterAll(() => forge.close())

  const tokenOf = (user: string, scopes?: readonly string[]): HttpCredential =>
    credential(forge.personalAccessToken({ user, ...(scopes && { scopes }) }), user)

  const open = (parts: Partial<HttpParts> = {}) => {
    const { http, waits } = connect({
      provider,
      host: forge.address,
      credentials: renewing(tokenOf('ada')),
      ...parts,
    })
    return { client: provider.client(http), waits }
  }

  /** A client that gives up after 300 ms. */
  const hasty = () => open({ fetch: (url, init) => testFetch(url, { ...init, timeout: 300 }) }).client

  const always = (fault: Omit<Fault, 'match'>) => forge.faults.next({ match: listing, times: Infinity, ...fault })

  describe('listing', () => {
    it('brings every repository once', async () => {
      const { pages, partial } = await readPages(open().client)
      const rows = rowsOf(pages)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(230)
      expect(rows).toHaveLength(230)
      expect(partial).toEqual([])
      expect(await open().client.count()).toBe(230)
    })

    it('describes a repository so that it can be found, shown and cloned', async () => {
      const { client } = open()
      const known = forge.world.repositories().find(({ archived }) => !archived)
      const row = rowsOf((await readPages(client)).pages).find(({ name }) => name === known?.name)
      if (row === undefined) throw new Error('There is no row.')
      expect(row).toMatchObject({
        name: known?.name,
        private: known?.private,
        archived: known?.archived,
        fork: known?.fork,
        defaultBranch: 'main',
        httpsUrl: `${forge.address}/${row.path}.git`,
      })
      expect(row.path.endsWith(`/${row.name}`)).toBe(true)
      expect(row.path.startsWith(`${row.owner}/`)).toBe(true)
      expect(row.webUrl.startsWith(forge.address)).toBe(true)
      expect(row.pushedAt).toBeGreaterThan(1e12)
      expect(await client.repository(row.id)).toMatchObject({ id: row.id, path: row.path })
      expect(await client.findRepository(row.path)).toMatchObject({ id: row.id })
      expect(await client.findRepository(`/${row.path}.git`)).toMatchObject({ id: row.id })
    })

    it('yields its first page before it asks for the next', async () => {
      const pages = open().client.repositories({ known: [], onPartial: () => undefined })
      for await (const page of pages) {
        expect('rows' in page && page.rows.length).toBeGreaterThan(0)
        break
      }
      expect(forge.requests.count(listing)).toBe(spec.firstPages ?? 1)
    })

    it('may be empty', async () => {
      const { client } = open({ credentials: renewing(tokenOf('alan')) })
      expect(rowsOf((await readPages(client)).pages)).toEqual([])
      expect(await client.count()).toBe(0)
    })

    it('ends when the reader stops it', async () => {
      const stop = new AbortController()
      always({ hang: true })
      const pages = open().client.repositories({ known: [], onPartial: () => undefined, signal: stop.signal })
      const asked = failureOf(pages[Symbol.asyncIterator]().next())
      await expect.poll(() => forge.requests.count(listing)).toBeGreaterThan(0)
      stop.abort()
      expect((await asked).code).toBe('cancelled')
    })

    it.each(['/user', '../../user', 'nobody/nothing', 'a/b/../c', 'x', '', 'a\u0000b/c'])(
      'finds nothing under %j',
      async (path) => {
        expect(await open().client.findRepository(path)).toBeNull()
      },
    )

    it('says that an unknown repository is not found', async () => {
      expect((await failureOf(open().client.repository('99999999'))).code).toBe('not-found')
      expect((await failureOf(open().client.repository('../user'))).code).toBe('not-found')
    })
  })

  describe('the person', () => {
    it('is who the credential belongs to', async () => {
      const viewer = await open().client.viewer()
      expect(viewer).toMatchObject({ login: 'ada', name: 'Ada Lovelace', attention: null })
      expect(viewer.id).not.toBe('')
      expect((await open({ credentials: renewing(tokenOf('grace')) }).client.viewer()).id).not.toBe(viewer.id)
    })

    it('is told when the scopes are too narrow to list', async () => {
      const { client } = open({ credentials: renewing(tokenOf('ada', spec.narrow)) })
      const { attention } = await client.viewer()
      expect(attention?.code).toBe('scope-missing')
      expect(attention?.facts.scope).toMatch(/repo|api/)
    })
  })

  describe('a refused credential', () => {
    it('is renewed and the listing goes on', async () => {
      const dead = credential('not-a-token-of-anybody', 'ada')
      const credentials = renewing(dead, tokenOf('ada'))
      const { client } = open({ credentials })
      expect(rowsOf((await readPages(client)).pages)).toHaveLength(230)
      expect(credentials.renewed).toBe(1)
    })

    it('that cannot be renewed is expired', async () => {
      const { client } = open({ credentials: renewing(credential('not-a-token-of-anybody', 'ada')) })
      expect((await failureOf(client.viewer())).code).toBe('auth-expired')
      expect((await failureOf(readPages(client))).code).toBe('auth-expired')
    })
  })

  describe('something in front of the server', () => {
    it.each<[string, Omit<Fault, 'match'>, object]>([
      [
        'asks for a password of its own',
        { status: 401, html: true, headers: { 'www-authenticate': 'Basic realm="x"' } },
        { why: 'login' },
      ],
      ['asks without a page', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }, { why: 'login' }],
      [
        'leads to a login',
        { redirectTo: 'https://acme.okta.com/login/login.htm?fromURI=x' },
        { why: 'login', who: 'Okta' },
      ],
      [
        'refuses the request',
        { status: 403, html: true, headers: { server: 'nginx' } },
        { why: 'refused', who: 'nginx' },
      ],
      ['shows a form', { html: '<form><input type="password"></form>' }, { why: 'login' }],
    ])('that %s is told from the server, and never ends the credential', async (_, fault, facts) => {
      const credentials = renewing(tokenOf('ada'), tokenOf('ada'))
      const { client } = open({ credentials })
      forge.faults.next({ match: () => true, times: Infinity, ...fault })
      expect(await failureOf(client.viewer())).toMatchObject({ code: 'intermediary-answered', facts })
      expect(await failureOf(readPages(client))).toMatchObject({ code: 'intermediary-answered', facts })
      expect(credentials.renewed).toBe(0)
    })
  })

  describe('a server in trouble', () => {
    it('that limits for a moment is waited for, and for longer is told about', async () => {
      forge.faults.next({ match: listing, status: 429, body: 'Retry later', headers: { 'retry-after': '2' } })
      const { client, waits } = open()
      expect(rowsOf((await readPages(client)).pages)).toHaveLength(230)
      expect(waits).toHaveLength(1)
      expect(Math.abs((waits[0] ?? 0) - 2_000)).toBeLessThan(100)
      forge.faults.next({ match: listing, status: 429, body: 'Retry later', headers: { 'retry-after': '900' } })
      const { code, facts } = await failureOf(readPages(open().client))
      expect(code).toBe('rate-limited')
      expect(Number(facts.until) - Date.now()).toBeGreaterThan(890_000)
    })

    it.each([500, 502, 503])('that answers %i is asked again, and then named', async (status) => {
      forge.faults.next({ match: listing, status, body: 'Oops', times: 2 })
      expect(rowsOf((await readPages(open().client)).pages)).toHaveLength(230)
      always({ status, body: 'Oops' })
      expect(await failureOf(readPages(open().client))).toMatchObject({
        code: 'server-error',
        facts: { status: String(status) },
      })
    })

    it('that says nothing, or says it a byte at a time, is given up', async () => {
      forge.faults.next({ match: listing, hang: true })
      expect((await failureOf(readPages(hasty()))).code).toBe('timed-out')
      forge.faults.next({ match: listing, slowLoris: 20 })
      expect((await failureOf(readPages(hasty()))).code).toBe('timed-out')
    })

    it('that cuts the connection is asked again, and then named', async () => {
      forge.faults.next({ match: listing, cutAfterBytes: 40 })
      forge.faults.next({ match: listing, reset: true })
      expect(rowsOf((await readPages(open().client)).pages)).toHaveLength(230)
      always({ cutAfterBytes: 40 })
      expect(await failureOf(readPages(open().client))).toMatchObject({ code: 'bad-answer', facts: { why: 'cut-off' } })
    })

    it('that is not there is unreachable', async () => {
      const gone = await serveHttp(() => undefined)
      await gone.close()
      const { client } = open({ host: gone.url })
      expect((await failureOf(client.viewer())).code).toBe('unreachable')
      expect((await failureOf(readPages(client))).code).toBe('unreachable')
    })
  })

  describe('a bad answer', () => {
    it.each<[string, Omit<Fault, 'match'>, string]>([
      ['is not JSON', { notJson: true }, 'not-json'],
      ['is a web page', { html: true }, 'html'],
      ['has the wrong types', { json: confuse }, 'wrong-shape'],
      ['is another thing altogether', { body: { message: 'Hello' } }, 'wrong-shape'],
      ['is truncated', { truncateTo: 200 }, 'truncated'],
      ['is 100 MB', { huge: 100_000_000 }, 'too-large'],
      ['is 100 MB, compressed', { gzipBomb: 100_000_000 }, 'too-large'],
      ['leads to itself', nextPage('self'), 'page-circle'],
    ])('that %s is refused by name', async (_, fault, why) => {
      always(fault)
      expect(await failureOf(readPages(open().client))).toMatchObject({ code: 'bad-answer', facts: { why } })
    })

    it('with a next page on another origin is refused, and nothing is asked there', async () => {
      let asked = 0
      const elsewhere = await serveHttp((_, response) => {
        asked += 1
        response.end('[]')
      })
      always(nextPage(`${elsewhere.url}/next?page=2`))
      const { code, facts } = await failureOf(readPages(open().client))
      expect(code).toBe('foreign-link-refused')
      expect(facts.foreign).toBe(new URL(elsewhere.url).host)
      expect(asked).toBe(0)
      await elsewhere.close()
    })

    it('loses the rows alone that can’t be read, and tells how many; the page is asked for whole again', async () => {
      always({ json: amongNoRows })
      const { pages, partial } = await readPages(open().client)
      expect(rowsOf(pages)).toHaveLength(230)
      const left = forge.requests.count(listing) * noRows.length + 230
      expect(partial).toMatchObject([{ code: 'rows-left-out', facts: { count: String(left) } }])
      expect(pages.every((page) => page.etag === null || ('rows' in page && page.rows.length === 0))).toBe(true)
    })

    it('without one good row is refused by name', async () => {
      always({ json: withRows(() => noRows) })
      expect(await failureOf(readPages(open().client))).toMatchObject({
        code: 'bad-answer',
        facts: { why: 'wrong-shape', at: expect.stringMatching(/^(\w+\.)?0$/) },
      })
    })

    it('may have null for all that may be absent, and no address for SSH', async () => {
      const optional = /^(ssh_url|ssh_url_to_repo|language|archived|fork|parent|mainbranch|description|workspace|slug)$/
      const emptied = (row: unknown) =>
        Object.fromEntries(
          Object.entries(row as object).map(([key, value]) =>
            optional.test(key) ? [key, key.startsWith('ssh_') ? '' : null] : [key, value],
          ),
        )
      always({ json: withRows((rows) => rows.map(emptied)) })
      const { pages, partial } = await readPages(open().client)
      expect(rowsOf(pages)).toHaveLength(230)
      expect(partial).toEqual([])
    })

    it('cannot bring names that hide or reorder, and keeps letters of all planes', async () => {
      always({ json: spoilNames })
      const rows = rowsOf((await readPages(open().client)).pages)
      expect(rows).toHaveLength(230)
      const text = rows.map(({ name, path, owner }) => `${name} ${path} ${owner}`).join(' ')
      expect(text).toContain('🦊')
      expect(text).not.toMatch(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u)
    })
  })
}
