import type { Call } from '../call'
import { consentPage } from '../consent'
import { escaped, page, signIn, signInPage, toSignIn, visitor } from '../pages'
import { noContent, type Reply } from '../reply'
import { type Route, route } from '../router'
import { BRAND } from './authorize'
import { SCOPES } from './scopes'
import { endFamily } from './tokens'

const codePage = (call: Call, problem = ''): Reply =>
  page(
    BRAND,
    'Device authorization',
    `${problem ? `<p role="alert">${escaped(problem)}</p>` : ''}
<form method="post"><label>Enter the code shown on your device
<input name="user_code" autocomplete="off" required autofocus value="${escaped(call.query.get('user_code') ?? '')}"></label>
<button class="go" name="step" value="code">Continue</button></form>`,
    problem ? 422 : 200,
  )

const showDevice = (call: Call): Reply => (visitor(call) ? codePage(call) : toSignIn(call, '/users/sign_in'))

const decideDevice = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/users/sign_in')
  const fields = await call.fields()
  const pending = call.forge.signIns.deviceByUserCode(fields.get('user_code') ?? '')
  if (pending?.answer.kind !== 'pending' || pending.expiresAt <= call.forge.clock.now()) {
    return codePage(call, 'Device code is invalid or has expired.')
  }
  const decision = fields.get('decision')
  if (!decision) {
    return consentPage({
      brand: BRAND,
      app: pending.app,
      person,
      asks: pending.scopes.map((scope) => `${scope}: ${SCOPES[scope]}`),
      carried: [['user_code', pending.userCode]],
      landing: 'Your device will be connected.',
    })
  }
  pending.answer = decision === 'authorize' ? { kind: 'granted', person } : { kind: 'denied' }
  return page(
    BRAND,
    decision === 'authorize' ? 'Device authorized' : 'Device not authorized',
    '<p>You may close this page.</p>',
  )
}

const applications = (call: Call): Reply => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/users/sign_in')
  const tokens = call.forge.credentials.of(person).filter((one) => one.kind === 'refresh' && one.state === 'live')
  const rows = tokens.map(
    (one) => `<li>${escaped(one.app?.name ?? '')} <button name="family" value="${one.family}">Revoke</button></li>`,
  )
  return page(BRAND, 'Applications', `<form method="post"><ul>${rows.join('') || '<li>None</li>'}</ul></form>`)
}

const revokeApplication = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/users/sign_in')
  const family = (await call.fields()).get('family')
  const own = call.forge.credentials.of(person).find((one) => one.family === family)
  if (own) endFamily(call.forge, own.family, 'revoked')
  return applications(call)
}

/** The public page on which every instance tells its SSH host keys. */
const instanceConfiguration = (): Reply =>
  page(
    BRAND,
    'Instance configuration',
    `<section><h2>SSH host keys fingerprints</h2><table><tr><th>Algorithm</th><th>MD5</th><th>SHA256</th></tr>
<tr><td>ED25519</td><td></td><td>eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8</td></tr></table></section>`,
  )

/** Pages on which people sign in, type device codes and manage applications. */
export const sitePages: readonly Route[] = [
  route('GET /users/sign_in', (call) => signInPage(call, BRAND)),
  route('POST /users/sign_in', (call) => signIn(call, BRAND)),
  route('GET /oauth/device', showDevice),
  route('POST /oauth/device', decideDevice),
  route('GET /-/user_settings/applications', applications),
  route('POST /-/user_settings/applications', revokeApplication),
  route('GET /help/instance_configuration', instanceConfiguration),
  route('GET /favicon.ico', () => noContent()),
  route('GET /', (call) =>
    page(BRAND, visitor(call)?.login ?? 'Welcome', '<p>This is a local forge to try the app with.</p>'),
  ),
]
