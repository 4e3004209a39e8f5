import { BrowserWindow, nativeTheme, screen } from 'electron'
import { origin } from './app-origin'
import { unusedPageFeatures } from './unused-page-features'

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

/** Opens the one window where it was, and shows it as soon as it has something to show. */
export const openWindow = (options: {
  readonly preload: string
  readonly icon: string
  readonly place: WindowPlace
  readonly developerTools: boolean
}): BrowserWindow => {
  const { x, y, width, height, maximized } = visiblePlace(
    options.place,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...(x === null || y === null ? { center: true } : { x, y }),
    width,
    height,
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
      disableBlinkFeatures: unusedPageFeatures,
      v8CacheOptions: 'code',
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  void window.loadURL(`${origin}/`)
  return window
}

/** Where a window is now, or null while it has no place of its own. */
export const placeOf = (window: BrowserWindow): WindowPlace | null => {
  if (window.isDestroyed() || window.isMinimized()) return null
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, maximized: window.isMaximized() }
}
