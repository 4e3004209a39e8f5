import type { FailureCode } from '../../src-preload/contract/outcome'
import type { FailureWords } from './sentence'

/** The network, and what a host answers. */
export const hostFailures = {
  'not-found': {
    title: ({ says }) => says('path', (path) => `${path} is not there.`, 'That is not there any more.'),
    cause: 'It was deleted or renamed, or this account may not see it.',
    fix: 'Refresh, or check which repositories the account may see.',
    action: 'manage-access',
  },
  moved: {
    title: ({ says }) => says('path', (path) => `${path} has moved.`, 'The repository has moved.'),
    cause: ({ says }) => says('to', (to) => `It is now ${to}.`, 'It was renamed or given to another owner.'),
    fix: 'Refresh to use its new address.',
    action: 'retry',
    calm: true,
  },
  unreachable: {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} can’t be reached.`,
    cause: ({ relative }) => {
      const next = relative('nextTry')
      return `There was no answer.${next === null ? '' : ` Next try ${next}.`}`
    },
    fix: 'Check the network, VPN and proxy, then try again.',
    action: 'retry',
    calm: true,
  },
  'host-not-found': {
    title: ({ host }) => `There is no host called ${host === 'the host' ? 'that' : host}.`,
    cause: 'Its name is not known to the network you are in.',
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
    title: ({ provider }) => `${provider} asks to wait.`,
    cause: ({ relative }) => {
      const until = relative('until')
      return `Too many requests were made.${until === null ? '' : ` It accepts more ${until}.`}`
    },
    fix: 'Nothing is lost. The app goes on by itself.',
    action: null,
    calm: true,
  },
  'server-error': {
    title: ({ provider }) => `${provider} has a problem of its own.`,
    cause: ({ says }) => says('status', (status) => `It answered with status ${status}.`, 'It answered with an error.'),
    fix: 'Try again in a few minutes.',
    action: 'retry',
  },
  'bad-answer': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} sent something unreadable.`,
    cause: 'The answer was cut off or is not what a git provider sends. A login page of the network may be in between.',
    fix: 'Open the host in the browser once, then try again.',
    action: 'retry',
  },
  'not-a-forge': {
    title: ({ host }) => `No git provider was found at ${host}.`,
    cause: 'The host answers, but not like GitHub, GitLab, Bitbucket, Gitea or Forgejo.',
    fix: 'Check the address, or choose the provider by hand.',
    action: 'edit-address',
  },
  'certificate-untrusted': {
    title: ({ host }) => `The certificate of ${host} is not trusted.`,
    cause: ({ says }) =>
      says(
        'issuer',
        (issuer) => `It was issued by “${issuer}”, which this computer does not know.`,
        'It was issued by somebody this computer does not know, has expired, or is for another name.',
      ),
    fix: 'Ask whoever runs the host. Nothing was sent to it.',
    action: 'retry',
  },
  'proxy-login': {
    title: 'The proxy asks for a login.',
    cause: ({ says }) =>
      says('proxy', (proxy) => `${proxy} lets nobody through without one.`, 'It lets nobody through without one.'),
    fix: 'Use a proxy that knows this computer, or none.',
    action: 'open-network',
  },
  'foreign-link-refused': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} pointed to another host.`,
    cause: ({ says }) =>
      says('to', (to) => `It sent the app on to ${to}, where the token must not go.`, 'The token must not go there.'),
    fix: 'Connect the host by the address it uses itself.',
    action: 'edit-address',
  },
  'clock-wrong': {
    title: 'The clock of this computer is wrong.',
    cause: ({ says }) =>
      says(
        'minutes',
        (minutes) => `It is ${minutes} minutes off, so signatures and certificates fail.`,
        'It is more than a minute off, so signatures and certificates fail.',
      ),
    fix: 'Set the clock to automatic, then try again.',
    action: 'retry',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>
