import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Bridge } from '../../src-preload/contract'
import { expect, test } from '../fixtures/app'
import { type Listener, openListener } from './listener'
import { connectPeers, sendRequests } from './page-requests'

/** Whatever a page is refused, Chromium says so on the console. */
const refusals = /.*/s
const domain = 'leak.test'
const copied = 'copied by the person'

let listener: Listener
test.beforeEach(async ({ problems }) => {
  problems.expect(refusals)
  listener = await openListener()
})
test.afterEach(() => listener.close())

/** Runs `act` while Chromium writes down what its network does; gives the names and addresses that it dealt with. */
async function recorded(app: ElectronApplication, file: string, act: () => Promise<unknown>): Promise<string> {
  await app.evaluate(({ session }, path) => session.defaultSession.netLog.startLogging(path), file)
  await act()
  await app.evaluate(({ session }) => session.defaultSession.netLog.stopLogging())
  const { constants, events } = JSON.parse(await readFile(file, 'utf8')) as {
    constants: { logEventTypes: Record<string, number> }
    events: { type: number; params?: unknown }[]
  }
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]))
  return events
    .filter(({ type }) =>
      /^(HOST_RESOLVER_MANAGER_JOB|DNS_|TCP_CONNECT_ATTEMPT|UDP_BYTES_SENT|MDNS)/.test(names.get(type) ?? ''),
    )
    .map(({ type, params }) => `${names.get(type)} ${JSON.stringify(params ?? {})}`)
    .join('\n')
}

/** The page is still ours, and so is what it can ask. */
async function isStillOurs(app: ElectronApplication, window: Page, address: string) {
  expect(window.url()).toBe(address)
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().map((one) => one.getURL()))).toEqual([
    address,
  ])
}

test('no request, name or packet leaves a page that tries every way', async ({ app, window, desktop }) => {
  const address = window.url()
  const http = `http://127.0.0.1:${listener.tcp}`
  let worked: readonly string[] = []
  let candidates: readonly string[] = []
  const log = await recorded(app, join(desktop.home, 'net.json'), async () => {
    await window.mouse.click(2, 2)
    candidates = await window.evaluate(connectPeers, { udp: listener.udp, tcp: listener.tcp, domain })
    worked = await window.evaluate(sendRequests, { http, domain })
    await app.evaluate(() => undefined)
  })
  expect({ worked, candidates, arrived: listener.arrived }).toEqual({ worked: [], candidates: [], arrived: [] })
  expect(log).not.toContain(domain)
  expect(log).not.toContain(String(listener.tcp))
  expect(log).not.toMatch(/UDP_BYTES_SENT|MDNS/)
  expect(new URL(window.url()).host).toBe(new URL(address).host)
})

test('no script pastes, and a person still does', async ({ app, window }) => {
  const paste = () =>
    window.evaluate(async () => {
      const read: string[] = []
      document.addEventListener('paste', (event) => read.push(event.clipboardData?.getData('text') ?? ''))
      const blank = document.createElement('iframe')
      const filled = document.createElement('iframe')
      document.body.append(blank, filled)
      try {
        filled.srcdoc = 'x'
        await new Promise((done) => filled.addEventListener('load', done, { once: true }))
      } catch {
        // Trusted Types refuse it, and the page may make no policy.
      }
      for (const page of [document, blank.contentDocument, filled.contentDocument]) {
        if (page === null) continue
        page.defaultView?.focus()
        for (const tag of ['textarea', 'div']) {
          const field = page.createElement(tag)
          field.contentEditable = 'true'
          page.body.append(field)
          field.focus()
          for (const command of ['paste', 'pasteAndMatchStyle', 'Paste'])
            if (page.execCommand(command)) read.push(command)
          read.push((field as HTMLTextAreaElement).value ?? '', field.textContent ?? '')
          field.remove()
        }
        await page.defaultView?.navigator.clipboard.readText().then(
          (text) => read.push(text),
          () => undefined,
        )
        await page.defaultView?.navigator.clipboard.read().then(
          () => read.push('read'),
          () => undefined,
        )
      }
      blank.remove()
      filled.remove()
      return read.filter((text) => text !== '')
    })
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), copied)
  await window.mouse.click(2, 2)
  expect(await paste()).toEqual([])
  // Whatever changes a page's preferences later doesn't bring it back.
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark'
  })
  await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.setZoomFactor(1.1))
  await window.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  expect(await paste()).toEqual([])
  await window.reload()
  await window.locator('body[data-ready]').waitFor()
  await window.mouse.click(2, 2)
  expect(await paste()).toEqual([])

  await window.keyboard.press('Control+K')
  const field = window.getByRole('combobox').or(window.getByRole('searchbox')).or(window.getByRole('textbox')).first()
  await field.focus()
  await field.fill('')
  await window.keyboard.press('Control+V')
  await expect(field).toHaveValue(copied)
  await field.fill('')
  await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.paste())
  await expect(field).toHaveValue(copied)
})

