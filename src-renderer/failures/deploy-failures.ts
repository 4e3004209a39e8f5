import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { german } from './deploy-failures.de'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'

/** Servers, deploys and webhooks. */
export const english = {
  'tool-missing': {
    title: ({ says }) => says('tool', (tool) => `${tool} is missing on the server.`, 'A program is missing there.'),
    cause: ({ says }) =>
      says('message', (message) => `The server says: ${message}`, 'It is not installed, or not on the search path.'),
    fix: 'Install it there, then check again.',
    action: 'check-server',
  },
  'sudo-refused': {
    title: 'The server did not allow that.',
    cause: ({ get }) =>
      ownOf(sudoReasons, get('why') ?? '') ?? 'It takes administrator rights that this user does not have.',
    fix: 'Ask its administrator, or install the package by hand.',
    action: 'check-server',
  },
  'folder-refused': {
    title: ({ says }) => says('path', (path) => `${path} can’t be used.`, 'This folder on the server can’t be used.'),
    cause: ({ get, says }) =>
      get('why') === 'in-use'
        ? says('usedBy', (name) => `The app “${name}” is deployed into it.`, 'Another app is deployed into it.')
        : (ownOf(folderReasons, get('why') ?? '') ?? 'It can’t be written to, or belongs to something else.'),
    fix: ({ get }) =>
      get('why') === 'open'
        ? 'Take that right away on the server (chmod go-w), or choose another folder there.'
        : 'Choose another folder on the server.',
    action: 'edit-app',
  },
  'folder-missing': {
    title: ({ says }) => says('path', (path) => `There is no folder “${path}”.`, 'The root folder is not there.'),
    cause: ({ get }) =>
      `${get('why') === 'link' ? 'It is a symbolic link in the repository, or lies below one.' : 'The commit that was deployed does not have it.'} ${whatRuns(get('live'))}`,
    fix: 'Choose another root folder.',
    action: 'edit-app',
  },
  'submodule-refused': {
    title: ({ says }) =>
      says('path', (path) => `The submodule “${path}” could not be fetched.`, 'A submodule could not be fetched.'),
    cause: ({ says }) =>
      says('host', (host) => `The server has no key for its repository on ${host}.`, 'The server may not read it.'),
    fix: 'Connect an account that can see it, or leave submodules out.',
    action: 'edit-app',
  },
  'command-failed': {
    title: 'The after-deploy command failed.',
    cause: ({ get, says }) =>
      `${says('status', (status) => `It ended with status ${status}.`, 'It did not end well.')} ${whatRuns(get('live'))}`,
    fix: 'Its last lines are in the log.',
    action: 'show-log',
  },
  'deploy-interrupted': {
    title: 'The deploy was cut off.',
    cause: ({ get }) =>
      get('live') === 'new'
        ? 'Its process on the server ended too early, but the new release is live already.'
        : `Its process on the server ended too early. ${whatRuns(get('live'))}`,
    fix: 'Deploy again.',
    action: 'deploy-again',
  },
  'receiver-down': {
    title: 'Nothing on the server listens for pushes.',
    cause: ({ says }) =>
      says('message', (message) => `The receiver says: ${message}`, 'The webhook program does not run there.'),
    fix: 'Repair the webhook: it is set up and started again.',
    action: 'repair-webhook',
  },
  'hook-unreached': {
    title: ({ says }) => says('url', (url) => `Nothing arrived at ${url}.`, 'Nothing arrived on the server.'),
    cause: ({ says }) =>
      says(
        'status',
        (status) => `The provider called it and got the status ${status}.`,
        says(
          'message',
          (message) => `The provider called it and noted “${message}”.`,
          'The provider can’t reach that address, or something in between answers for it.',
        ),
      ),
    fix: 'Check the address and the firewall. The branch is polled meanwhile.',
    action: 'repair-webhook',
  },
  'hook-signature': {
    title: 'The webhook is signed with another secret.',
    cause: ({ says }) =>
      says(
        'url',
        (url) => `The last call at ${url} had a wrong signature, so that it was refused.`,
        'Its last call had a wrong signature, so that it was refused.',
      ),
    fix: ({ get }) =>
      get('made') === 'by-hand'
        ? 'Copy the secret once more and paste it at the host. The branch is polled meanwhile.'
        : 'Repair it: provider and server get the same secret. The branch is polled meanwhile.',
    action: 'repair-webhook',
  },
  'hook-drifted': {
    title: 'The webhook was changed at the provider.',
    cause: ({ get }) => ownOf(driftReasons, get('what') ?? '') ?? 'It is no longer as it was made.',
    fix: 'Repair it, and it is as before.',
    action: 'repair-webhook',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

/** What runs after a deploy that failed. */
const whatRuns = (live: string | null): string =>
  live === 'none'
    ? 'No release of the app is running yet.'
    : live === 'new'
      ? 'The new release is live already.'
      : 'The running release was left as it is.'

const sudoReasons: Readonly<Record<string, string>> = {
  password: 'That password is not right, or this user may not use sudo.',
  missing: 'There is no sudo on it.',
  needed: 'sudo asks for a password.',
}

const folderReasons: Readonly<Record<string, string>> = {
  'not-absolute': 'It has to start with a slash and lie below another folder, e.g. /srv/app.',
  'not-writable': 'The user that logs in may not write there.',
  'not-ours': 'There are files in it that are not of a deploy.',
  'other-repository': 'Another repository is deployed into it.',
  'current-blocked': '“current” in it is a file or folder of its own, not the link that a deploy moves.',
  'other-owner': 'It, or a folder in it that steers deploys, belongs to another user of the server.',
  open: 'Other users of the server may write to it, and so decide what is deployed.',
  linked: '“.deploy” or “releases” in it is a symbolic link.',
}

const driftReasons: Readonly<Record<string, string>> = {
  deleted: 'It was deleted there.',
  url: 'It calls another address.',
  disabled: 'It was switched off.',
  events: 'It no longer tells about pushes.',
}

export const deployFailures = translateFailures(english, german)
