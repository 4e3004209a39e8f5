import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { redact, redactText } from './redact'

const canary = 'c4n4ry9f3b7a2e5d8c1'

describe('redactText', () => {
  it.each([
    ['GitHub token', `failed for ghp_${canary}`],
    ['GitHub fine-grained token', `github_pat_11AA_${canary}`],
    ['GitHub OAuth token', `gho_${canary}.`],
    ['GitLab token', `glpat-${canary} refused`],
    ['GitLab token of the newer kind', `glpat-${canary}.01.abcdefghi`],
    ['Bitbucket token', `ATBB${canary}`],
    ['Atlassian token', `ATATT3x${canary}=AB12`],
    ['Bearer', `Authorization: Bearer ${canary}`],
    ['lower-case header', `authorization: token ${canary}`],
    ['JSON header', `{"Authorization":"token ${canary}"}`],
    ['GitLab header', `PRIVATE-TOKEN: ${canary}`],
    ['cookie', `Set-Cookie: session=${canary}; Path=/`],
    ['query', `GET https://api.example.com/user?access=${canary} failed`],
    ['fragment', `cloudaipilot://oauth/callback#access_token=${canary}`],
    ['deep link', `cloudaipilot://oauth/callback?code=${canary}&state=${canary}`],
    ['form body', `grant_type=authorization_code&code=${canary}&code_verifier=${canary}`],
    ['state alone', `state=${canary}`],
    ['JSON body', `{"access_token":"${canary}","token_type":"bearer"}`],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ refresh_token: canary }) })],
    ['broken JSON', `{"access_token":"${canary}`],
    ['user information', `clone of https://x-access-token:${canary}@github.com/o/r.git failed`],
    ['user alone', `https://${canary}@example.com/o/r.git`],
    ['password with an at sign', `https://me:a@${canary}@example.com/o/r`],
    ['private key', `-----BEGIN OPENSSH PRIVATE KEY-----\n${canary}\n-----END OPENSSH PRIVATE KEY-----`],
    ['private key without an end', `-----BEGIN RSA PRIVATE KEY-----\n${canary}`],
    ['JSON Web Token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI${canary}.${canary}`],
  ])('hides a credential: %s', (_, text) => {
    expect(redactText(text)).not.toContain(canary)
  })

  it.each([
    'The repository octo/hello was cloned in 812 ms',
    'commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    'https://gitlab.example.com:8443/group/sub/project.git',
    'git@github.com:octo/hello.git',
  ])('leaves harmless text alone: %s', (text) => {
    expect(redactText(text)).toBe(text)
  })

  it('keeps scheme, host and path of an address', () => {
    expect(redactText('opened https://u:p@git.example.com/a/b?x=1#y now')).toBe(
      'opened https://git.example.com/a/b now',
    )
  })

  it('is one short line whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (text) => {
        const line = redactText(text)
        expect(line.length).toBeLessThanOrEqual(2000)
        expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/)
      }),
    )
  })
})

describe('redact', () => {
  it('hides secrets by type wherever they are', () => {
    const tokens = { current: new Secret(canary), older: [new Secret(canary)] }
    expect(JSON.stringify(redact({ tokens, note: new Secret(canary) }))).not.toContain(canary)
    expect(redact({ note: new Secret(canary) })).toEqual({ note: '[secret]' })
  })

  it('hides text by name', () => {
    const facts = { clientSecret: canary, passphrase: canary, nested: { Authorization: [canary], privateKey: canary } }
    expect(JSON.stringify(redact(facts))).not.toContain(canary)
  })

  it('keeps facts that only sound secret', () => {
    expect(redact({ code: 'auth-expired', state: 'connected', tokens: 3, secretSaved: true, token: null })).toEqual({
      code: 'auth-expired',
      state: 'connected',
      tokens: 3,
      secretSaved: true,
      token: null,
    })
  })

  it('writes errors with their stack and cause, redacted', () => {
    const cause = Object.assign(new Error(`connect to https://x:${canary}@h/`), { code: 'ECONNREFUSED' })
    const written = redact(new Error(`first\nBearer ${canary}`, { cause }))
    expect(written).toMatchObject({ name: 'Error', message: 'first Bearer [secret]', cause: { code: 'ECONNREFUSED' } })
    expect(JSON.stringify(written)).not.toContain(canary)
    expect((written as { stack: string[] }).stack[0]).toMatch(/^at /)
  })

  it('hides a seeded secret in any structure, beside any text', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(new Secret(canary)),
      fc.string().map((text) => `${text} ghp_${canary}`),
      fc.string().map((text) => `https://${canary}@example.com/${encodeURIComponent(text)}`),
      fc.string().map((text) => `https://example.com/?${encodeURIComponent(text)}=${canary}`),
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(redact(value)) ?? '').not.toContain(canary)
      }),
    )
  })

  it('ends on circles, depth, width and odd values', () => {
    const circle: Record<string, unknown> = { big: 10n, act: () => {}, when: new Date(0), never: new Date(Number.NaN) }
    circle.self = circle
    expect(redact(circle)).toEqual({
      big: '[bigint]',
      act: '[function]',
      when: '1970-01-01T00:00:00.000Z',
      never: null,
      self: '[circle]',
    })
    expect(redact(Buffer.from(canary))).toBe('[19 bytes]')
    expect(redact(new URL(`https://example.com/a?b=${canary}`))).toBe('https://example.com/a')
    expect(redact(Array.from({ length: 1000 }, (_, index) => index))).toHaveLength(50)
  })
})
