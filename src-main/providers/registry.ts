import { bitbucket } from './bitbucket'
import { gitea } from './gitea'
import { github } from './github'
import { gitlab } from './gitlab'
import type { Provider } from './provider'

/** Every provider, in the order in which they are offered. Adding one is one folder and one line here. */
export const providers: readonly Provider[] = [github, gitlab, bitbucket, gitea]

/** The provider of that id, or null. */
export const findProvider = (id: string): Provider | null => providers.find((provider) => provider.id === id) ?? null
