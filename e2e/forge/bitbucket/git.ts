import { basicAuth } from '../call'
import { atLeast } from '../entities'
import { type GitPolicy, gitEndpoint, knownToken } from '../git-endpoint'
import { text } from '../reply'
import { has, NEEDS } from './scopes'

const policy: GitPolicy = {
  realm: 'Bitbucket.org HTTP',
  refusal: 'Invalid credentials. You may have used your account password or an app password; use an API token instead.',

  /** The user name tells the kind of token: a name that does not fit it is refused, the e-mail address too. */
  asker: (call) => {
    const basic = basicAuth(call.headers.authorization)
    if (!basic) return { kind: 'nobody' }
    const asker = knownToken(call.forge, basic.password)
    if (asker.kind !== 'known') return asker
    const { kind, person } = asker.credential
    const names = kind === 'personal' ? ['x-bitbucket-api-token-auth', person.login] : ['x-token-auth']
    return names.includes(basic.user) ? asker : { kind: 'bad' }
  },

  judge: (forge, credential, repository, writing) => {
    const role = repository && forge.world.role(credential?.person ?? null, repository)
    if (!repository || !role) return credential ? text(404, 'Repository not found') : 'challenge'
    if (!credential) return writing ? 'challenge' : null
    if (!has(credential, writing ? NEEDS.write : NEEDS.read)) {
      return text(403, 'Your credentials lack one or more required privilege scopes.')
    }
    return !writing || atLeast(role, 'write') ? null : text(403, 'You do not have write access to this repository.')
  },
}

/** Git over https. */
export const gitRoutes = gitEndpoint(policy)
