import { Secret } from '../secret'
import type { KeyHolder } from './key-holder'

/** Keeps the key in memory: with the app, everything in the vault is gone. */
export const createSessionHolder = (): KeyHolder<'session'> => {
  let kept: Secret | null = null
  return {
    name: 'session',
    title: null,
    available: async () => true,
    keep: async (_, key) => {
      kept = new Secret(key.reveal())
      return { name: 'session' }
    },
    fetch: async () => kept,
    forget: async () => {
      kept = null
    },
    dismiss: () => {},
  }
}
