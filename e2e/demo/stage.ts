import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { PersonsBrowser } from './browser'
import type { Steps } from './steps'

/** Where the demo plays: the app, its window, a person's browser, and what is told of it. */
export interface Stage {
  readonly app: ElectronApplication
  readonly window: Page
  readonly browser: PersonsBrowser
  readonly steps: Steps
  /** Takes a picture; pictures are numbered in the order in which they are taken. */
  picture(page: Page, name: string): Promise<void>
  /** What is to be ended after the last step. */
  onEnd(end: () => Promise<unknown>): void
}

/** A piece of the demo: what one kind of person came for. */
export interface Part {
  /** How many steps it has. */
  readonly steps: number
  /** Environment that the app is started with, e.g. which OAuth apps there are. Called before the app starts. */
  readonly prepare: (onEnd: Stage['onEnd']) => Promise<{
    readonly env: Readonly<Record<string, string>>
    readonly play: (stage: Stage) => Promise<void>
  }>
}

/** Numbers pictures and puts them into a folder. */
export const createPictures = (folder: string) => {
  let taken = 0
  return async (page: Page, name: string): Promise<void> => {
    taken += 1
    await page.screenshot({ path: join(folder, `${String(taken).padStart(2, '0')}-${name}.png`) })
  }
}
