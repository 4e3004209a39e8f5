import type { Api, Bridge } from '../src-preload/contract'
import { createApi } from './client'

declare global {
  interface Window {
    /** Put there by preload before any script of the page runs. */
    readonly bridge: Bridge
  }
}

/** The one client of this window. */
export const api: Api = createApi(window.bridge)
