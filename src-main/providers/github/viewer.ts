import type { Access } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer, Http } from '../http'
import { linkTo, pageOf } from '../links'
import { goodRows, listAll } from '../pages'
import type { ListOptions, OnPartial, Viewer } from '../provider'
import { readAs, readRows } from '../read-as'
import { pages } from './hosts'
import { Installation, Organization, OrganizationRow, User } from './schema'
import { grantedScopes, includesScope } from './scopes'

type Owner = Access['owners'][number]

/** Organisations asked one by one whether they let this app in; people are rarely in more. */
const mostProbes = 20

const optional = (signal?: AbortSignal) => ({ accept: [403, 404], ...(signal && { signal }) })

/** Ids of organisations that a list leaves out until single sign-on, by `X-GitHub-SSO: partial-results`. */
export const hiddenBySingleSignOn = ({ headers }: Answer): readonly string[] =>
  /^partial-results;\s*organizations=([\d,\s]+)$/.exec(headers['x-github-sso'] ?? '')?.[1]?.match(/\d+/g) ?? []

const organizationsOf = async (http: Http, { signal, onPartial }: ListOptions) => {
  const answer = await http.get('/user/orgs?per_page=100', optional(signal))
  return answer.status === 200
    ? goodRows(
        readRows(OrganizationRow, answer, (row) => row),
        onPartial,
      )
    : []
}

/** Names of organisations by their ids, an id standing for itself where there is no name to be had. */
export const organizationNames = async (
  http: Http,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  if (ids.length === 0) return []
  const known = new Map((await organizationsOf(http, signal ? { signal } : {})).map(({ id, login }) => [id, login]))
  return Promise.all(
    ids.map(async (id) => {
      const name = known.get(id)
      if (name !== undefined) return name
      const answer = await http.get(`/organizations/${id}`, optional(signal))
      return answer.status === 200 ? readAs(Organization, answer).login : id
    }),
  )
}

/** All installations of the GitHub App whose token this is; null when it is no GitHub App's token. */
export const installationsOf = async (http: Http, options: ListOptions) => {
  const first = '/user/installations?per_page=100'
  if ((await http.get(first, optional(options.signal))).status !== 200) return null
  return listAll(
    http,
    {
      first,
      size: 100,
      rows: (answer) => readRows(Installation, answer, (row) => row, 'installations'),
      next: (answer) => linkTo(answer, 'next'),
      last: (answer) => pageOf(linkTo(answer, 'last') ?? ''),
    },
    options,
  )
}

/** When a token made by hand ends: GitHub sends it as `2026-12-01 10:00:00 UTC` or with an offset. */
const expiryOf = ({ headers }: Answer): number | null => {
  const text = headers['github-authentication-token-expiration'] ?? ''
  const time = Date.parse(
    text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/, '$1T$2$3').replace('UTC', 'Z'),
  )
  return Number.isNaN(time) ? null : time
}

const ownerOf = async (http: Http, login: string, hidden: boolean, manageUrl: string): Promise<Owner> => {
  const page = pages(http.host)
  if (hidden) return { name: login, selection: 'sso-required', manageUrl: page.singleSignOn(login) }
  const answer = await http.get(`/orgs/${encodeURIComponent(login)}/repos?per_page=1&type=private`, optional())
  const blocked = answer.status === 403 && /OAuth App access restrictions/i.test(JSON.stringify(answer.body))
  return { name: login, selection: blocked ? 'blocked' : 'all', manageUrl: blocked ? manageUrl : null }
}

const attentionOf = (scopes: readonly string[], owners: readonly Owner[]): Failure | null => {
  if (!includesScope(scopes, 'repo')) return new Failure('scope-missing', { scope: 'repo', blocks: 'listing cloning' })
  const named = (selection: Owner['selection']) => owners.filter((owner) => owner.selection === selection)
  for (const [selection, code] of [
    ['sso-required', 'sso-required'],
    ['blocked', 'access-restricted'],
  ] as const) {
    const met = named(selection)
    const url = met[0]?.manageUrl
    if (met.length > 0) {
      const owner = met.map(({ name }) => name).join(', ')
      return new Failure(code, { owner, ...(url && { url }) })
    }
  }
  return null
}

/** What a token with scopes reaches: an OAuth app's or a classic one made by hand. */
const scopedAccess = async (http: Http, me: Answer, scopes: readonly string[], options: ListOptions) => {
  const { signal } = options
  const page = pages(http.host)
  const [organizations, listing] = await Promise.all([
    organizationsOf(http, options),
    http.get('/user/repos?per_page=1', signal ? { signal } : {}),
  ])
  const hidden = await organizationNames(http, hiddenBySingleSignOn(listing), signal)
  const manageUrl = http.kind === 'token' ? page.tokens : page.authorization(me.headers['x-oauth-client-id'] ?? null)
  const logins = [...new Set([...organizations.map(({ login }) => login), ...hidden])].slice(0, mostProbes)
  const owners = await Promise.all(logins.map((login) => ownerOf(http, login, hidden.includes(login), manageUrl)))
  const selection = includesScope(scopes, 'repo') ? ('all' as const) : ('unknown' as const)
  return { access: { selection, manageUrl, owners }, attention: attentionOf(scopes, owners) }
}

/** What a token with permissions reaches: a GitHub App's, by its installations, or a fine-grained one made by hand. */
const permittedAccess = async (http: Http, options: ListOptions) => {
  const page = pages(http.host)
  const installations = await installationsOf(http, options)
  if (installations === null) {
    const manageUrl = http.kind === 'token' ? page.fineGrainedTokens : page.installations
    return { access: { selection: 'chosen' as const, manageUrl, owners: [] }, attention: null }
  }
  const owners = installations.map(({ account, repository_selection, html_url, suspended_at }): Owner => {
    const selection = repository_selection === 'all' ? 'all' : 'chosen'
    const name = account?.login || account?.slug || account?.name || ''
    return { name, selection: suspended_at ? 'blocked' : selection, manageUrl: html_url }
  })
  const selection = owners.every((owner) => owner.selection === 'all') && owners.length > 0 ? 'all' : 'chosen'
  const attention =
    owners.length > 0 ? null : new Failure('repos-hidden', { why: 'not-installed', url: page.installations })
  return { access: { selection: selection as Access['selection'], manageUrl: page.installations, owners }, attention }
}

/** Who the token belongs to, what it may, and what stands in its way. */
export const readViewer = async (http: Http, signal?: AbortSignal): Promise<Viewer> => {
  const me = await http.get('/user', signal ? { signal } : {})
  const { id, login, name } = readAs(User, me)
  const scopes = grantedScopes(me)
  const partial: Failure[] = []
  const onPartial: OnPartial = (failure) => void partial.push(failure)
  const options = { onPartial, ...(signal && { signal }) }
  const { access, attention } =
    scopes === null ? await permittedAccess(http, options) : await scopedAccess(http, me, scopes, options)
  const expiresAt = http.kind === 'token' ? expiryOf(me) : null
  return { id, login, name: name || login, scopes, expiresAt, access, attention: attention ?? partial[0] ?? null }
}
