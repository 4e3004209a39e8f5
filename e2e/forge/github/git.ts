import { cloneUrl } from '../addresses'
import { basicAuth, type Call } from '../call'
import type { Credential } from '../credentials'
import { atLeast } from '../entities'
import { gitService, serveGit } from '../git-http'
import { type Reply, redirect, text } from '../reply'
import { type Route, route } from '../router'
import { sight } from './reach'

const challenge = (): Reply =>
  text(401, 'Repository not found or authentication required.', { 'www-authenticate': 'Basic realm="GitHub"' })

/** The token is the password, whatever the user is called; it may stand as the user when there is no password. */
const tokenOf = (call: Call): string | null => {
  const basic = basicAuth(call.headers.authorization)
  if (!basic) return null
  return basic.password === '' || basic.password === 'x-oauth-basic' ? basic.user : basic.password
}

const mayWrite = (credential: Credential): boolean =>
  credential.permissions === null || ['write', 'admin'].includes(credential.permissions.contents ?? '')

const mayRead = (credential: Credential): boolean =>
  credential.permissions === null || credential.permissions.contents !== undefined

const git = async (call: Call): Promise<Reply | null> => {
  const { forge } = call
  const suffix = call.params.suffix ?? ''
  const service = gitService(call, suffix)
  if (!service) return text(403, 'Please upgrade your git client.')
  const writing = service === 'git-receive-pack'
  const value = tokenOf(call)
  const credential = value === null ? null : forge.credentials.find(value)
  if (value !== null && (!credential || credential.kind === 'refresh' || !forge.credentials.usable(credential))) {
    return text(401, 'Invalid username or token. Password authentication is not supported for Git operations.', {
      'www-authenticate': 'Basic realm="GitHub"',
    })
  }
  const path = `${call.params.owner}/${call.params.repo?.replace(/\.git$/, '')}`
  const repository = forge.world.findRepository(path)
  const moved = repository ? null : forge.world.formerly(path)
  if (moved && sight(forge, credential, moved).kind === 'seen') {
    return redirect(`${cloneUrl(forge, moved)}/${suffix}${call.query.size > 0 ? `?${call.query}` : ''}`, 301)
  }
  const seen = repository ? sight(forge, credential, repository) : null
  if (seen?.kind === 'sso') {
    const { login } = seen.organization
    const words = `The '${login}' organization has enabled or enforced SAML SSO. To access this repository, visit ${forge.address}/orgs/${login}/sso and try your request again.`
    return text(403, words)
  }
  if (!repository || seen?.kind !== 'seen') return credential ? text(404, 'Repository not found.') : challenge()
  if (writing && !credential) return challenge()
  if (credential && !(writing ? mayWrite(credential) : mayRead(credential) || !repository.private)) {
    return text(403, `Permission to ${path}.git denied to ${credential.person.login}.`)
  }
  if (writing && repository.archived) return text(403, 'This repository was archived so it is read-only.')
  if (writing && !atLeast(seen.role, 'write'))
    return text(403, `Permission to ${path}.git denied to ${credential?.person.login}.`)
  if (credential) credential.lastUsedAt = forge.clock.now()
  const updates = await serveGit(call, repository, suffix, credential?.person.login ?? '')
  if (credential && updates.length > 0) void forge.pushed(repository, credential.person, updates)
  return null
}

/** Git over http. `.git` may be left out, as on GitHub. */
export const gitRoutes: readonly Route[] = [
  route('GET /:owner/:repo/*suffix', git),
  route('POST /:owner/:repo/*suffix', git),
]
