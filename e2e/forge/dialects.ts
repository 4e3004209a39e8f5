import { bitbucket } from './bitbucket/index'
import type { Dialect, DialectId } from './forge-state'
import { forgejo, gitea } from './gitea/index'
import { github } from './github/index'
import { gitlab } from './gitlab/index'

/** Every provider the forge can behave like. */
export const dialects: Readonly<Record<DialectId, Dialect>> = {
  github,
  gitlab,
  bitbucket,
  gitea,
  forgejo,
}
