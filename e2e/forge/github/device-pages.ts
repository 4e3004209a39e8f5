import type { Call } from '../call'
import { grantKey } from '../forge-state'
import { escaped, hidden, page, toSignIn, visitor } from '../pages'
import type { Reply } from '../reply'
import { type Route, route } from '../router'
import { BRAND } from './authorize'
import { applyChoice, repositoryChoice } from './repository-choice'

const codePage = (problem = ''): Reply =>
  page(
    BRAND,
    'Device Activation',
    `${problem ? `<p role="alert">${escaped(problem)}</p>` : ''}
<form method="post"><label>Enter the code displayed on your device
<input name="user_code" autocomplete="off" required autofocus></label>
<button class="go" name="step" value="code">Continue</button></form>`,
    problem ? 422 : 200,
  )

const show = (call: Call): Reply => (visitor(call) ? codePage() : toSignIn(call, '/login'))

const decide = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/login')
  const { forge } = call
  const fields = await call.fields()
  const device = forge.signIns.deviceByUserCode(fields.get('user_code') ?? '')
  if (device?.answer.kind !== 'pending' || device.expiresAt <= forge.clock.now()) {
    return codePage('The code you entered is incorrect or has expired.')
  }
  if (fields.get('decision') === 'authorize') {
    if (device.app.kind === 'github-app') applyChoice(call, device.app, person, fields)
    const key = grantKey(person, device.app)
    forge.grants.set(key, new Set([...(forge.grants.get(key) ?? []), ...device.scopes]))
    device.answer = { kind: 'granted', person }
    return page(BRAND, 'Congratulations, you’re all set!', '<p>Your device is now connected.</p>')
  }
  if (fields.get('decision') === 'cancel') {
    device.answer = { kind: 'denied' }
    return page(BRAND, 'Cancelled', '<p>Your device was not connected.</p>')
  }
  const what =
    device.app.kind === 'github-app'
      ? repositoryChoice(call, device.app, person)
      : `<p>Permissions: ${escaped(device.scopes.join(', ') || 'public data only')}</p>`
  return page(
    BRAND,
    `Authorize ${device.app.name}`,
    `<p>${escaped(device.app.name)} on your device wants to access your account ${escaped(person.login)}.</p>
<form method="post">${hidden([['user_code', device.userCode]])}${what}
<button class="go" name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel">Cancel</button></form>`,
  )
}

/** Where people type the code that their device shows. */
export const devicePages: readonly Route[] = [route('GET /login/device', show), route('POST /login/device', decide)]
