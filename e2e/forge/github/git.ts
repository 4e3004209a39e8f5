import { basicAuth } from '../call'
import type { Credential } from '../credentials'
import { atLeast, repositoryPath } from '../entities'
import { type GitPolicy, gitEndpoint, knownToken } from '../git-endpoint'
import { text } from '../reply'
import { sight } from './reach'

/** What a credential that has permissions instead of scopes may do with the contents. */
const mayTouch = (credential: Credential, writing: boolean): boolean => {
  const held = credential.permissions?.contents
  return credential.permissions === null || held === 'write' || (!writing && held === 'read')
}

const policy: GitPolicy = {
  realm: 'GitHub',
  refusal: 'Invalid username or token. Password authentication is not supported for Git operations.',

  /** The token is the password, whatever the user is called; it may stand as the user when there is no password. */
  asker: (call) => {
    const basic = basicAuth(call.headers.authorization)
    if (!basic) return { kind: 'nobody' }
    const alone = basic.password === '' || basic.password === 'x-oauth-basic'
    return knownToken(call.forge, alone ? basic.user : basic.password)
  },

  judge: (forge, credential, repository, writing) => {
    const seen = repository ? sight(forge, credential, repository) : null
    if (seen?.kind === 'sso') {
      const { login } = seen.organization
      return text(
        403,
        `The '${login}' organization has enabled or enforced SAML SSO.\nTo access this repository, visit ${forge.address}/orgs/${login}/sso and try your request again.`,
      )
    }
    if (!repository || seen?.kind !== 'seen') return credential ? text(404, 'Repository not found.') : 'challenge'
    if (writing && !credential) return 'challenge'
    if (writing && repository.archived) return text(403, 'This repository was archived so it is read-only.')
    const permitted = !credential || mayTouch(credential, writing) || (!writing && !repository.private)
    return permitted && (!writing || atLeast(seen.role, 'write'))
      ? null
      : text(403, `Permission to ${repositoryPath(repository)}.git denied to ${credential?.person.login}.`)
  },
}

/** Git over http. `.git` may be left out, as on GitHub. */
export const gitRoutes = gitEndpoint(policy)
