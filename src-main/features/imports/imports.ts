import { randomUUID } from 'node:crypto'
import type { Detected } from '../../../src-preload/contract/entities/provider'
import type { FoundLogin, imports } from '../../../src-preload/contract/imports'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { signIns } from '../../../src-preload/contract/sign-ins'
import type { Secret } from '../../credentials/secret'
import { readGhLogins, readGitLogins, readGlabLogins, type StoredLogin } from './stored-logins'

/** What imports need from this computer and from the rest of the app. */
export interface ImportParts {
  /** Content of a file, or null where there is none. @throws Failure `storage-failed` */
  readonly read: (file: string) => Promise<string | null>
  /** Where those programs keep their files. */
  readonly files: { readonly gh: string; readonly glab: string; readonly git: readonly string[] }
  /** Asks gh for a token that it keeps in the keychain; null when it has none. */
  readonly askGh: (host: string, login: string) => Promise<Secret | null>
  /** Asks git's own helpers for logins at these addresses, without a question to the person. */
  readonly askHelpers: (origins: readonly string[]) => Promise<readonly StoredLogin[]>
  /** Addresses that every install knows, e.g. `https://git.example`. */
  readonly presets: readonly string[]
  readonly detect: (address: string) => Promise<Detected>
  /** Connects by a token, as the wizard does. */
  readonly connect: Handlers<typeof signIns>['connectWithToken']
}

/** @see imports */
export const createImports = (
  parts: ImportParts,
): Handlers<typeof imports> & {
  /** One of the logins that the last look found. @throws Failure `not-found` */
  readonly found: (id: string) => FoundLogin
} => {
  /** What the last look found; the tokens stay here. */
  let found: ReadonlyMap<string, StoredLogin> = new Map()
  const readAll = async (file: string, readOne: (text: string) => readonly StoredLogin[]) => {
    const text = await parts.read(file)
    return text === null ? [] : readOne(text)
  }
  const find = (id: string): StoredLogin => {
    const login = found.get(id)
    if (login === undefined) throw new Failure('not-found', { what: 'login' })
    return login
  }
  return {
    found: (id) => {
      const { source, host, login } = find(id)
      return { id, source, host, login }
    },
    look: async () => {
      const { gh, glab, git } = parts.files
      const logins = await Promise.all([
        readAll(gh, readGhLogins),
        readAll(glab, readGlabLogins),
        ...git.map((file) => readAll(file, readGitLogins)),
        parts.askHelpers(parts.presets),
      ])
      const all = logins.flat()
      // git's plain file is one of its helpers.
      const once = all.filter(
        ({ source, host, login }) =>
          source !== 'git-helper' ||
          !all.some((other) => other.source === 'git-credentials' && other.host === host && other.login === login),
      )
      const fresh = once.map((login) => [randomUUID(), login] as const)
      found = new Map(fresh)
      return fresh.map(([id, { source, host, login }]) => ({ id, source, host, login }))
    },
    take: async ({ id }) => {
      const login = find(id)
      const token = login.token ?? (await parts.askGh(new URL(login.host).host, login.login))
      if (token === null) throw new Failure('not-found', { what: 'token' })
      const { provider, host } = await parts.detect(login.host)
      if (provider === null) throw new Failure('not-a-forge', { host: login.host })
      return parts.connect({ provider, host, token: token.reveal(), username: login.login, reconnects: null })
    },
  }
}
