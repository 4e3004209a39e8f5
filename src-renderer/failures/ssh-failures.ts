import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'
import { german } from './ssh-failures.de'

/** What SSH negotiates (RFC 4253 section 7.1). */
const lists: Readonly<Record<string, string>> = {
  kex: 'key exchange',
  'host-key': 'host key type',
  cipher: 'cipher',
  mac: 'MAC',
  compression: 'compression',
}

/** Host keys, and SSH servers that this app can't work with as they are set up. */
export const english = {
  'host-key-unknown': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} is new to this app.`,
    cause: ({ says }) =>
      says('fingerprint', (print) => `It shows the key ${print}.`, 'Its host key has not been confirmed yet.'),
    fix: 'Compare the fingerprint with the one its operator publishes.',
    action: 'show-host-key',
    calm: true,
  },
  'host-key-changed': {
    title: ({ host }) => `The host key of ${host} has changed.`,
    cause: ({ get }) => {
      const shown = get('shown')
      const known = get('known')
      const keys = shown === null || known === null ? '' : ` It shows ${shown} now; it was ${known}.`
      return `Either the server was set up anew, or somebody sits in between. Nothing was sent.${keys}`
    },
    fix: 'Ask its operator for the new fingerprint. Only then forget the old one, under “Host keys”.',
    action: 'open-host-keys',
  },
  'host-key-refused': {
    title: ({ get, host }) =>
      get('reason') === 'certificate'
        ? `The certificate of ${host} is not valid.`
        : `The host key of ${host} is known to be unsafe.`,
    cause: ({ get }) =>
      get('reason') === 'certificate'
        ? (ownOf(certificateMisfits, get('why') ?? '') ?? 'It is not made for this host, or not for this time.')
        : 'It was withdrawn, or its private half has leaked.',
    fix: 'Do not connect. Ask the operator of the host.',
    action: null,
  },
  'no-common-algorithm': {
    title: ({ host, get }) =>
      `${host === 'the host' ? 'The host' : host} and this app have no ${ownOf(lists, get('what') ?? '') ?? 'algorithm'} in common.`,
    cause: ({ says }) =>
      [
        says('theirs', (theirs) => `The host offers: ${theirs}.`, 'The host offers none.'),
        says('ours', (ours) => `This app: ${ours}.`, ''),
      ]
        .join(' ')
        .trim(),
    fix: 'Ask its operator to update the SSH server, or to allow one of the others.',
    action: null,
  },
  'second-factor-needed': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} wants more than a key.`,
    cause: ({ says }) =>
      `It took the first proof, then asked for a second one${says('methods', (methods) => ` (${methods})`, '')}.`,
    fix: 'Use a user that logs in by key alone, or ask its operator for one (AuthenticationMethods publickey).',
    action: null,
  },
  'shell-refused': {
    title: ({ get }) => ownOf(shellTitles, get('why') ?? '') ?? 'This user may not run commands on the server.',
    cause: ({ get, says }) =>
      says(
        'message',
        (message) => `The server says: ${message}`,
        ownOf(shellReasons, get('why') ?? '') ?? 'Its shell did not run what it was given.',
      ),
    fix: ({ get }) =>
      ownOf(shellFixes, get('why') ?? '') ?? 'Use another user, or give this one a login shell such as /bin/sh.',
    action: 'check-server',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

/** Why a certificate of a trusted authority does not count for a host. */
const certificateMisfits: Readonly<Record<string, string>> = {
  'not-for-hosts': 'It is for a user, not for a host.',
  signature: 'Its signature is wrong.',
  'not-yet-valid': 'It is not valid yet.',
  expired: 'It has expired.',
  'unknown-option': 'It has an option that this app does not know.',
  'other-host': 'It is for another host.',
}

const shellTitles: Readonly<Record<string, string>> = {
  'start-up-file': 'A start-up file on the server starts another shell.',
  'no-channel': 'The server lets nobody run commands.',
  speaks: 'Something else answered in the place of git.',
}

const shellReasons: Readonly<Record<string, string>> = {
  'start-up-file': 'It replaces the shell with “exec”, so the command never runs.',
  'no-channel': 'It accepts the login, but no session after it (MaxSessions).',
  'no-commands': 'The server accepts the login, but refuses commands.',
  silent: 'Its shell ended at once and said nothing, as /bin/false does.',
}

const shellFixes: Readonly<Record<string, string>> = {
  'start-up-file': 'In ~/.bashrc or ~/.profile, do that in terminals only: [ -t 1 ] && exec zsh',
  'no-channel': 'Ask its operator to allow sessions in sshd_config, then check again.',
  speaks:
    'Give this user a shell that runs commands. If a start-up file greets, let it do that in terminals only: [ -t 1 ] && echo Welcome',
}

export const sshFailures = translateFailures(english, german)
