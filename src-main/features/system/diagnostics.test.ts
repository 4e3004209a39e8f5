import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Account } from '../../../src-preload/contract/entities/account'
import { Settings } from '../../../src-preload/contract/entities/settings'
import { Failure } from '../../../src-preload/contract/outcome'
import { createFetch } from '../../network/create-fetch'
import { describeInstall } from './diagnostics'

const canary = 'ghp_canary0123456789'

const account = {
  provider: 'p',
  host: 'https://git.acme.dev',
  kind: 'token',
  state: 'expired',
  reason: { code: 'auth-expired', facts: { message: canary } },
  checkedAt: 0,
  login: canary,
  label: canary,
} as unknown as Account

const report = (proxy: string | null) =>
  describeInstall({
    info: async () => ({
      version: '1',
      electron: '25',
      chromium: '114',
      node: '18',
      platform: 'linux x64',
      runtimeEndOfLife: true,
      knowsUpdates: false,
      git: '2.39.5',
      openssh: null,
      organization: canary,
      demo: false,
    }),
    settings: () => parse(Settings, { proxy: { mode: 'manual', url: `http://user:${canary}@proxy:1` } }),
    vault: () => ({
      state: 'open',
      holder: 'keychain',
      holderTitle: null,
      available: [],
      canMoveTo: null,
      restored: false,
      failure: null,
    }),
    accounts: () => [account],
    deepLinks: {
      isOurs: async () => {
        throw new Failure('storage-failed')
      },
      owner: async () => null,
      test: async () => null,
    },
    lastFailures: () => ['2026-01-01T00:00:00.000Z warn It did not work {}'],
    proxyFor: async () => proxy,
    fetch: createFetch({ userAgent: 'test', proxyFor: async () => null, trustedCertificate: () => null }),
    now: Date.now,
  })

describe('diagnostics', () => {
  it('say what works and what does not', async () => {
    const text = await report(null)
    expect(text).toContain('electron 25 (end of life)')
    expect(text).toContain('links come here: failed (storage-failed)')
    expect(text).toMatch(/loopback: ok, \d+ ms/)
    expect(text).toContain(
      'account: p https://git.acme.dev token expired (auth-expired), checked 1970-01-01T00:00:00.000Z',
    )
  })

  it('hold no secret', async () => {
    expect(await report(`http://user:${canary}@proxy:1`)).not.toContain(canary)
  })
})
