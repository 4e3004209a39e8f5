import { basicAuth } from '../call'
import { atLeast } from '../entities'
import { type GitPolicy, gitEndpoint, knownToken } from '../git-endpoint'
import { text } from '../reply'

const MISSING = 'The project you were looking for could not be found or you don’t have permission to view it.'

const policy: GitPolicy = {
  realm: 'GitLab',
  refusal: 'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect.',

  /** Any user name with the token as password; `oauth2` is the one recommended. */
  asker: (call) => {
    const basic = basicAuth(call.headers.authorization)
    return basic ? knownToken(call.forge, basic.password) : { kind: 'nobody' }
  },

  judge: (forge, credential, repository, writing) => {
    const role = repository && forge.world.role(credential?.person ?? null, repository)
    const scopes = writing ? ['api', 'write_repository'] : ['api', 'write_repository', 'read_repository']
    if (!repository || !role) return credential ? text(404, MISSING) : 'challenge'
    if (!credential) return writing ? 'challenge' : null
    if (!scopes.some((scope) => credential.scopes.includes(scope))) {
      return text(403, 'HTTP Basic: Access denied. The token has no scope for this operation.')
    }
    if (!writing) return null
    if (repository.archived) return text(403, 'You are not allowed to push code to an archived project.')
    return atLeast(role, 'write') ? null : text(403, 'You are not allowed to push code to this project.')
  },
}

/** Git over http, at the whole path of the project. */
export const gitRoutes = gitEndpoint(policy)
