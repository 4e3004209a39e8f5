import { deploys } from './parts/deploys'
import { github } from './parts/github'
import { providers } from './parts/providers'
import { sshHost } from './parts/ssh-host'
import type { Part } from './stage'

/** All that the demo plays, in its order. A part that fails leaves out its own remaining steps; those after it still play. */
export const demoParts: readonly Part[] = [github, providers, sshHost, deploys]
