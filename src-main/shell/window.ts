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

/** Opens the one window. It is shown by its first paint, not before. */
export const openWindow = (options: {
  readonly preload: string
  readonly icon: string
  readonly place: WindowPlace
  readonly developerTools: boolean
  readonly show: boolean
  readonly onPlace: (place: WindowPlace) => void
}): BrowserWindow => {
  const place = visiblePlace(
    options.place,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...(place.x === null || place.y === null ? { center: true } : { x: place.x, y: place.y }),
    width: place.width,
    height: place.height,
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
  if (place.maximized) window.maximize()
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    const { x, y, width, height } = window.getNormalBounds()
    options.onPlace({ x, y, width, height, maximized: window.isMaximized() })
  }
  window.on('close', remember)
  window.once('ready-to-show', () => {
    if (options.show) window.show()
  })
  void window.loadURL(`${origin}/`)
  return window
}
