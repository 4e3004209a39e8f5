import type { WebFrameMain } from 'electron'
import { origin } from '../shell/app-origin'

/**
 * Whether a message comes from the main frame of one of our own windows at our own origin.
 * `frame` has to be read from the event before anything is awaited: since Electron 33 it can be gone afterwards.
 */
export const isTrusted = (frame: WebFrameMain | null): boolean => {
  if (frame === null || frame.parent !== null) return false
  try {
    const url = new URL(frame.url)
    // A custom scheme has the opaque origin "null" in Node's URL, so scheme and host are compared themselves.
    return `${url.protocol}//${url.host}` === origin
  } catch {
    return false
  }
}
