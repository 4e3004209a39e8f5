import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { contract, events } from './contract'
import { opened } from './opened'
import { stayOnPage } from './stay'

stayOnPage(window)

/** The one channel for announcements. Its payload names the event, so that preload holds one listener per subscription. */
const announcements = 'announce'

/** The first question makes main read its larger part; what the page asks meanwhile waits for that. */
let answering: Promise<unknown> | null = null
const whenAnswering = () => {
  answering ??= ipcRenderer.invoke(opened)
  return answering
}

const methods = Object.fromEntries(
  Object.entries(contract).map(([feature, featureMethods]) => [
    feature,
    Object.fromEntries(
      Object.keys(featureMethods).map((name) => [
        name,
        (input: unknown) => whenAnswering().then(() => ipcRenderer.invoke(`${feature}.${name}`, input)),
      ]),
    ),
  ]),
)

const on = (event: string, listener: (payload: unknown) => void) => {
  if (!Object.hasOwn(events, event)) throw new TypeError(`There is no announcement "${event}"`)
  const relay = (_: IpcRendererEvent, name: string, payload: unknown) => {
    if (name === event) listener(payload)
  }
  ipcRenderer.on(announcements, relay)
  return () => {
    ipcRenderer.off(announcements, relay)
  }
}

contextBridge.exposeInMainWorld('bridge', { ...methods, on })
