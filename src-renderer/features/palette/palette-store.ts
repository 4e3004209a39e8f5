import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import type { Command } from '../../route'

/** The command palette: open or not, what was typed, and the repositories that fit. */
export interface PaletteState {
  readonly open: boolean
  readonly text: string
  readonly repositories: readonly Repository[]
  /** A clone address that was on the clipboard when it was opened. */
  readonly copied: { readonly name: string; readonly to: string } | null
}

/** Repositories offered beside the commands. */
const most = 6

/** Whether every typed word stands somewhere in the command's words. */
export const fits = ({ label, group, keywords = '' }: Command, text: string): boolean => {
  const words = `${group} ${label} ${keywords}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

export const createPalette = (
  repositories: Pick<Api['repositories'], 'query'>,
  system: Pick<Api['system'], 'clipboardOffer'>,
) => {
  const store = createStore<PaletteState>(() => ({ open: false, text: '', repositories: [], copied: null }))
  let asked = 0
  return {
    store,
    /** Opens it empty, or closes it. Only opening looks at the clipboard. @throws Failure */
    toggle: async (): Promise<void> => {
      const open = !store.getState().open
      store.setState({ open, text: '', repositories: [], copied: null })
      if (open) store.setState({ copied: await system.clipboardOffer() })
    },
    close: () => store.setState({ open: false }),
    /** Commands fit at once; repositories follow as soon as the index has answered. @throws Failure */
    type: async (text: string): Promise<void> => {
      const turn = ++asked
      store.setState({ text })
      if (text.trim() === '') return store.setState({ repositories: [] })
      const slice = await repositories.query({ text, limit: most })
      if (turn === asked) store.setState({ repositories: slice.rows })
    },
  }
}
