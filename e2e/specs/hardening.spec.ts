import { expect, test } from '../fixtures/app'

test.describe('the window', () => {
  test('has no Node, a sandbox and a world of its own', async ({ app, window }) => {
    const globals = await window.evaluate(() =>
      ['require', 'process', 'Buffer', 'module', 'global', '__dirname'].filter((name) => name in globalThis),
    )
    expect(globals).toEqual([])
    const preferences = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInWorker, webviewTag, webSecurity } =
          (
            contents as unknown as { getLastWebPreferences(): Electron.WebPreferences | null }
          ).getLastWebPreferences() ?? {}
        return { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInWorker, webviewTag, webSecurity }
      }),
    )
    expect(preferences.length).toBeGreaterThan(0)
    for (const preference of preferences) {
      expect(preference).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
      expect(preference.nodeIntegrationInWorker ?? false).toBe(false)
      expect(preference.webviewTag ?? false).toBe(false)
      expect(preference.webSecurity ?? true).toBe(true)
    }
  })

  test('is served from its own origin under a strict policy', async ({ window, problems }) => {
    problems.expect(/Content Security Policy|TrustedHTML|TrustedScript|Trusted Type|Failed to load resource|net::ERR/)
    expect(new URL(window.url()).protocol).toBe('app:')
    const tried = await window.evaluate(async () => {
      const failed = async (act: () => unknown): Promise<boolean> => {
        try {
          await act()
          return false
        } catch {
          return true
        }
      }
      const run = async (act: () => unknown): Promise<unknown> => act()
      let ran = false
      Object.assign(globalThis, { mark: () => (ran = true) })
      await failed(() => {
        const script = document.createElement('script')
        script.append('globalThis.mark()')
        document.head.append(script)
      })
      return {
        file: await failed(() => fetch('file:///etc/passwd')),
        network: await failed(() => fetch('https://example.test/')),
        traversal: await failed(async () => {
          const answer = await fetch('app://cloudaipilot/%2e%2e/%2e%2e/package.json')
          if (!answer.ok) throw new Error('refused')
        }),
        // From a timer: the debugger that carries this test may make code from text, the page may not.
        code: await failed(
          () => new Promise((done, fail) => setTimeout(() => run(() => new Function('return 1')()).then(done, fail))),
        ),
        markup: await failed(() => {
          document.createElement('div').innerHTML = '<b>x</b>'
        }),
        inlineScript: !ran,
        secure: isSecureContext,
      }
    })
    expect(tried).toEqual({
      file: true,
      network: true,
      traversal: true,
      code: true,
      markup: true,
      inlineScript: true,
      secure: true,
    })
  })

  test('stays on its page and opens no other', async ({ app, window, problems }) => {
    problems.expect(/Content Security Policy|Not allowed to|Failed to load|ERR_/)
    const before = window.url()
    const opened = await window.evaluate(() => {
      const other = globalThis.open('https://example.test/')
      const link = Object.assign(document.createElement('a'), { href: 'https://example.test/', target: '_blank' })
      document.body.append(link)
      link.click()
      link.target = ''
      link.click()
      const guest = document.createElement('webview')
      guest.setAttribute('src', 'https://example.test/')
      document.body.append(guest)
      globalThis.location.href = 'https://example.test/'
      return other === null
    })
    expect(opened).toBe(true)
    // A round trip through main: whatever the clicks started has been decided by then.
    const contents = await app.evaluate(({ webContents, BrowserWindow }) => ({
      pages: webContents.getAllWebContents().length,
      windows: BrowserWindow.getAllWindows().length,
    }))
    expect(contents).toEqual({ pages: 1, windows: 1 })
    expect(window.url()).toBe(before)
    await window.evaluate(() => {
      globalThis.location.href = 'file:///etc/passwd'
    })
    await app.evaluate(() => undefined)
    expect(window.url()).toBe(before)
  })

  test('is granted no permission', async ({ window }) => {
    const states = await window.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
      const answers = await Promise.all(
        names.map((name) => navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state)),
      )
      return answers
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  })

  test('reaches main by the contract and nothing else', async ({ app, window }) => {
    const shape = await window.evaluate(() => {
      const bridge = (globalThis as unknown as { bridge: Record<string, unknown> }).bridge
      return Object.entries(bridge).map(([feature, methods]) => [
        feature,
        typeof methods === 'function'
          ? 'function'
          : Object.values(methods as object).every((value) => typeof value === 'function'),
      ])
    })
    expect(shape.length).toBeGreaterThan(5)
    for (const [feature, kind] of shape) expect(kind, String(feature)).toBe(feature === 'on' ? 'function' : true)

    const refused = await window.evaluate(() => {
      const bridge = (globalThis as unknown as { bridge: { accounts: { rename(input: unknown): Promise<unknown> } } })
        .bridge
      return bridge.accounts.rename({ id: 'x', label: 'y'.repeat(100_000), extra: true })
    })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid-input' } })

    // A frame inside our own page is not our page.
    const fromFrame = await app.evaluate(async ({ ipcMain, webContents }) => {
      const [contents] = webContents.getAllWebContents()
      const handlers = (
        ipcMain as unknown as { _invokeHandlers: Map<string, (event: unknown, input?: unknown) => Promise<unknown>> }
      )._invokeHandlers
      const list = handlers.get('accounts.list')
      const strangers = [
        null,
        { url: 'about:blank', parent: null },
        { url: 'https://example.test/', parent: null },
        { url: 'app://elsewhere/', parent: null },
        { url: 'app://cloudaipilot/', parent: contents?.mainFrame },
      ]
      return Promise.all(strangers.map((senderFrame) => list?.({ senderFrame, sender: contents, _replyChannel: '' })))
    })
    for (const answer of fromFrame) expect(answer).toMatchObject({ ok: false, failure: { code: 'invalid-input' } })
  })
})
