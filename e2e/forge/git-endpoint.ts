import { cloneUrl } from './addresses'
import type { Call } from './call'
import type { Credential } from './credentials'
import type { Repository } from './entities'
import type { ForgeState } from './forge-state'
import { gitService, serveGit } from './git-http'
import { type Reply, redirect, text, withHeaders } from './reply'
import { type Route, route } from './router'

/** Who a git request comes from: nobody, somebody whose credential does not hold, or a live credential. */
export type GitAsker = { readonly kind: 'nobody' | 'bad' } | { readonly kind: 'known'; readonly credential: Credential }

/** What a provider decides about git over http; the rest is the same everywhere. */
export interface GitPolicy {
  /** The name in `WWW-Authenticate: Basic realm="..."`, by which clients tell providers apart. */
  readonly realm: string
  /** Words of the 401. */
  readonly refusal: string
  asker(call: Call): GitAsker
  /** Null to let it through; else the answer, `'challenge'` for the 401 that asks for a credential. */
  judge(
    forge: ForgeState,
    credential: Credential | null,
    repository: Repository | null,
    writing: boolean,
  ): Reply | 'challenge' | null
}

/** A live credential for a token's value, or `bad`. Refresh tokens open nothing. */
export function knownToken(forge: ForgeState, value: string): GitAsker {
  const credential = forge.credentials.find(value)
  return credential && credential.kind !== 'refresh' && forge.credentials.usable(credential)
    ? { kind: 'known', credential }
    : { kind: 'bad' }
}

/** Git over http below `/:path/(.git)/info/refs` and the services. The path may have any number of segments. */
export function gitEndpoint(policy: GitPolicy): readonly Route[] {
  const challenge = (): Reply =>
    withHeaders(text(401, policy.refusal), { 'www-authenticate': `Basic realm="${policy.realm}"` })

  const handle =
    (suffix: string) =>
    async (call: Call): Promise<Reply | null> => {
      const { forge } = call
      const service = gitService(call, suffix)
      if (!service) return text(403, 'Please upgrade your git client.')
      const asker = policy.asker(call)
      if (asker.kind === 'bad') return challenge()
      const credential = asker.kind === 'known' ? asker.credential : null
      const path = (call.params.path ?? '').replace(/\.git$/, '')
      const found = forge.world.findRepository(path)
      const repository = found ?? forge.world.formerly(path)
      const verdict = policy.judge(forge, credential, repository, service === 'git-receive-pack')
      if (verdict === 'challenge') return challenge()
      if (verdict) return verdict
      if (!repository) return text(404, 'Not found')
      if (!found) {
        const query = call.query.size > 0 ? `?${call.query}` : ''
        return redirect(`${cloneUrl(forge, repository)}/${suffix}${query}`, 301)
      }
      if (credential) credential.lastUsedAt = forge.clock.now()
      const updates = await serveGit(call, repository, suffix, credential?.person.login ?? '')
      if (credential && updates.length > 0) void forge.pushed(repository, credential.person, updates)
      return null
    }

  return [
    route('GET /*path/info/refs', handle('info/refs')),
    route('POST /*path/git-upload-pack', handle('git-upload-pack')),
    route('POST /*path/git-receive-pack', handle('git-receive-pack')),
  ]
}
