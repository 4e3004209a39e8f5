import { isoTime } from '../clock'
import type { OAuthApp } from '../credentials'
import { type Account, accountPath, atLeast, type Person } from '../entities'
import type { ForgeState, Installation } from '../forge-state'
import { keptList } from '../lists'
import { cutPage, linkHeader, withParameters } from '../paging'
import { jsonText, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl } from './api'
import { notFound, refusal } from './errors'
import { installationFor, sight, sightStamp } from './reach'
import { seenJson } from './repositories'
import { accountShape } from './shapes'

/** The account an installation belongs to. */
export const installedOn = (forge: ForgeState, installation: Installation): Account | null =>
  [...forge.world.people(), ...forge.world.organizations()].find(({ id }) => id === installation.accountId) ?? null

/** Accounts on which a person may install apps: their own, and organisations that they administer. */
export const installableAccounts = (forge: ForgeState, person: Person): readonly Account[] => [
  person,
  ...forge.world.organizations().filter((one) => atLeast(one.members.get(person.id) ?? null, 'admin')),
]

/** Installs an app, or changes which repositories an existing installation covers. */
export function install(
  forge: ForgeState,
  app: OAuthApp,
  account: Account,
  selection: Installation['selection'],
): Installation {
  const known = forge.installations.find((one) => one.app === app && one.accountId === account.id)
  if (known) {
    known.selection = selection
    known.updatedAt = forge.clock.now()
    return known
  }
  const now = forge.clock.now()
  const installation: Installation = {
    id: forge.nextId(),
    app,
    accountId: account.id,
    selection,
    suspended: false,
    createdAt: now,
    updatedAt: now,
  }
  forge.installations.push(installation)
  return installation
}

/** Installations that the asker's token may know of. */
const visible = (call: ApiCall): readonly Installation[] => {
  const { forge, credential } = call
  if (!credential) return []
  return forge.installations.filter((installation) => {
    const account = installedOn(forge, installation)
    if (installation.app !== credential.app || !account) return false
    return account.kind === 'person' ? account.id === credential.person.id : account.members.has(credential.person.id)
  })
}

const shape = (call: ApiCall, installation: Installation, account: Account) => ({
  id: installation.id,
  client_id: installation.app.clientId,
  account: accountShape(call.forge, account),
  repository_selection: installation.selection === 'all' ? 'all' : 'selected',
  access_tokens_url: `${apiUrl(call)}/app/installations/${installation.id}/access_tokens`,
  repositories_url: `${apiUrl(call)}/installation/repositories`,
  html_url:
    account.kind === 'person'
      ? `${call.forge.address}/settings/installations/${installation.id}`
      : `${call.forge.address}/organizations/${accountPath(account)}/settings/installations/${installation.id}`,
  app_id: installation.app.id,
  app_slug: installation.app.slug,
  target_id: account.id,
  target_type: account.kind === 'person' ? 'User' : 'Organization',
  permissions: { metadata: 'read', ...installation.app.permissions },
  events: [],
  created_at: isoTime(installation.createdAt),
  updated_at: isoTime(installation.updatedAt),
  single_file_name: null,
  suspended_by: null,
  suspended_at: installation.suspended ? isoTime(installation.updatedAt) : null,
})

/** Only tokens of GitHub Apps have installations. */
const forAppTokens = (call: ApiCall, handle: () => Reply): Reply =>
  call.credential?.app?.kind === 'github-app'
    ? handle()
    : refusal(
        403,
        'You must authenticate with an access token authorized to a GitHub App in order to list installations',
      )

/** A page inside an object: `field` holds the rows, whose JSON `write` makes. */
const counted = <T>(
  call: ApiCall,
  rows: readonly T[],
  path: string,
  field: string,
  write: (row: T) => string,
  more: object = {},
): Reply => {
  const asked = { page: call.query.get('page'), size: call.query.get('per_page') }
  const page = cutPage(rows, asked, { default: 30, max: 100 })
  const link = linkHeader(page, (number) =>
    withParameters(`${apiUrl(call)}${path}`, call.query, { page: String(number) }),
  )
  const head = JSON.stringify({ total_count: rows.length, ...more }).slice(0, -1)
  return jsonText(200, `${head},"${field}":[${page.rows.map(write).join(',')}]}`, link ? { link } : {})
}

const list = (call: ApiCall): Reply =>
  forAppTokens(call, () => {
    const known = visible(call).flatMap((installation) => {
      const account = installedOn(call.forge, installation)
      return account ? [{ installation, account }] : []
    })
    return counted(call, known, '/user/installations', 'installations', ({ installation, account }) =>
      JSON.stringify(shape(call, installation, account)),
    )
  })

const repositories = (call: ApiCall): Reply =>
  forAppTokens(call, () => {
    const { forge, credential } = call
    const installation = visible(call).find((one) => String(one.id) === call.params.installation)
    if (!installation || !credential) return notFound()
    const rows = keptList(credential, sightStamp(forge, credential), `installation ${installation.id}`, () =>
      forge.world
        .repositoriesOf(credential.person)
        .filter(
          (one) =>
            installationFor(forge, credential, one) === installation && sight(forge, credential, one).kind === 'seen',
        ),
    )
    const path = `/user/installations/${installation.id}/repositories`
    return counted(call, rows, path, 'repositories', (row) => seenJson(call, row), {
      repository_selection: installation.selection === 'all' ? 'all' : 'selected',
    })
  })

const removeRepository = (call: ApiCall): Reply =>
  forAppTokens(call, () => {
    const installation = visible(call).find((one) => String(one.id) === call.params.installation)
    const id = Number(call.params.repository)
    if (!installation || installation.selection === 'all' || !installation.selection.has(id)) return notFound()
    installation.selection = new Set([...installation.selection].filter((one) => one !== id))
    return noContent()
  })

/** Installations of GitHub Apps as a user's token sees them. */
export const installationRoutes: readonly Route[] = [
  api('GET /user/installations', {}, list),
  api('GET /user/installations/:installation/repositories', { permission: ['metadata', 'read'] }, repositories),
  api('DELETE /user/installations/:installation/repositories/:repository', {}, removeRepository),
]
