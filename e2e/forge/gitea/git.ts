import { basicAuth } from '../call'
import { atLeast } from '../entities'
import { type GitPolicy, gitEndpoint, knownToken } from '../git-endpoint'
import { text } from '../reply'
import { has } from './scopes'

const policy = (realm: string): GitPolicy => ({
  realm,
  refusal: 'Unauthorized',

  /** The token as password with any user name, or as the user name without a password. */
  asker: (call) => {
    const basic = basicAuth(call.headers.authorization)
    if (!basic) return { kind: 'nobody' }
    const alone = basic.password === '' || basic.password === 'x-oauth-basic'
    return knownToken(call.forge, alone ? basic.user : basic.password)
  },

  judge: (forge, credential, repository, writing) => {
    if (!credential && forge.settings.signInRequired) return 'challenge'
    const role = repository && forge.world.role(credential?.person ?? null, repository)
    if (!repository || !role) return credential ? text(404, 'Not found.') : 'challenge'
    if (!credential) return writing ? 'challenge' : null
    if (!has(credential, writing ? 'write:repository' : 'read:repository')) return text(403, 'Forbidden')
    if (!writing) return null
    if (repository.archived)
      return text(
        403,
        'This repo is archived. You can view files and clone it, but cannot push or open issues/pull-requests.',
      )
    return atLeast(role, 'write') ? null : text(403, 'User permission denied for writing.')
  },
})

/** Git over http, under the name of Gitea or of Forgejo. */
export const gitRoutes = (realm: 'Gitea' | 'Forgejo') => gitEndpoint(policy(realm))
