import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { localRequest } from '../local-request'
import { newVisitor } from '../visitor'

const CALLBACK = 'cloudaipilot://oauth/callback'
const JSON_PLEASE = { accept: 'application/json' }

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'github' })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const token = (form: Record<string, string>) =>
  localRequest(`${forge.address}/login/oauth/access_token`, { form, headers: JSON_PLEASE }).then((answer) => ({
    status: answer.status,
    fields: answer.json<Record<string, string | number>>(),
  }))

describe('the device flow of GitHub', () => {
  const begin = (clientId: string) =>
    localRequest(`${forge.address}/login/device/code`, {
      form: { client_id: clientId, scope: 'repo' },
      headers: JSON_PLEASE,
    }).then((answer) => answer.json<{ device_code: string; user_code: string; error: string; interval: number }>())
  const poll = (clientId: string, deviceCode: string) =>
    token({
      client_id: clientId,
      device_code: deviceCode,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    }).then(({ fields }) => fields)

  it('must be switched on', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    expect((await begin(app.clientId)).error).toBe('device_flow_disabled')
  })

  it('waits for the person, slows an eager client down, and needs no secret', async () => {
    const app = forge.oauthApp({ kind: 'github-app', redirectUris: [CALLBACK], deviceFlow: true })
    const { device_code, user_code, interval } = await begin(app.clientId)
    expect(user_code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
    expect(interval).toBe(5)
    expect((await poll(app.clientId, device_code)).error).toBe('authorization_pending')
    expect(await poll(app.clientId, device_code)).toMatchObject({ error: 'slow_down', interval: 10 })
    const browser = newVisitor()
    await browser.open(`${forge.address}/login/device`)
    await browser.press('Sign in', { login: 'grace', password: 'password' })
    expect((await browser.press('Continue', { user_code: 'WRONG' })).text).toContain('incorrect or has expired')
    await browser.press('Continue', { user_code: user_code.toLowerCase() })
    await browser.press('Authorize')
    forge.clock.advance(10_000)
    const issued = await poll(app.clientId, device_code)
    expect(issued.access_token).toMatch(/^ghu_/)
    const refreshed = await token({
      client_id: app.clientId,
      grant_type: 'refresh_token',
      refresh_token: String(issued.refresh_token),
    })
    expect(refreshed.fields.access_token).toMatch(/^ghu_/)
  })

  it('reports a refusal and an expired code', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK], deviceFlow: true })
    const refused = await begin(app.clientId)
    const browser = newVisitor()
    await browser.open(`${forge.address}/login/device`)
    await browser.press('Sign in', { login: 'ada', password: 'password' })
    await browser.press('Continue', { user_code: refused.user_code })
    await browser.press('Cancel')
    expect((await poll(app.clientId, refused.device_code)).error).toBe('access_denied')
    const late = await begin(app.clientId)
    forge.clock.advance(900_000)
    expect((await poll(app.clientId, late.device_code)).error).toBe('expired_token')
    expect((await poll(app.clientId, 'nonsense')).error).toBe('incorrect_device_code')
  })
})
