import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeCertificate } from '../../src-main/testing/certificates'
import { startConnectProxy } from '../../src-main/testing/connect-proxy'
import { startSshServer } from '../../src-main/testing/ssh-server'
import type { App } from '../../src-preload/contract/entities/app'
import type { Server } from '../../src-preload/contract/entities/server'
import { expect, readyWindow, test } from '../fixtures/app'
import { addProduction, createApp, liveFile } from '../fixtures/deploying'
import { quit } from '../fixtures/quit'
import { makeKeyFile } from '../fixtures/sshd'
import { consentDialog } from '../pages/consent'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

/** What came of one call of the bridge: its failure's code, `ok`, or `pending`. */
type Outcome = string
/** One call: `feature.method` and its input. */
type Call = readonly [where: string, input?: unknown]

interface Hostile {
  readonly bridge: Record<string, Record<string, (input?: unknown) => Promise<unknown>>>
  /** Calls that have not been answered yet, and how the others were. */
  outcomes: Outcome[]
}

/** Makes calls from foreign script in the page, all at once, and goes on without waiting for them. */
const fire = (window: Page, calls: readonly Call[]): Promise<void> =>
  window.evaluate((all) => {
    const page = globalThis as unknown as Hostile
    page.outcomes = all.map(() => 'pending')
    for (const [index, [where, input]] of all.entries()) {
      const [feature = '', method = ''] = where.split('.')
      void page.bridge[feature]?.[method]?.(input).then((outcome) => {
        const { ok, failure } = outcome as { ok: boolean; failure?: { code: string } }
        page.outcomes[index] = ok ? 'ok' : (failure?.code ?? '')
      })
    }
  }, calls as Call[])

const outcomes = (window: Page): Promise<readonly Outcome[]> =>
  window.evaluate(() => (globalThis as unknown as Hostile).outcomes)

/** Calls one method and waits for what comes of it. */
const value = <T>(window: Page, where: string, input?: unknown): Promise<T> =>
  window.evaluate(
    async ([name, given]) => {
      const [feature = '', method = ''] = (name as string).split('.')
      const outcome = await (globalThis as unknown as Hostile).bridge[feature]?.[method]?.(given)
      return (outcome as { value: unknown }).value
    },
    [where, input] as const,
  ) as Promise<T>

/** What must be as it was, as it stands on the disk. */
const kept = (profile: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    ['settings', 'certificates', 'host-keys', 'oauth-apps', 'deploy-keys'].map((name) => {
      const file = join(profile, `${name}.json`)
      const { value: now = [] } = existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly value?: unknown })
        : {}
      return [name, now]
    }),
  )

