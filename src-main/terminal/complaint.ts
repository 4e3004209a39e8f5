import { Failure, type FailureCode } from '../../src-preload/contract/outcome'
import { saidText } from '../../src-preload/contract/plain-text'

/** What failed, why, and what to do, where the terminal itself can help; anything else is explained in the app. */
const words: Partial<Record<FailureCode, (facts: Readonly<Record<string, string>>) => string>> = {
  'not-found': ({ what }) =>
    `There is no ${what ?? 'such thing'} here, or more than one of that name. “cloudaipilot repos” lists what is known.`,
  'invalid-input': () => 'This can’t be asked for. “cloudaipilot help” lists what can.',
  'vault-locked': () => 'The key storage is locked. Open CloudAIPilot and unlock it.',
  'keychain-locked': () => 'The keychain is locked. Unlock it, or open CloudAIPilot to keep secrets elsewhere.',
  unreachable: ({ host }) => `${host ?? 'The host'} can’t be reached. Check the network, then repeat this.`,
  'auth-expired': () => 'The sign-in has expired. Open CloudAIPilot and reconnect the account.',
  'auth-revoked': () => 'Access was taken away. Open CloudAIPilot and reconnect the account.',
}

/** A failure as one line for the terminal. */
export const complaintOf = (error: unknown): string => {
  if (!(error instanceof Failure)) return 'Something unexpected went wrong. Open CloudAIPilot to see more.'
  const say = words[error.code]
  return say === undefined ? `It failed (${error.code}). Open CloudAIPilot to see why.` : saidText(say(error.facts))
}
