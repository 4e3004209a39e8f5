import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Bridge } from '../../src-preload/contract'
import { expect, readyWindow, test } from '../fixtures/app'
import { filesWith, watchProcesses } from '../fixtures/process-watch'
import { quit } from '../fixtures/quit'
import { makeKeyFile } from '../fixtures/sshd'
import { cloneSheet } from '../pages/clone-sheet'
import { consentDialog } from '../pages/consent'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

interface WithBridge {
  readonly bridge: Bridge
}

/** Everything that the page holds, and everything that it can be told. */
const inWindow = (window: Page): Promise<string> =>
  window.evaluate(async () => {
    const { bridge } = globalThis as unknown as WithBridge
    const answers = await Promise.all([
      bridge.accounts.list(),
      bridge.settings.get(),
      bridge.settings.oauthApps(),
      bridge.sshKeys.list(),
      bridge.repositories.query({}),
      bridge.signIns.current(),
      bridge.vault.status(),
      bridge.system.info(),
      bridge.system.notices(),
    ])
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value)
    return [document.documentElement.outerHTML, JSON.stringify([answers, fields, { ...localStorage }])].join('\n')
  })

test('no secret is to be found anywhere but in the vault', async ({ startForge, launch, desktop, profile }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  const token = forge.personalAccessToken({ user: 'ada' })
  const clientSecret = 'client-secret-canary-0123456789abcdef'
  const passphrase = 'passphrase canary 0123456789'
  const keyFile = makeKeyFile(desktop.home, 'imported', '-t', 'ed25519', '-N', passphrase)
  const privateKey = await readFile(keyFile, 'utf8')
  const secrets = [token, clientSecret, passphrase, privateKey.split('\n')[2] ?? '']
  const forbidden = [
    ...secrets,
    ...secrets.map((secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')),
    ...secrets.map(encodeURIComponent),
    // As git sends it.
    Buffer.from(`x-access-token:${token}`).toString('base64'),
  ]
  const watch = watchProcesses(() => forbidden)

  const app = await launch()
  const window = await readyWindow(app)
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(token)
  await expect(wizard(window).connected('ada')).toBeVisible()
  const calls = window.evaluate(
    async ([host, secret, key, word]) => {
      const { bridge } = globalThis as unknown as WithBridge
      const outcomes = [
        await bridge.settings.saveOAuthApp({ provider: 'github', host, clientId: 'Iv1.canary', clientSecret: secret }),
        await bridge.sshKeys.importKey({ name: 'imported', privateKey: key, passphrase: word }),
        // What fails is written down more carefully than what works.
        await bridge.signIns.connectWithToken({ provider: 'gitlab', host, token: secret }),
        await bridge.sshKeys.importKey({ name: 'broken', privateKey: key.slice(0, -80), passphrase: word }),
      ]
      return outcomes.map(({ ok }) => ok)
    },
    [forge.address, clientSecret, privateKey, passphrase] as const,
  )
  const done = await consentDialog(window).agreeing('Use this OAuth app', calls)
  expect(done.slice(0, 2)).toEqual([true, true])
  expect(done[3]).toBe(false)

  await goTo(window, 'Repositories')
  await repositories(window).search.fill('ada/engine')
  await window.getByRole('button', { name: 'Test clone ada/engine' }).click()
  const { start, result, failure, again, close } = cloneSheet(window)
  await start('Shallow test')
  await expect(result).toBeVisible()
  forge.revokeTokens('ada')
  await again()
  await start('Quick check')
  await expect(failure).toBeVisible()
  await failure.getByText('Evidence', { exact: true }).click()
  const holds = (text: string) => forbidden.filter((one) => text.includes(one))
  expect(holds(await inWindow(window))).toEqual([])
  await close()

  await goTo(window, 'General')
  await window.getByRole('button', { name: 'Copy diagnostics' }).click()
  const report = () => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(report, { timeout: 15_000 }).toContain('key storage: open, keychain')
  expect(await report()).toMatch(/git \d.*\n.*OpenSSH|git \d/)
  expect(await report()).toContain('loopback: ok')
  expect(await report()).toMatch(/log: \S+ warn /)
  expect(holds(await report())).toEqual([])
  expect(holds(await inWindow(window))).toEqual([])
  const env = await app.evaluate(() => JSON.stringify([process.env, process.argv, process.execArgv]))
  expect(holds(env)).toEqual([])

  await quit(app)
  const { findings, programs } = watch.stop()
  expect(findings).toEqual([])
  expect([...programs]).toEqual(expect.arrayContaining(['git']))
  expect(await filesWith(profile, forbidden)).toEqual([])
})
