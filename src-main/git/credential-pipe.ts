import type { ChildProcess } from 'node:child_process'
import { Writable } from 'node:stream'
import { Failure } from '../../src-preload/contract/outcome'
import type { GitSetting } from './environment'
import type { GitCredential } from './transport'

/**
 * Hands a credential to one git process, so that it stands in no argument, environment or file, and is given out only
 * when git asks for the one origin that it belongs to (gitcredentials(7), "credential.<url>.helper").
 */
export interface CredentialPipe {
  readonly settings: readonly GitSetting[]
  readonly environment: Readonly<Record<string, string>>
  /** How many more pipes git is started with, from file descriptor 3 on. */
  readonly descriptors: number
  /** Gives the started process what it needs. */
  readonly feed: (git: ChildProcess) => void
  readonly close: () => Promise<void>
}

/** Prepares the hand-over of credentials to one process, each for its own origin. */
export type OpenCredentialPipe = (...credentials: readonly GitCredential[]) => Promise<CredentialPipe>

/** The answer of a credential helper (git-credential(1), "INPUT/OUTPUT FORMAT"). A line break in a value would start another attribute. */
export const credentialAnswer = ({ username, password }: GitCredential): string => {
  const secret = password.reveal()
  if (/[\r\n\0]/.test(username + secret)) throw new Failure('invalid-input', { field: 'credential' })
  return `username=${username}\npassword=${secret}\n`
}

/** `cat` and no loop of the shell's own: a shell without `printf` inside would start it with the password as argument. */
const helper = (descriptor: number) => `!f() { test "$1" = get && cat <&${descriptor}; :; }; f`

/**
 * The helper that POSIX systems have without any program of ours: every process below git inherits descriptor 3, and a
 * shell function reads the answer from it. Each can be read once; a second question gets an empty answer and git gives up.
 */
export const inheritedPipe: OpenCredentialPipe = async (...credentials) => {
  const answers = credentials.map(credentialAnswer)
  return {
    settings: credentials.map(({ origin }, index) => [`credential.${origin}.helper`, helper(3 + index)]),
    environment: {},
    descriptors: credentials.length,
    feed: (git) => {
      for (const [index, answer] of answers.entries()) {
        const pipe = git.stdio[3 + index]
        if (!(pipe instanceof Writable)) continue
        // git may end without having asked.
        pipe.on('error', () => undefined)
        pipe.end(answer)
      }
    },
    close: async () => undefined,
  }
}