test('the page stays where it is', async ({ app, window }) => {
  const address = window.url()
  const ways = [
    'about:blank',
    'about:blank#x',
    'about:srcdoc',
    'javascript:void 0',
    'data:text/html,x',
    'blob:',
    'view-source:app://cloudaipilot/',
    'chrome://version',
    'mailto:ada@example.test',
    'file:///etc/passwd',
    'app://other/',
    'https://example.test/',
  ]
  for (const to of ways) {
    await window.evaluate((target) => {
      const url = target === 'blob:' ? URL.createObjectURL(new Blob(['x'], { type: 'text/html' })) : target
      const attempt = (act: () => unknown) => {
        try {
          act()
        } catch {
          // Refused at once.
        }
      }
      const link = Object.assign(document.createElement('a'), { href: url })
      const form = Object.assign(document.createElement('form'), { action: url })
      const frame = document.createElement('iframe')
      document.body.append(link, form, frame)
      attempt(() => link.click())
      attempt(() => form.submit())
      attempt(() => globalThis.open(url, '_self'))
      attempt(() => globalThis.open(url, '_top'))
      attempt(() => globalThis.location.replace(url))
      attempt(() => {
        const inner = frame.contentWindow as unknown as { parent: { location: string } }
        inner.parent.location = url
      })
      attempt(() => {
        globalThis.location.href = url
      })
      frame.remove()
    }, to)
    await app.evaluate(() => undefined)
    await isStillOurs(app, window, address)
  }
  // With the page's own interfaces turned against the guard.
  await window.evaluate(() => {
    Event.prototype.preventDefault = () => undefined
    EventTarget.prototype.addEventListener = () => undefined
    globalThis.addEventListener('navigate', (event) => event.stopImmediatePropagation(), true)
    Object.defineProperty(
      Object.getPrototypeOf((globalThis as unknown as { navigation: object }).navigation),
      'onnavigate',
      {},
    )
    globalThis.location.href = 'about:blank'
  })
  await app.evaluate(() => undefined)
  await isStillOurs(app, window, address)
  expect(await window.evaluate(() => document.body.dataset.ready !== undefined)).toBe(true)
})

test('the page moves no window, keeps none open, and stays what is loaded again', async ({ app, window }) => {
  const address = window.url()
  const bounds = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  const before = await bounds()
  await window.mouse.click(2, 2)
  await window.evaluate(() => {
    globalThis.moveTo(5000, 5000)
    globalThis.resizeTo(9000, 9000)
    globalThis.moveBy(-3000, -3000)
    globalThis.resizeBy(-900, -500)
    globalThis.onbeforeunload = (event) => event.preventDefault()
    history.pushState(null, '', '/nowhere/at/all')
  })
  await app.evaluate(() => undefined)
  expect(await bounds()).toEqual(before)
  // A page is written in one language, and served again in another.
  await window.evaluate(() => (globalThis as unknown as { bridge: Bridge }).bridge.settings.change({ language: 'de' }))
  await window.locator('html[lang=de] body[data-ready]').waitFor()
  await isStillOurs(app, window, address)
})