test('proxy, certificate and refresh: the token goes nowhere without a click in main’s own dialog', async ({
  startForge,
  window,
  profile,
  problems,
}) => {
  // The page's own policy stops it before main does.
  problems.expect(/Content Security Policy/)
  const forge = await startForge({ dialect: 'gitea', tls: makeCertificate('forge.test', null, false, ['forge.test']) })
  const thief = await startForge({ dialect: 'gitea', tls: makeCertificate('forge.test', null, false, ['forge.test']) })
  const port = (address: string) => Number(new URL(address).port)
  const [honest, hostile] = await Promise.all([
    startConnectProxy({ 'forge.test': port(forge.address) }),
    startConnectProxy({ 'forge.test': port(thief.address) }),
  ])
  const consent = consentDialog(window)
  await goTo(window, 'Network')
  await window.getByRole('radio', { name: 'Manual' }).check()
  await window.getByLabel('Proxy address').fill(honest.url)
  await window.getByRole('button', { name: 'Save' }).click()
  await consent.agree('Use this proxy')
  await goTo(window, 'Git Accounts')
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await window.getByRole('button', { name: 'Gitea / Forgejo', exact: true }).click()
  await window.getByLabel('Host', { exact: true }).fill('https://forge.test')
  await window.getByRole('button', { name: 'Show certificate' }).click()
  await consent.agree('Trust this certificate')
  await expect(window.getByText(/^This (is|looks like) /)).toBeVisible()
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await expect(wizard(window).connected('ada')).toBeVisible()
  const [account] = await value<{ id: string }[]>(window, 'accounts.list')
  const before = kept(profile)

  await test.step('the chain stops at its first step, and nothing that it does answers the dialog', async () => {
    const shown = await value<{ sha256: string }>(window, 'certificates.look', { host: 'forge.test' })
    await fire(window, [
      ['settings.change', { proxy: { mode: 'manual', url: hostile.url } }],
      ['certificates.forget', { host: 'forge.test' }],
      ['certificates.trust', { host: 'forge.test', sha256: shown.sha256 }],
      ['accounts.refresh', { id: account?.id }],
    ])
    await expect(await consent.open()).toContainText(hostile.url)
    await expect.poll(() => outcomes(window)).toEqual(['pending', 'consent-withheld', 'consent-withheld', 'ok'])
    expect(hostile.tunnels).toEqual([])
    expect(kept(profile)).toEqual(before)
  })

  await test.step('it can’t be loaded, covered, reached or answered from the page', async () => {
    const tried = await window.evaluate(async () => {
      const opened = [globalThis.open('app://consent/'), globalThis.open('about:blank', '_blank', 'popup')]
      const frame = document.createElement('iframe')
      frame.src = 'app://consent/'
      document.body.append(frame)
      globalThis.postMessage({ channel: 'consent.answer', agreed: true }, '*')
      const fetched = await fetch('app://consent/').then(
        ({ ok }) => ok,
        () => false,
      )
      globalThis.blur()
      globalThis.focus()
      document.body.requestFullscreen().catch(() => undefined)
      for (const key of ['Enter', ' ', 'Tab']) {
        document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      }
      const inside = (() => {
        try {
          return frame.contentDocument?.body.textContent ?? ''
        } catch {
          return ''
        }
      })()
      frame.remove()
      return {
        opened: opened.filter((one) => one !== null).length,
        fetched,
        inside,
        reaches: ['require', 'ipcRenderer', 'consent'].filter((name) => name in globalThis),
      }
    })
    expect(tried).toEqual({ opened: 0, fetched: false, inside: '', reaches: [] })
    expect(consent.count()).toBe(1)
    expect((await outcomes(window))[0]).toBe('pending')
    expect(kept(profile)).toEqual(before)
  })

  await test.step('asking again and again ends in silence, and a refusal changes nothing', async () => {
    await consent.refuse()
    await expect.poll(async () => (await outcomes(window))[0]).toBe('cancelled')
    for (let time = 0; time < 2; time += 1) {
      await fire(window, [['settings.change', { gitPath: '/tmp/git' }]])
      await consent.refuse()
      await expect.poll(() => outcomes(window)).toEqual(['cancelled'])
    }
    await fire(window, [['settings.change', { proxy: { mode: 'manual', url: hostile.url } }]])
    await expect.poll(() => outcomes(window)).toEqual(['consent-withheld'])
    expect(consent.count()).toBe(0)
    expect(kept(profile)).toEqual(before)
    expect(hostile.tunnels).toEqual([])
  })
  await Promise.all([honest.close(), hostile.close()])
})

