import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'
import { german } from './sign-in-failures.de'

/** Accounts and OAuth: the credential, what it may do, and the way to a new one. */
export const english = {
  'auth-expired': {
    title: ({ get }) =>
      get('reason') === 'answer-lost'
        ? 'The sign-in could not be renewed.'
        : `${ownOf(credentials, get('kind') ?? '') ?? 'Sign-in'} ${get('expiredAt') === null && get('until') === null ? 'no longer accepted' : 'expired'}.`,
    cause: ({ get, provider, day }) => {
      if (get('reason') === 'answer-lost') return lostAnswer(provider)
      const expired = day('expiredAt') ?? day('until')
      return expired === null
        ? `${provider} refused it: it has expired, or was revoked there.`
        : `${provider} no longer accepts it. It expired on ${expired}.`
    },
    fix: 'Sign in again. Your apps stay connected.',
    action: 'reconnect',
  },
  'auth-revoked': {
    title: ({ get }) => `${ownOf(credentials, get('kind') ?? '') ?? 'Access'} revoked.`,
    cause: ({ provider }) =>
      `${provider} no longer accepts it: access was taken away there, or the token was deleted or replaced.`,
    fix: 'Sign in again. Your apps stay connected.',
    action: 'reconnect',
  },
  'expires-soon': {
    title: ({ relative }) => {
      const until = relative('until')
      return until === null ? 'This token ends soon.' : `This token expires ${until}.`
    },
    cause: 'The app can’t renew it: it was made by hand.',
    fix: 'Make a new one there and put it in its place. Your apps stay connected.',
    action: 'replace-token',
    calm: true,
  },
  'scope-missing': {
    title: ({ says }) =>
      says('scope', (scope) => `This account lacks the scope “${scope}”.`, 'This account may do too little.'),
    cause: ({ get, provider }) =>
      get('why') === 'no-person'
        ? 'Without it the app can’t learn whose token it is. Tokens for specific repositories can’t have it, so they do not work here.'
        : (blocked(get('blocks') ?? '') ?? `${provider} answers, but refuses what the app asked for.`),
    fix: ({ get, says }) =>
      get('why') === 'no-person'
        ? `Make a token with access to all repositories and these scopes: ${get('needs') ?? ''}.`
        : says(
            'scope',
            (scope) => `Reconnect and allow “${scope}”.`,
            'Reconnect and allow everything the sign-in page asks for.',
          ),
    action: ({ get }) => (get('why') === 'no-person' ? 'replace-token' : 'reconnect'),
  },
  'sso-required': {
    title: ({ says }) =>
      says('owner', (owner) => `${owner} asks for single sign-on.`, 'An organization asks for single sign-on.'),
    cause: 'Without a single sign-on session its repositories are left out.',
    fix: 'Open the provider’s page, start the session there, then refresh.',
    action: 'manage-access',
    calm: true,
  },
  'repos-hidden': {
    title: 'Repositories not showing.',
    cause: ({ get, says }) =>
      get('why') === 'not-installed'
        ? says(
            'owner',
            (owner) => `The app is not installed for ${owner}, so it sees none of its repositories.`,
            'The app is not installed for any owner yet, so it sees none.',
          )
        : says(
            'owner',
            (owner) => `The app sees only the repositories chosen for it at ${owner}.`,
            'The app sees only the repositories chosen for it.',
          ),
    fix: 'Add the missing ones on the provider’s page, then refresh.',
    action: 'manage-access',
    calm: true,
  },
  'access-denied': {
    title: ({ says }) => says('path', (path) => `This account may not read ${path}.`, 'Access was not given.'),
    cause: ({ get }) =>
      ownOf(deniedBecause, get('why') ?? '') ?? (get('path') === null ? deniedInBrowser : deniedThere),
    fix: ({ says }) =>
      says(
        'path',
        () => 'Ask for access there, or use another account.',
        'Start again and allow access, or sign in another way.',
      ),
    action: 'sign-in-again',
  },
  'client-id-missing': {
    title: ({ host, get }) =>
      get('missing') === 'client-secret'
        ? `The OAuth app for ${host} has no client secret.`
        : `No OAuth app is set up for ${host}.`,
    cause: ({ get }) =>
      get('missing') === 'client-secret'
        ? 'This provider asks for it on the way back from the browser.'
        : 'Signing in through the browser needs the client ID of an app that is registered there once.',
    fix: 'Set up an OAuth app, or connect with a token.',
    action: 'set-up-oauth-app',
    calm: true,
  },
  'client-rejected': {
    title: ({ provider }) => `${provider} does not accept this OAuth app.`,
    cause: ({ says }) =>
      says(
        'detail',
        (detail) => `It says: ${detail}${/[.!?]$/.test(detail) ? '' : '.'}`,
        'The client ID, the client secret or the callback address differs from what is registered there.',
      ),
    fix: 'Compare client ID, client secret and callback address with the registration.',
    action: 'set-up-oauth-app',
  },
  'grant-exists': {
    title: ({ host }) => `The app has an earlier permission at ${host}.`,
    cause: 'The host keeps to what was allowed then, and refuses to widen it.',
    fix: 'Remove the app on the page that was opened (Settings → Applications), then start again.',
    action: 'sign-in-again',
    calm: true,
  },
  'device-flow-disabled': {
    title: ({ provider }) => `${provider} does not offer device codes here.`,
    cause: 'The OAuth app has its device flow switched off, or the host has none.',
    fix: 'Switch it on in the app’s settings there, or sign in another way.',
    action: 'other-ways',
  },
  'sign-in-expired': {
    title: 'This sign-in took too long.',
    cause: 'For safety it is valid for a few minutes only.',
    fix: 'Start again.',
    action: 'sign-in-again',
  },
  'sign-in-mismatch': {
    title: 'That answer belongs to another sign-in.',
    cause: ({ get }) =>
      ownOf(mismatches, get('reason') ?? '') ??
      'It is old, was used before, or was not started here. Nothing was sent.',
    fix: 'Start again and finish in the page that opens.',
    action: 'sign-in-again',
  },
  'callback-unreachable': {
    title: 'The browser could not come back to the app.',
    cause: ({ says }) =>
      says(
        'port',
        (port) => `Port ${port} on this computer is in use.`,
        'No way back could be opened on this computer.',
      ),
    fix: 'Use a device code, or paste the address you land on.',
    action: 'other-ways',
  },
  'callback-outdated': {
    title: ({ host }) => `The OAuth app for ${host} has an old callback address.`,
    cause: 'Several hosts once shared that address. Now each has its own, so that no host gets another one’s answer.',
    fix: ({ says }) =>
      says(
        'callback',
        (callback) => `Register this callback at the host: ${callback} – then save the OAuth app here.`,
        'Register the new callback at the host, then save the OAuth app here.',
      ),
    action: 'set-up-oauth-app',
  },
  'different-person': {
    title: ({ says }) => says('login', (login) => `You signed in as ${login}.`, 'You signed in as somebody else.'),
    cause: 'That is not the person this account belongs to.',
    fix: 'Keep it as an account of its own, or sign in again as the right person.',
    action: 'sign-in-again',
    calm: true,
  },
  'token-kind-refused': {
    title: ({ says, provider }) =>
      says(
        'kind',
        (kind) =>
          kind === 'too-short'
            ? `This is too short to be a ${provider} token.`
            : `This is ${ownOf(kinds, kind) ?? 'no token'}, not a token.`,
        'This kind of token does not work here.',
      ),
    cause: ({ says }) =>
      says('kind', () => 'It was not sent anywhere.', 'It was made for another purpose or another host.'),
    fix: ({ get }) =>
      get('kind') === 'too-short'
        ? 'Copy all of it. Where it is not shown any more, create a new one.'
        : 'Paste a personal access token with the scopes listed above.',
    action: 'replace-token',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

/** What a missing scope keeps from working. */
const blocks: Readonly<Record<string, string>> = {
  listing: 'Private repositories are not listed.',
  cloning: 'Private repositories can’t be cloned.',
}
const blocked = (names: string): string | null =>
  names
    .split(' ')
    .flatMap((name) => ownOf(blocks, name) ?? [])
    .join(' ') || null

/** Why an answer is not taken, where it is more than an old link. */
const mismatches: Readonly<Record<string, string>> = {
  issuer: 'It names another provider than the one that was asked. Nothing was sent.',
  'issuer-missing': 'This host always says who it is, and this answer does not. Nothing was sent.',
  callback: 'It came to the callback address of another host. Nothing was sent.',
  'verification-page':
    'It leads to a page of another host, where the code would let somebody else in. Nothing was opened.',
  'address-missing': 'The whole address is needed, from its beginning. Nothing was sent.',
}

const lostAnswer = (provider: string) =>
  `The answer of ${provider} to the last renewal was lost, because the app or the connection ended before it was here.`

/** What an account signs in with. */
const credentials: Readonly<Record<string, string>> = { oauth: 'OAuth token', token: 'Token' }

/** What was pasted in place of a token. */
const kinds: Readonly<Record<string, string>> = {
  'ssh-key': 'an SSH key',
  address: 'an address',
  'e-mail': 'an e-mail address',
  password: 'a password',
}

const deniedInBrowser = 'Somebody pressed “Cancel” or “Deny” on the sign-in page.'
const deniedThere = 'The host knows who you are, and refuses.'

const deniedBecause: Readonly<Record<string, string>> = {
  'git-login': 'The provider accepts this account, but not for git. Cloning by HTTPS may be switched off there.',
  code: 'The account sees that it exists, but may not read its code.',
  password: 'The server did not accept the user or the key.',
}

export const signInFailures = translateFailures(english, german)