test('a page that got away is brought back', async ({ app, window }) => {
  const address = window.url()
  const visited = await app.evaluate(async ({ webContents }, home) => {
    const [contents] = webContents.getAllWebContents()
    if (contents === undefined) return []
    const urls: string[] = []
    await new Promise<void>((done) => {
      contents.on('did-navigate', (_event, url) => {
        urls.push(url)
        if (url === home) done()
      })
      contents.loadURL('about:blank').catch(() => undefined)
    })
    return urls
  }, address)
  expect(visited).toEqual(['about:blank', address])
  await window.locator('body[data-ready]').waitFor()
})

test('no device, file or dialog is there to be asked for', async ({ app, window }) => {
  const downloads = await app.evaluate(({ session }) => {
    const states: string[] = []
    session.defaultSession.on('will-download', (event) => states.push(String(event.defaultPrevented)))
    Object.assign(globalThis, { states })
    return states.length
  })
  expect(downloads).toBe(0)
  const asked: string[] = []
  window.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  const names = [
    'open',
    'save',
    'folder',
    'usb',
    'hid',
    'serial',
    'bluetooth',
    'fonts',
    'idle',
    'eye',
    'screen',
    'sound',
  ]
  const more = [
    'fullscreen',
    'pointer',
    'midi',
    'wake',
    'screens',
    'notify',
    'place',
    'alert',
    'print',
    'present',
    'key',
  ]
  const worked: string[] = []
  for (const name of [...names, ...more]) {
    await window.mouse.click(2, 2)
    const result = await window.evaluate(async (what) => {
      // biome-ignore lint/suspicious/noExplicitAny: half of these interfaces are in no type library.
      const page = globalThis as any
      const navigator = page.navigator
      const ways: Record<string, () => unknown> = {
        open: () => page.showOpenFilePicker(),
        save: () => page.showSaveFilePicker(),
        folder: () => page.showDirectoryPicker(),
        usb: () => navigator.usb.requestDevice({ filters: [] }),
        hid: () => navigator.hid.requestDevice({ filters: [] }),
        serial: () => navigator.serial.requestPort(),
        bluetooth: () => navigator.bluetooth.requestDevice({ acceptAllDevices: true }),
        fonts: async () => ((await page.queryLocalFonts()).length > 0 ? true : Promise.reject()),
        idle: async () => ((await page.IdleDetector.requestPermission()) === 'granted' ? true : Promise.reject()),
        eye: () => new page.EyeDropper().open(),
        screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
        sound: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        fullscreen: () => document.documentElement.requestFullscreen(),
        pointer: async () => {
          await document.body.requestPointerLock()
          return document.pointerLockElement === null ? Promise.reject() : true
        },
        midi: () => navigator.requestMIDIAccess(),
        wake: () => navigator.wakeLock.request('screen'),
        screens: () => page.getScreenDetails(),
        notify: async () => ((await page.Notification.requestPermission()) === 'granted' ? true : Promise.reject()),
        place: () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
        alert: () => (page.alert('x') === undefined ? Promise.reject() : true),
        print: () => (page.print() === undefined ? Promise.reject() : true),
        present: () => new page.PresentationRequest('https://leak.test/').start(),
        key: () => navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8), timeout: 500 } }),
      }
      try {
        await ways[what]?.()
        return true
      } catch {
        return false
      }
    }, name)
    if (result) worked.push(name)
  }
  expect({ worked, asked }).toEqual({ worked: [], asked: [] })
  await window.evaluate(() => {
    for (const href of ['data:text/plain,x', URL.createObjectURL(new Blob(['x']))])
      Object.assign(document.createElement('a'), { href, download: 'saved.txt' }).click()
  })
  await app.evaluate(() => undefined)
  const states = await app.evaluate(() => (globalThis as unknown as { states: string[] }).states)
  expect(states.filter((state) => state !== 'true')).toEqual([])
  expect(listener.arrived).toEqual([])
})
