import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { DeployLogChunk } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'
import { formatBytes } from '../../ui/numbers'
import { words } from './deploy-words'

/** One line of a log. */
export type LogLine = DeployLogChunk['lines'][number]

/** The log of one deploy as far as it is here. */
export interface DeployLogState {
  readonly lines: readonly LogLine[]
  /** False until the log was read to its present end for the first time. */
  readonly read: boolean
  readonly failure: FailureData | null
}

/** What was left out stands as a line of its own in the log. */
const shown = (line: LogLine): LogLine =>
  line.cutBytes === undefined ? line : { ...line, text: words.cut(formatBytes(line.cutBytes)) }

type LogApi = { readonly apps: Pick<Api['apps'], 'log'>; readonly on: Api['on'] }

/** The log of one deploy: read from its start, then followed. Lines that come twice or too early do no harm. */
export const createDeployLogStore = (api: LogApi, deploy: { readonly appId: string; readonly deployId: string }) => {
  const store = createStore<DeployLogState>(() => ({ lines: [], read: false, failure: null }))
  let reading = false
  let again = false

  /** Adds what is new in a chunk. False when lines before it are missing. */
  const append = (chunk: DeployLogChunk): boolean => {
    const { lines } = store.getState()
    if (chunk.from > lines.length) return false
    const fresh = chunk.lines.slice(lines.length - chunk.from)
    if (fresh.length > 0) store.setState({ lines: [...lines, ...fresh.map(shown)] })
    return true
  }

  /** Reads from the first line that is missing until nothing more comes. */
  const load = async (): Promise<void> => {
    if (reading) {
      again = true
      return
    }
    reading = true
    store.setState({ failure: null })
    try {
      do {
        again = false
        for (;;) {
          const from = store.getState().lines.length
          const chunk = await api.apps.log({ ...deploy, from })
          if (chunk.lines.length === 0) break
          append(chunk)
          // Nothing new in an answer that is not empty: asking again would never end.
          if (store.getState().lines.length === from) break
        }
      } while (again)
      store.setState({ read: true })
    } catch (error) {
      store.setState({ read: true, failure: toFailure(error) })
    } finally {
      reading = false
    }
  }

  return {
    store,
    load,
    start: () => {
      const stop = api.on('deploys.log', (chunk) => {
        if (chunk.deployId !== deploy.deployId || chunk.appId !== deploy.appId) return
        if (!append(chunk)) void load()
      })
      void load()
      return stop
    },
  }
}
