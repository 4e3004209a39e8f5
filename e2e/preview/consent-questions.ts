import type { AppRecord } from '../../src-main/features/apps/apps-document'
import type { Known } from '../../src-main/features/consent/known'
import { createQuestions } from '../../src-main/features/consent/questions'
import { sampleAppForm } from '../../src-main/testing/sample-app'
import type { Question } from '../../src-preload/consent-question'
import type { AppForm } from '../../src-preload/contract/entities/app'
import type { Language } from '../../src-preload/contract/language'

const published = 'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8'
const other = 'SHA256:uNiVztksCsDhcc0u9e8BrXhXp4pQm0Wq1d1bD3cZr2I'
const certificate = {
  host: 'git.acme.dev:443',
  subject: 'CN=git.acme.dev, O=Acme Engineering, C=DE',
  issuer: 'CN=git.acme.dev, O=Acme Engineering, C=DE',
  validFrom: '2024-11-20T00:00:00.000Z',
  validTo: '2026-11-20T00:00:00.000Z',
  sha256: '7A:0F:59:D1:3C:88:2B:E4:90:11:6D:F2:A7:53:C9:08:44:BE:1E:97:62:DB:35:FA:80:2C:6B:E9:14:D7:A3:5F',
  trusted: null,
  misfits: ['expired'],
} as const
const server = {
  id: 's',
  name: 'Production',
  host: 'web.acme.dev',
  port: 22,
  user: 'deploy',
  keyId: 'k',
  receiver: { publicUrl: null },
}
const app = {
  id: 'p',
  name: 'shop',
  source: { accountId: 'a', repositoryId: '1', path: 'acme/shop', sshUrl: 'git@git.acme.dev:acme/shop.git' },
  branch: 'main',
  rootFolder: '',
  serverId: 's',
  folder: '/srv/shop',
  command: 'npm ci\nnpm run build\nsystemctl --user restart shop',
  variables: ['DATABASE_URL'],
  submodules: false,
  lfs: false,
  autoDeploy: true,
  allowedChecks: [],
} as unknown as AppRecord
const form: AppForm = {
  ...sampleAppForm,
  command: 'npm ci\nnpm run build\nnpm run migrate -- --database "$DATABASE_URL"\nsystemctl --user restart shop',
  variables: [{ name: 'DATABASE_URL', value: 'postgres://shop@db.acme.dev/shop' }],
  submodules: true,
  allowedChecks: ['missingSpaceBeforeDate'],
}

/** What main would know. Nothing is asked that reads anything else. */
const known = {
  settings: () => ({ proxy: { mode: 'system', url: '' }, gitPath: null, useInTerminal: false }),
  certificate: async () => certificate,
  hostKey: async (host: string, port: number) => ({ host, port, type: 'ssh-ed25519', fingerprint: other, published }),
  account: () => ({ id: 'a', kind: 'token', label: '', login: 'ada', host: 'https://git.acme.dev' }),
  server: () => server,
  app: () => app,
  apps: () => [app],
} as unknown as Known

const unprotected = { holder: 'session', state: 'open', available: ['session', 'passphrase'] }
const locked = { holder: 'passphrase', state: 'locked', available: [] }

/** Questions that have pictures, as main words them. */
export const consentQuestions = (language: Language) => {
  const questions = createQuestions(known, () => language)
  const vault = (status: object) => createQuestions({ ...known, vault: () => status } as Known, () => language).vault
  return {
    proxy: () => questions.settings.change({ proxy: { mode: 'manual', url: 'http://proxy.acme.dev:3128' } }),
    certificate: () => questions.certificates.trust(certificate),
    'host-key': () => questions.hostKeys.confirm({ host: 'git.acme.dev', port: 22, fingerprint: other }),
    command: () => questions.apps.save(form),
    passphrase: () => vault(unprotected).choosePassphrase(undefined),
    'weak-passphrase': () => vault(unprotected).choosePassphrase(undefined),
    unlock: () => vault(locked).unlock(undefined),
  } satisfies Readonly<Record<string, () => Promise<Question | null>>>
}

/** What is typed into the fields of a question on its picture. */
export const typedInto: Readonly<Partial<Record<string, readonly string[]>>> = {
  passphrase: ['nine crooked lanterns', 'nine crooked lanterns'],
  'weak-passphrase': ['Password2026!', 'Passport'],
  unlock: ['nine crooked lanterns'],
}
