import type { Call } from '../call'
import { HOUR } from '../clock'
import type { OAuthApp } from '../credentials'
import type { Person } from '../entities'
import { escaped, page, signIn, signInPage, toSignIn, visitor } from '../pages'
import { noContent, type Reply } from '../reply'
import { type Route, route } from '../router'
import { BRAND } from './authorize'
import { applyChoice, repositoryChoice } from './repository-choice'
import { endGrant } from './revocation'

const missing = (): Reply => page(BRAND, 'Page not found', '<p>There is nothing here.</p>', 404)

const forVisitor =
  (handle: (call: Call, person: Person) => Reply | Promise<Reply>) =>
  (call: Call): Reply | Promise<Reply> => {
    const person = visitor(call)
    return person ? handle(call, person) : toSignIn(call, '/login')
  }

const connection = forVisitor((call, person) => {
  const app = call.forge.apps.get(call.params.client ?? '')
  if (!app) return missing()
  const tokens = call.forge.credentials.of(person).filter((one) => one.app === app && one.state === 'live')
  return page(
    BRAND,
    app.name,
    `<p>${tokens.length} live tokens of ${escaped(person.login)}</p>
<form method="post"><button>Revoke access</button></form>`,
  )
})

const revokeConnection = forVisitor((call, person) => {
  const app = call.forge.apps.get(call.params.client ?? '')
  const token = call.forge.credentials.of(person).find((one) => one.app === app)
  if (!token) return missing()
  endGrant(call.forge, token)
  return page(BRAND, 'Access revoked', `<p>${escaped(token.app?.name ?? '')} has no access any more.</p>`)
})

const choicePage = (call: Call, app: OAuthApp, person: Person, title: string, button: string): Reply =>
  page(
    BRAND,
    title,
    `<form method="post">${repositoryChoice(call, app, person)}<button class="go">${button}</button></form>`,
  )

const appOf = (call: Call): OAuthApp | undefined => {
  const { slug, id } = call.params
  const installed = call.forge.installations.find((one) => String(one.id) === id)
  return installed?.app ?? [...call.forge.apps.values()].find((app) => app.kind === 'github-app' && app.slug === slug)
}

const chooseRepositories = forVisitor((call, person) => {
  const app = appOf(call)
  if (!app) return missing()
  return call.params.id
    ? choicePage(call, app, person, app.name, 'Save')
    : choicePage(call, app, person, `Install ${app.name}`, 'Install')
})

const saveRepositories = forVisitor(async (call, person) => {
  const app = appOf(call)
  if (!app) return missing()
  applyChoice(call, app, person, await call.fields())
  return page(BRAND, 'Saved', `<p>The repositories of ${escaped(app.name)} were saved.</p>`)
})

const sso = forVisitor((call) =>
  page(
    BRAND,
    `Single sign-on to ${call.params.org}`,
    '<p>Authenticate with your organization’s identity provider.</p><form method="post"><button class="go">Continue</button></form>',
  ),
)

const passSso = forVisitor((call, person) => {
  const organization = call.forge.world.findAccount(call.params.org ?? '')
  if (organization?.kind !== 'organization') return missing()
  person.ssoSessions.add(organization.id)
  const asked = call.query.get('authorization_request')
  const token = call.forge.credentials
    .of(person)
    .find((one) => String(one.id) === asked && one.createdAt > call.forge.clock.now() - 8760 * HOUR)
  token?.sso.add(organization.id)
  return page(BRAND, 'Signed on', `<p>You are signed on to ${escaped(organization.login)}.</p>`)
})

const CHOICE_PAGES = [
  '/apps/:slug/installations/new',
  '/apps/:slug/installations/select_target',
  '/settings/installations/:id',
  '/organizations/:org/settings/installations/:id',
]

/** Pages on which people sign in and manage what they granted. */
export const settingsPages: readonly Route[] = [
  route('GET /login', (call) => signInPage(call, BRAND)),
  route('POST /login', (call) => signIn(call, BRAND)),
  route('GET /settings/connections/applications/:client', connection),
  route('POST /settings/connections/applications/:client', revokeConnection),
  ...CHOICE_PAGES.flatMap((path) => [
    route(`GET ${path}`, chooseRepositories),
    route(`POST ${path}`, saveRepositories),
  ]),
  route('GET /orgs/:org/sso', sso),
  route('POST /orgs/:org/sso', passSso),
  route('GET /favicon.ico', () => noContent()),
  route('GET /', (call) =>
    page(BRAND, visitor(call)?.login ?? 'Welcome', '<p>This is a local forge to try the app with.</p>'),
  ),
]
