import type { Call } from '../call'
import { grantKey } from '../forge-state'
import { escaped, page, signIn, signInPage, toSignIn, visitor } from '../pages'
import { noContent, type Reply } from '../reply'
import { type Route, route } from '../router'
import { brand, SIGN_IN } from './authorize'

const applications = (call: Call): Reply => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const granted = [...call.forge.apps.values()].filter((app) => call.forge.grants.has(grantKey(person, app)))
  const rows = granted.map(
    (app) => `<li>${escaped(app.name)} <button name="client_id" value="${escaped(app.clientId)}">Revoke</button></li>`,
  )
  return page(
    brand(call.forge),
    'Authorized OAuth2 applications',
    `<form method="post"><ul>${rows.join('') || '<li>None</li>'}</ul></form>`,
  )
}

/** The only way to take an app's access away: no endpoint revokes. */
const revokeApplication = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const app = call.forge.apps.get((await call.fields()).get('client_id') ?? '')
  if (app) call.forge.grants.delete(grantKey(person, app))
  for (const one of call.forge.credentials.of(person)) {
    if (app && one.app === app) call.forge.credentials.end(one, 'revoked')
  }
  return applications(call)
}

/** Pages on which people sign in and manage applications. */
export const sitePages: readonly Route[] = [
  route(`GET ${SIGN_IN}`, (call) => signInPage(call, brand(call.forge))),
  route(`POST ${SIGN_IN}`, (call) => signIn(call, brand(call.forge))),
  route('GET /user/settings/applications', applications),
  route('POST /user/settings/applications', revokeApplication),
  route('GET /favicon.ico', () => noContent()),
  route('GET /', (call) =>
    page(brand(call.forge), visitor(call)?.login ?? 'Welcome', '<p>This is a local forge to try the app with.</p>'),
  ),
]
