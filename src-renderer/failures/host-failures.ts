import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { language } from '../language'
import { formatNoun } from '../ui/numbers'
import { german, certificateReasons as germanReasons } from './host-failures.de'
import { onlyOther } from './proxy-offers'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'

/** The network, and what a host answers. */
export const english = {
  'not-found': {
    title: ({ get, says }) =>
      ownOf(missingThings, get('what') ?? '') ??
      says('path', (path) => `${path} is not there.`, 'That is not there any more.'),
    cause: ({ get }) =>
      ownOf(missingThings, get('what') ?? '') === undefined
        ? 'It was deleted or renamed, or this account may not see it.'
        : 'It was removed meanwhile, or is not running.',
    fix: 'Refresh, or check which repositories the account may see.',
    action: 'manage-access',
  },
  moved: {
    title: 'Repository moved.',
    cause: ({ says }) =>
      `${says('path', (path) => path, 'It')} ${says('to', (to) => `is now ${to}.`, 'was renamed or given to another owner.')}`,
    fix: 'Refresh to use its new address.',
    action: 'retry',
    calm: true,
  },
  unreachable: {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} can’t be reached.`,
    cause: ({ get, says }) =>
      ownOf(tlsReasonsInEnglish, get('why') ?? '') ??
      says(
        'proxy',
        (proxy) =>
          get('why') === 'refused'
            ? `The proxy ${proxy} refused the connection.`
            : `There was no answer through the proxy ${proxy}.`,
        ownOf(unreachedReasonsInEnglish, get('why') ?? '') ?? 'The connection could not be made.',
      ),
    fix: ({ get }) =>
      get('why') === 'not-tls' || (get('why') === 'refused' && get('proxy') === null)
        ? 'Check the address and port, and whether the service is running.'
        : 'Check the network, VPN and proxy, then try again.',
    action: 'retry',
    calm: true,
  },
  'host-not-found': {
    title: 'Host not found.',
    cause: ({ host }) => `The network you are in knows no host called ${host === 'the host' ? 'that' : host}.`,
    fix: 'Check the spelling, or connect to the VPN it belongs to.',
    action: 'retry',
  },
  'timed-out': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} took too long.`,
    cause: 'It accepted the connection, but did not answer in time.',
    fix: 'Try again. If it stays slow, the host may be overloaded.',
    action: 'retry',
    calm: true,
  },
  'rate-limited': {
    title: ({ provider, time }) => {
      const until = time('until')
      return `${provider} asks to wait${until === null ? '' : ` until ${until}`}.`
    },
    cause: ({ relative }) => {
      const until = relative('until')
      return `Too many requests were made.${until === null ? '' : ` It accepts more ${until}.`}`
    },
    fix: 'Lists and checks continue automatically. Anything else can be tried again then.',
    action: 'retry',
    calm: true,
  },
  'access-restricted': {
    title: ({ get, says, provider }) =>
      get('why') === 'refused'
        ? `${provider} refused the request.`
        : get('what') === 'deploy-keys'
          ? 'Deploy keys are switched off there.'
          : says('owner', (owner) => `${owner} blocks this app.`, 'An organization blocks this app.'),
    cause: ({ get, says }) =>
      get('why') === 'refused'
        ? says(
            'message',
            (message) => `It says: ${message}${/[.!?]$/.test(message) ? '' : '.'}`,
            'It gives no reason: this account may not do that, or a rule of the host or its network forbids it.',
          )
        : get('what') === 'deploy-keys'
          ? 'A new key was switched off at once by a rule of the organization.'
          : 'Its owners decide which apps may see its repositories.',
    fix: ({ get }) =>
      get('why') === 'refused'
        ? 'Check there what this account may do, or ask an administrator.'
        : get('what') === 'deploy-keys'
          ? 'Ask an owner to allow deploy keys, then try again.'
          : 'Ask an owner to approve the app, then refresh.',
    action: 'manage-access',
  },
  'server-error': {
    title: ({ provider }) => `${provider} has a problem of its own.`,
    cause: ({ says }) => says('status', (status) => `It answered with status ${status}.`, 'It answered with an error.'),
    fix: 'Try again in a few minutes.',
    action: 'retry',
  },
  'bad-answer': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} sent something unreadable.`,
    cause: ({ get }) => ownOf(unreadable, get('why') ?? '') ?? 'The answer is not what a git provider sends.',
    fix: 'Open the host in the browser once, then try again.',
    action: 'retry',
  },
  'rows-left-out': {
    title: ({ get, host }) =>
      `${Number(get('count')) > 0 ? formatNoun(Number(get('count')), 'entry', 'entries') : 'Some entries'} from ${host} could not be read.`,
    cause: ({ says }) => `They are left out of the list.${says('at', (at) => ` The first is wrong at “${at}”.`, '')}`,
    fix: 'Refresh later. If it stays, look at them in the browser.',
    action: 'retry',
    calm: true,
  },
  'not-a-forge': {
    title: ({ host }) => `No git provider was found at ${host}.`,
    cause: 'The host answers, but not like GitHub, GitLab, Bitbucket, Gitea or Forgejo.',
    fix: 'Check the address, or choose the provider by hand.',
    action: 'edit-address',
  },
  'intermediary-answered': {
    title: ({ host }) => `Something stands in front of ${host}.`,
    cause: ({ get, says }) => {
      const who = says('who', (name) => name, 'Another program or the network')
      return get('why') === 'refused'
        ? `${who} refused the request before it got there.`
        : `${who} answered in its place, and asks for a login of its own.`
    },
    fix: 'Open the host in the browser once, or ask its administrator to let requests to its API through. The account is not affected.',
    action: 'retry',
  },
  'certificate-untrusted': {
    title: ({ host }) => `The certificate of ${host} is not trusted.`,
    cause: ({ get }) =>
      ownOf(certificateReasonsInEnglish, get('why') ?? '') ?? 'Nobody this computer knows vouches for it.',
    fix: ({ says }) =>
      says(
        'sha256',
        () => 'Nothing was sent. Look at it, and trust it only if you know who made it.',
        'Nothing was sent. Ask whoever runs the host.',
      ),
    action: 'show-certificate',
  },
  'proxy-login': {
    title: ({ get }) => (get('refused') === null ? 'The proxy needs a login.' : 'The proxy did not accept the login.'),
    cause: ({ get, says }) => {
      const proxy = says('proxy', (name) => name, 'The proxy')
      const offers = get('offers') ?? ''
      if (onlyOther(offers)) return `${proxy} only takes ${offers}, which this app does not support.`
      return get('refused') === null
        ? `${proxy} requires a user name and a password.`
        : `${proxy} refused the user name or the password.`
    },
    fix: ({ get }) =>
      onlyOther(get('offers') ?? '')
        ? 'Use a proxy with Basic login, or one that needs none on this computer.'
        : 'Type them in the network settings. They are kept in the key storage.',
    action: 'open-network',
  },
  'foreign-link-refused': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} pointed to another host.`,
    cause: ({ says }) =>
      says(
        'to',
        (to) => `It sent the app on to ${to}, where the token must not go.`,
        says('foreign', (to) => `It pointed to ${to}, where the token must not go.`, 'The token must not go there.'),
      ),
    fix: ({ get, host }) =>
      get('works') !== null
        ? 'That address works from this computer too: connect the host by it.'
        : get('account') === null
          ? 'Connect the host by the address it uses itself.'
          : `Connect it by that address. If it is wrong for this computer, have its links taken at ${host}.`,
    action: ({ get }) => (get('account') === null ? 'edit-address' : 'use-typed-address'),
  },
  'clock-wrong': {
    title: 'The clock of this computer is wrong.',
    cause: ({ says }) =>
      says(
        'minutes',
        (minutes) =>
          `It is ${minutes} ${minutes === '1' ? 'minute' : 'minutes'} off, so tokens and certificates seem to have ended.`,
        'It is more than a minute off, so tokens and certificates seem to have ended.',
      ),
    fix: 'Set the clock to automatic, then try again.',
    action: 'retry',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

const missingThings: Readonly<Record<string, string>> = {
  account: 'That account is not there any more.',
  repository: 'That repository is not there any more.',
  'ssh-key': 'That SSH key is not there any more.',
  'ssh-agent': 'No SSH agent was found.',
  'key-file': 'That key file is not there any more.',
  'connection-test': 'That test is over.',
}

const unreadable: Readonly<Record<string, string>> = {
  html: 'It sent a web page. A login page of the network may be in between.',
  'not-json': 'It sent something else than data. A login page of the network may be in between.',
  'wrong-shape': 'The answer lacks what a git provider sends. The host may be of another kind, or very old.',
  truncated: 'The answer was cut off.',
  'too-large': 'The answer was too large to be right.',
  'not-http': 'It does not speak HTTP at this address. Check the port.',
  'not-git': 'There is no git behind this address.',
  'page-circle': 'Its list leads back to its own beginning.',
  endless: 'Its list does not end.',
}

/** Why a host was not reached. */
const unreachedReasonsInEnglish: Readonly<Record<string, string>> = {
  refused: 'It refused the connection: nothing listens on that port, or a firewall turns it away.',
  'no-route': 'The network you are in has no route to it.',
  blocked: 'This computer does not let the app connect to it.',
  closed: 'It closed the connection without an answer.',
  'no-name-server': 'The network’s name server did not answer.',
}

/** Why no encrypted connection to it was made, through a proxy or not. */
const tlsReasonsInEnglish: Readonly<Record<string, string>> = {
  tls: 'It does not speak a version of TLS that is safe enough.',
  'not-tls': 'What listens on that port does not speak TLS.',
  'client-certificate': 'It requires a client certificate, which this app does not support.',
  'tls-failed': 'No encrypted connection could be agreed on with it.',
}

/** Why a certificate is refused (RFC 5280, and what TLS libraries call it). */
const certificateReasonsInEnglish: Readonly<Record<string, string>> = {
  expired: 'It has expired.',
  'not-yet-valid': 'It is not valid yet. Check the clock of this computer.',
  revoked: 'Its issuer has withdrawn it.',
  'self-signed': 'The host made it itself; nobody else vouches for it.',
  'unknown-issuer': 'Its issuer is not known to this computer.',
  'wrong-host': 'It belongs to another name than this host’s.',
  broken: 'It is not put together as certificates have to be.',
  changed: 'It is not the one that you trusted: the host was given another, or somebody sits in between.',
}

export const hostFailures = translateFailures(english, german)

/** Why a certificate is refused, in this window's language. */
export const certificateReasons = language === 'de' ? germanReasons : certificateReasonsInEnglish
