import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../credentials/secret'
import { decodeCredential, encodeCredential } from './credential-codec'

const optional = (one: fc.Arbitrary<string>) => fc.option(one)
const oauth = fc.record({
  kind: fc.constant('oauth' as const),
  accessToken: fc.string({ minLength: 1 }),
  refreshToken: optional(fc.string()),
  expiresAt: fc.option(fc.integer()),
  refreshExpiresAt: fc.option(fc.integer()),
  scopes: fc.option(fc.array(fc.string())),
  clientId: fc.string(),
  redirectUri: optional(fc.string()),
})

describe('the record of a credential', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(oauth, ({ accessToken, refreshToken, ...facts }) => {
        const credential = {
          ...facts,
          accessToken: new Secret(accessToken),
          refreshToken: refreshToken === null ? null : new Secret(refreshToken),
        }
        const back = decodeCredential(encodeCredential({ provider: 'p', host: 'https://h', credential }))
        expect(back).toMatchObject({ provider: 'p', host: 'https://h', credential: facts })
        expect(back?.credential.kind === 'oauth' && back.credential.accessToken.reveal()).toBe(accessToken)
        expect(back?.credential.kind === 'oauth' && (back.credential.refreshToken?.reveal() ?? null)).toBe(refreshToken)
      }),
    )
  })

  it('keeps a token longer than 2,500 characters', () => {
    const token = new Secret('x'.repeat(5000))
    const back = decodeCredential(
      encodeCredential({ provider: 'p', host: 'https://h', credential: { kind: 'token', token, username: 'a@b.c' } }),
    )
    expect(back?.credential.kind === 'token' && back.credential.token.reveal()).toHaveLength(5000)
  })

  it('is null when it is anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(decodeCredential(new Secret(text))).toBeNull()
      }),
    )
  })
})
