import { translate } from '../../language'
import { formatNoun } from '../../ui/numbers'
import { german } from './words.de'

/** Words of the sign-in. */
export const english = {
  title: 'Connect Git Account',
  reconnectTitle: (name: string) => `Reconnect ${name}`,
  crumbs: ['Organization Settings', 'Integrations', 'Git Accounts', 'Connect'],
  chooseAbout: 'Where are your repositories?',
  providers: 'Providers',
  or: 'or',
  host: 'Host',
  hostAbout: 'Paste any address, also one for cloning. The app finds out which provider it is.',
  hostPlaceholder: 'git.example.com',
  otherHosts: 'Known hosts',
  detecting: 'Looking at it',
  isProvider: (title: string) => `This is ${title}.`,
  otherProvider: (title: string) => `This looks like ${title}.`,
  takeProvider: (title: string) => `Use ${title}`,
  unknownProvider: 'Could not tell which provider this is. Choose it above.',
  anyHostTitle: 'Other (SSH key)',
  change: 'Change',
  anyHost: 'Any git host',
  selfHosted: ' or your own',

  browserButton: 'Continue in your browser',
  browserAbout: (host: string) => `Opens ${host}. You come back here by itself.`,
  deviceButton: 'Sign in with a code',
  deviceAbout: (host: string) => `Type a short code at ${host}. Works from any device.`,
  tokenButton: 'Personal access token',
  tokenAbout: 'Made by hand at the provider, with the scopes you choose.',
  otherWays: 'Other ways',
  noClient: (host: string) => `No OAuth app is set up for ${host}`,
  noClientText: 'Signing in through the browser needs an app that is registered there once. A token works without one.',
  noSecret: (host: string) => `The OAuth app for ${host} has no client secret`,
  noSecretText: 'This provider asks for it when you come back from the browser.',
  setUp: 'Set up OAuth app',
  addSecret: 'Add a client secret',
  addSecretAbout: 'With it, signing in through the browser works here as well.',
  notes: {
    'full-access':
      'This host ignores scopes: signing in through the browser gives full access. A token can be narrower.',
    'insecure-http': 'The connection to this host is not encrypted.',
    'secret-needed': 'This provider needs a client secret for the browser, none for a code.',
    'for-deploys': 'Deploys make webhooks and deploy keys, so this asks for more than reading.',
    'device-recommended': 'A code is recommended here: it needs no client secret.',
  },

  token: 'Personal access token',
  tokenScopes: 'It needs these scopes:',
  createToken: (host: string) => `Create one at ${host}`,
  usernames: { email: 'E-mail address', username: 'User name' },
  refused: {
    title: (provider: string) => `${provider} does not accept this token.`,
    cause: 'It was mistyped, has expired, or was deleted there.',
    fix: 'Copy it again, or create a new one.',
  },
  connect: 'Connect',
  cancel: 'Cancel',

  waitingTitle: 'Continue in your browser',
  waitingText: (host: string) => `Sign in at ${host} and allow access. This window goes on by itself.`,
  opens: 'Opens',
  timeLeft: 'Time left',
  stillWaiting: 'The right answer is still awaited: finish in the page that was opened last.',
  openAgain: 'Open again',
  copyLink: 'Copy link',
  notBack: 'It did not come back?',
  roads: {
    'deep-link': 'Come back by the app’s own link',
    loopback: 'Come back over this computer’s network',
    paste: 'Paste the address you landed on',
  },
  roadNow: {
    'deep-link': 'The browser should ask whether it may open CloudAIPilot. Say yes, or try another way:',
    loopback: 'The browser should end on a page of this computer. If it can’t be reached, try another way:',
    paste: 'When the browser is done, copy the address from its bar and paste it here:',
  },
  useDevice: 'Sign in with a code instead',
  useToken: 'Use a personal access token instead',
  pasteLabel: 'Address you landed on',
  pasteAbout: 'It starts with cloudaipilot:// or http://127.0.0.1 and holds “code=”.',
  pasteButton: 'Use this address',

  deviceTitle: 'Type this code in your browser',
  deviceText: (host: string) => `Open ${host} and type it there. This window goes on by itself.`,
  deviceCode: 'Code',
  copyCode: 'Copy code',
  openPage: 'Open page',

  busyTitle: 'Signing in',
  exchanging: 'The answer has arrived. Asking for access.',
  checking: 'Access is there. Looking at who you are and what you can see.',

  differentTitle: (login: string) => `You signed in as ${login}`,
  differentText: 'That is not the person this account belongs to. Nothing was changed.',
  keepAsNew: 'Keep as a new account',
  again: 'Sign in again',

  failedTitle: 'Not connected',
  startAgain: 'Start again',

  connectedTitle: (login: string) => `Connected as ${login}`,
  repositories: (count: number) => formatNoun(count, 'repository', 'repositories'),
  selections: {
    all: 'The app may see all repositories of this account.',
    chosen: 'The app sees only the repositories you chose for it.',
    full: 'This host gives the app everything you can do.',
    unknown: '',
  },
  manageAccess: 'Manage access',
  browse: 'Browse repositories',
  another: 'Connect another',
  done: 'Done',

  barWaiting: (host: string) => `Signing in at ${host}`,
  barWaitingText: 'Finish in the browser, or go on here.',
  barAttention: (host: string) => `The sign-in at ${host} needs you`,
  goOn: 'Continue',
} as const

export const words = translate(english, german)
