import { BrowserWindow, nativeTheme, screen } from 'electron'
import { origin } from './app-origin'

/** Where the window was, in device-independent pixels. */
export interface WindowPlace {
  readonly x: number | null
  readonly y: number | null
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export const firstPlace: WindowPlace = { x: null, y: null, width: 1180, height: 760, maximized: false }

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The remembered place if at least a title bar's worth of it is on a screen that is still there, else centred. */
export const visiblePlace = (place: WindowPlace, workAreas: readonly Rectangle[]): WindowPlace => {
  const { x, y } = place
  const visible =
    x !== null &&
    y !== null &&
    workAreas.some(
      (area) =>
        x + place.width > area.x + 80 &&
        x < area.x + area.width - 80 &&
        y >= area.y - 8 &&
        y < area.y + area.height - 48,
    )
  return visible ? place : { ...place, x: null, y: null }
}

/** What the window is told before it is shown, so that it never flashes in the wrong colour. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff')

/** A window that is being loaded. */
export interface OpenedWindow {
  readonly window: BrowserWindow
  /** Resolves when its page is there, or will not be. */
  readonly loaded: Promise<void>
  /** Resolves when it has something to show. */
  readonly painted: Promise<void>
}

/** Opens the one window, hidden, and begins to load its page. */
export const openWindow = (options: {
  readonly preload: string
  readonly icon: string
  readonly developerTools: boolean
}): OpenedWindow => {
  const window = new BrowserWindow({
    center: true,
    width: firstPlace.width,
    height: firstPlace.height,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'CloudAIPilot',
    icon: options.icon,
    backgroundColor: background(),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: options.developerTools,
      spellcheck: false,
      v8CacheOptions: 'code',
    },
  })
  const { webContents } = window
  const loaded = new Promise<void>((resolve) => {
    webContents.once('dom-ready', () => resolve())
    webContents.once('did-fail-load', () => resolve())
    webContents.once('destroyed', () => resolve())
  })
  const painted = new Promise<void>((resolve) => {
    window.once('ready-to-show', () => resolve())
  })
  void window.loadURL(`${origin}/`)
  return { window, loaded, painted }
}

/** Puts a window that is not shown yet where it was, and remembers where it is when it is closed. */
export const placeWindow = (
  window: BrowserWindow,
  wanted: WindowPlace,
  onPlace: (place: WindowPlace) => void,
): void => {
  const place = visiblePlace(
    wanted,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const { x, y, width, height } = place
  if (x !== null && y !== null) window.setBounds({ x, y, width, height })
  else if (width !== firstPlace.width || height !== firstPlace.height) {
    window.setSize(width, height)
    window.center()
  }
  if (place.maximized) window.maximize()
  window.setBackgroundColor(background())
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    const { x, y, width, height } = window.getNormalBounds()
    onPlace({ x, y, width, height, maximized: window.isMaximized() })
  }
  window.on('close', remember)
}
