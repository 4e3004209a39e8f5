import type { Page } from 'playwright'
import type { SceneName } from './scenes'

/** One picture: a scene, and what a person does before it is taken. */
export interface Shot {
  readonly name: string
  readonly scene: SceneName
  readonly steps?: (page: Page) => Promise<void>
}
