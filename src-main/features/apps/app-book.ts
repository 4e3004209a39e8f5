import type { App } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import type { Store } from '../../storage/store'
import type { Values } from './app-settings'
import { type AppRecord, type AppsDocument, variablesName } from './apps-document'

/** The apps as they are kept. */
export interface AppBook {
  all(): readonly AppRecord[]
  /** @throws Failure `not-found` */
  get(id: string): AppRecord
  find(id: string): AppRecord | null
  /** Durable when it resolves. */
  put(record: AppRecord): Promise<void>
  change(id: string, fields: (record: AppRecord) => Partial<AppRecord>): Promise<AppRecord>
  remove(id: string): Promise<void>
  /** Values of the app's variables; what is not in the vault is left out. */
  values(id: string): Promise<Values>
  setValues(id: string, values: Values): Promise<void>
}

/** @param changed told after every change */
export const createAppBook = (store: Store<AppsDocument>, vault: Vault, changed: () => void): AppBook => {
  const find = (id: string) => store.read().apps.find((app) => app.id === id) ?? null
  const get = (id: string): AppRecord => {
    const record = find(id)
    if (record === null) throw new Failure('not-found', { what: 'app' })
    return record
  }
  const update = async (change: (apps: readonly AppRecord[]) => readonly AppRecord[]) => {
    await store.update((document) => ({ ...document, apps: [...change(document.apps)] }))
    changed()
  }
  return {
    all: () => store.read().apps,
    get,
    find,
    put: (record) =>
      update((apps) =>
        apps.some(({ id }) => id === record.id)
          ? apps.map((app) => (app.id === record.id ? record : app))
          : [...apps, record],
      ),
    change: async (id, fields) => {
      get(id)
      await update((apps) => apps.map((app) => (app.id === id ? { ...app, ...fields(app) } : app)))
      return get(id)
    },
    remove: (id) => update((apps) => apps.filter((app) => app.id !== id)),
    values: async (id) => {
      const names = get(id).variables
      if (names.length === 0) return {}
      const kept = await vault.get(variablesName(id))
      if (kept === null) return {}
      const values: unknown = JSON.parse(kept.reveal())
      return Object.fromEntries(
        Object.entries(values ?? {}).filter(
          (entry): entry is [string, string] => names.includes(entry[0]) && typeof entry[1] === 'string',
        ),
      )
    },
    setValues: async (id, values) => {
      if (Object.keys(values).length === 0) await vault.delete(variablesName(id))
      else await vault.set(variablesName(id), new Secret(JSON.stringify(values)))
    },
  }
}

/** An app as the window sees it. */
export const presentApp = (record: AppRecord, reason: App['reason']): App => {
  const { modules: _, key: __, placed: ___, reported: ____, seen, ...facts } = record
  const lastDeploy = seen?.lastDeploy ?? null
  const current = seen?.current ?? null
  const stateOf = (): App['state'] => {
    switch (lastDeploy?.state) {
      case 'queued':
      case 'running':
        return 'deploying'
      case 'unknown':
        return 'unknown'
      case 'failed':
        return 'failed'
      default:
        return current === null ? (seen === null ? 'unknown' : 'never-deployed') : 'live'
    }
  }
  return { ...facts, state: stateOf(), reason: reason ?? lastDeploy?.failure ?? null, current, lastDeploy }
}