test.describe('without any keychain', () => {
  test.use({ keychain: 'no-bus' })

  test('a new passphrase: the page chooses none, and sees nothing of the one that the person types', async ({
    launch,
  }) => {
    const typed = 'nine crooked lanterns'
    const first = await launch()
    const window = await readyWindow(first)
    const consent = consentDialog(window)
    // The window is there before it is known that there is no keychain.
    await expect(window.getByText('Choose where secrets are kept')).toBeVisible()
    await window.evaluate(() => {
      const page = globalThis as unknown as { heard: string[] }
      page.heard = []
      for (const name of [
        'keydown',
        'keyup',
        'keypress',
        'beforeinput',
        'input',
        'paste',
        'compositionend',
        'message',
      ]) {
        globalThis.addEventListener(name, (event) => page.heard.push(event.type), true)
      }
    })
    await fire(window, [
      ['vault.choosePassphrase', { passphrase: 'a passphrase of the attacker' }],
      ['vault.unlock', { passphrase: 'a passphrase of the attacker' }],
      ['vault.choosePassphrase'],
      ['vault.unlock'],
    ])
    const dialog = await consent.open()
    await dialog.getByLabel('Passphrase', { exact: true }).pressSequentially(typed)
    await dialog.getByLabel('Repeat it').pressSequentially(typed)
    expect(await outcomes(window)).toEqual(['invalid-input', 'invalid-input', 'pending', 'conflict'])
    await consent.agree('Set passphrase')
    await expect.poll(() => outcomes(window)).toEqual(['invalid-input', 'invalid-input', 'ok', 'conflict'])
    expect(await window.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([])
    expect(await value(window, 'vault.status')).toMatchObject({ state: 'open', holder: 'passphrase' })
    await quit(first)

    const again = await readyWindow(await launch())
    await expect.poll(() => value(again, 'vault.status')).toMatchObject({ state: 'locked' })
    await fire(again, [['vault.unlock']])
    await consentDialog(again).type(typed)
    await consentDialog(again).agree('Unlock')
    await expect.poll(() => value(again, 'vault.status')).toMatchObject({ state: 'open', holder: 'passphrase' })
  })
})

test('every method, called at will: no trust, program, key, command or server is another afterwards', async ({
  startForge,
  launch,
  desktop,
  profile,
}) => {
  test.setTimeout(150_000)
  const forge = await startForge({ dialect: 'github', ssh: true })
  const machine = await startSshServer()
  try {
    await forge.world.createRepository({ owner: 'ada', name: 'shop', files: { a: 'one' } })
    const folder = join(machine.home, 'apps/shop')
    const app = await launch()
    const window = await readyWindow(app)
    await wizard(window).open('GitHub', forge.address)
    await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'ada' }))
    await expect(wizard(window).connected('ada')).toBeVisible()
    await addProduction(window, machine)
    await createApp(window, { repository: 'ada/shop', folder, command: 'touch harmless' })
    const consent = consentDialog(window)

    const mark = join(desktop.home, 'was-run')
    const program = join(desktop.home, 'git')
    await writeFile(program, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 })
    const stolen = readFileSync(makeKeyFile(desktop.home, 'stolen', '-t', 'ed25519', '-N', ''), 'utf8')
    const imported = await value<{ id: string }>(window, 'sshKeys.importKey', { name: 'k', privateKey: stolen })
    const [shop] = await value<App[]>(window, 'apps.list')
    const [server] = await value<Server[]>(window, 'servers.list')
    const [account] = await value<{ id: string }[]>(window, 'accounts.list')
    if (shop === undefined || server === undefined || account === undefined) throw new Error('Nothing to attack')
    const { source, variables: _, ...fields } = shop
    const form = { ...fields, accountId: account.id, repositoryId: source.repositoryId, variables: [] }
    const place = { name: 'Production', host: '127.0.0.1', port: 1, user: 'root' }
    const known = await value<{ id: string; from: string; host: string; fingerprint: string }[]>(
      window,
      'hostKeys.list',
      {},
    )
    const confirmed = known.filter(({ from }) => from === 'confirmed')
    const [key] = confirmed

    /** Whatever asks for consent, with inputs that would change something. */
    const asking: readonly Call[] = [
      ['settings.change', { gitPath: program }],
      ['settings.change', { proxy: { mode: 'manual', url: 'http://127.0.0.1:9' } }],
      ['settings.change', { useInTerminal: true, appearance: 'dark' }],
      ['settings.saveOAuthApp', { provider: 'github', host: forge.address, clientId: 'Iv1.evil', clientSecret: 'x' }],
      ['vault.choosePassphrase'],
      ['vault.choosePassphrase', { passphrase: 'a passphrase of the attacker' }],
      ['vault.chooseSession'],
      ['vault.moveTo', { holder: 'safe-storage' }],
      ['vault.startOver'],
      ['apps.save', { ...form, command: 'touch evil' }],
      ['apps.save', { ...form, branch: 'evil' }],
      ['apps.save', { ...form, id: null, folder: `${folder}-2`, command: 'touch evil' }],
      ['apps.deploy', { id: form.id, commit: 'deadbeef' }],
      ['apps.confirmHostKey', { host: '127.0.0.1', port: machine.port, fingerprint: key?.fingerprint }],
      ['servers.edit', { id: server.id, ...place }],
      ['servers.add', { ...place, port: machine.port, user: 'other' }],
      ['servers.installReceiver', { id: server.id }],
      ['servers.confirmHostKey', { id: server.id, fingerprint: key?.fingerprint }],
      ['servers.setReceiver', { id: server.id, listen: 'loopback', port: 9000, publicUrl: 'https://evil.test' }],
      ['webhooks.setUrl', { appId: form.id, url: 'https://evil.test' }],
      ['apps.remove', { id: form.id, clean: true }],
      ['servers.remove', { id: server.id, clean: true }],
      ['sshKeys.remove', { id: imported.id }],
      ['sshKeys.addDeployKey', { id: imported.id, accountId: account.id, repositoryId: source.repositoryId }],
      ['sshKeys.confirmHostKey', { testId: 'x', fingerprint: 'SHA256:x' }],
      ['hostKeys.confirm', { host: '127.0.0.1', port: 1, fingerprint: 'SHA256:x' }],
      ['hostKeys.forget', { ids: confirmed.map(({ id }) => id) }],
      ['certificates.trust', { host: '127.0.0.1:1', sha256: 'AA' }],
      ['certificates.forget', { host: '127.0.0.1:1' }],
      ['imports.take', { id: 'x' }],
    ]
    const before = kept(profile)
    const status = await value<{ holder: string }>(window, 'vault.status')

    await test.step('one dialog, and nothing else happens', async () => {
      await fire(window, asking)
      await expect(await consent.open()).toContainText(program)
      await expect.poll(async () => (await outcomes(window)).slice(1)).not.toContain('pending')
      const [first, ...others] = await outcomes(window)
      expect(first).toBe('pending')
      const harmless = others.filter((code) => code === 'ok')
      // Only what would have changed nothing: a certificate that nobody trusted was forgotten.
      expect(harmless.length).toBeLessThanOrEqual(1)
      expect(consent.count()).toBe(1)
      await consent.refuse()
    })

    await test.step('the rest of the bridge, with the ids of what there is, changes none of it', async () => {
      const ids = [form.id, server.id, account.id, imported.id, '__proto__', 'x']
      /** What takes away, what the person sees at once in a dialog of the system, and what was tried above. */
      const left =
        /\.(remove|revoke|removeDeployKey|removeOAuthApp|chooseFolder|pickKeyFile|pickCertificate|savePublicKey|playDemo|claimDeepLinks|testDeepLinks|deploy|rotate|rotateSecret)$/
      const names = await window.evaluate(
        (skipped) =>
          Object.entries((globalThis as unknown as Hostile).bridge)
            .flatMap(([feature, methods]) =>
              typeof methods === 'function' ? [] : Object.keys(methods).map((name) => `${feature}.${name}`),
            )
            .filter((name) => !skipped.includes(name)),
        asking.map(([where]) => where),
      )
      const calls = names
        .filter((name) => !left.test(name))
        .flatMap((where): Call[] => [
          [where],
          ...ids.map(
            (id): Call => [
              where,
              {
                id,
                ids: [id],
                appId: id,
                accountId: account.id,
                repositoryId: source.repositoryId,
                keyId: imported.id,
                holder: 'session',
                name: 'x',
                label: 'x',
                text: 'x',
                url: 'javascript:alert(1)',
                host: '127.0.0.1:1',
                address: 'git@127.0.0.1:x/y',
                kind: 'ed25519',
                password: 'x',
                passphrase: 'x',
                provider: 'github',
                way: 'redirect',
                token: 'x',
                mode: 'full',
                folder: join(desktop.home, '.config/autostart'),
                source: { kind: 'repository', accountId: account.id, id: source.repositoryId },
              },
            ],
          ),
        ])
      await fire(window, calls)
      await expect
        .poll(async () => (await outcomes(window)).filter((code) => code === 'pending').length, { timeout: 60_000 })
        .toBe(0)
      expect(consent.count()).toBe(0)
      expect(existsSync(join(desktop.home, '.config/autostart'))).toBe(false)
    })

    await test.step('all is as it was', async () => {
      const { host, port, user, keyId } = server
      expect(kept(profile)).toEqual(before)
      const [sameServer, ...otherServers] = await value<Server[]>(window, 'servers.list')
      expect(sameServer).toMatchObject({ host, port, user, keyId })
      expect(otherServers).toEqual([])
      expect(await value(window, 'apps.list')).toMatchObject([{ command: 'touch harmless', branch: 'main', folder }])
      expect(await value(window, 'webhooks.get', { appId: form.id })).toMatchObject({ ownUrl: null })
      expect(await value(window, 'vault.status')).toMatchObject({ state: 'open', holder: status.holder })
      expect(existsSync(mark)).toBe(false)
      expect(liveFile(folder, 'evil')).toBeNull()
      expect(existsSync(`${folder}-2`)).toBe(false)
      const messages = await app.evaluate(({ ipcMain, BrowserWindow }) => {
        const heard = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers
        return [
          [...heard.keys()].filter((name) => name.startsWith('consent')),
          ipcMain.listenerCount('consent.answer'),
          ...BrowserWindow.getAllWindows().map(({ webContents }) => webContents.ipc.listenerCount('consent.answer')),
        ]
      })
      expect(messages).toEqual([[], 0, 0])
    })

    await test.step('on purpose it is one click', async () => {
      const saving = value<{ command: string }>(window, 'apps.save', { ...form, command: 'touch chosen' })
      const dialog = await consent.open()
      await expect(dialog.locator('del')).toHaveText(['touch harmless'])
      await expect(dialog.locator('ins')).toHaveText(['touch chosen'])
      expect(await consent.agreeing('Change app', saving)).toMatchObject({ command: 'touch chosen' })
    })

    await test.step('closing the window below means no', async () => {
      await fire(window, [['settings.change', { gitPath: program }]])
      await consent.open()
      const gone = window.waitForEvent('close')
      await window.evaluate(() => globalThis.close())
      await gone
      expect(kept(profile).settings).toEqual(before.settings)
    })
  } finally {
    await machine.close()
  }
})
