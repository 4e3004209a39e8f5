import { array, type InferOutput, object, picklist, string } from 'valibot'
import { SignIn } from './entities/sign-in'
import { method, nothing } from './method'
import { Id } from './text'

/** A login that another program keeps on this computer. Its token stays in main. */
export const FoundLogin = object({
  /** Good until the next look. */
  id: string(),
  /**
   * GitHub's and GitLab's own programs, git's plain file of passwords, and its helpers, such as Git Credential Manager or
   * one that asks the keychain.
   */
  source: picklist(['gh', 'glab', 'git-credentials', 'git-helper']),
  /** Base address, without a trailing slash. */
  host: string(),
  /** Empty where the program does not say. */
  login: string(),
})
export type FoundLogin = InferOutput<typeof FoundLogin>

/** Logins of other programs; looked at only when a person asks, and taken over one by one. */
export const imports = {
  /** What there is. A program that is not there has none; a file that can't be read is a failure. @throws `storage-failed` */
  look: method(nothing, array(FoundLogin)),
  /** Connects an account by one of them, as if its token had been pasted. @throws `not-found`, `not-a-forge` */
  take: method(object({ id: Id }), SignIn),
}
