import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { german } from './local-failures.de'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'
import { storageReason } from './storage-reason'

/** This computer: the keychain, the vault, the disk, and the app itself. */
export const english = {
  'invalid-input': {
    title: ({ says }) =>
      says(
        'field',
        (field) => `${ownOf(fields, field) ?? `“${field}”`} is not valid.`,
        'Something that was typed is not valid.',
      ),
    cause: ({ says }) =>
      says(
        'least',
        (least) => `It needs at least ${least} characters.`,
        says('most', (most) => `Together they may have ${most}.`, ''),
      ),
    fix: 'Check it and try again.',
    action: 'retry',
  },
  'keychain-unavailable': {
    title: 'There is no keychain here.',
    cause: ({ get }) =>
      get('reason') === 'not-kept'
        ? 'It answers, but does not keep what it is given.'
        : 'This session has no service that keeps secrets, or it refuses.',
    fix: 'Choose where the app keeps its secrets.',
    action: 'open-vault',
    calm: true,
  },
  'keychain-locked': {
    title: 'The keychain is locked.',
    cause: 'A dialog of the system may be waiting for its password.',
    fix: 'Unlock it, then ask again.',
    action: 'open-vault',
    calm: true,
  },
  'vault-locked': {
    title: 'Your secrets are locked.',
    cause: 'The app needs your passphrase to read them.',
    fix: 'Unlock them to go on.',
    action: 'open-vault',
    calm: true,
  },
  'vault-damaged': {
    title: 'The stored secrets can’t be read.',
    cause: ({ get }) =>
      get('reason') === 'newer'
        ? 'A newer version of the app wrote them.'
        : 'Their file is damaged, or their key is gone from the keychain.',
    fix: ({ get }) =>
      get('reason') === 'newer'
        ? 'Install that version again. Nothing is deleted.'
        : 'Look at the choices. Nothing is deleted.',
    action: 'open-vault',
  },
  'storage-failed': {
    title: 'The app could not read or save its data.',
    cause: ({ get, says }) =>
      says(
        'path',
        (path) =>
          ({
            full: `No room is left on the disk of ${path}, or your share of it is used up.`,
            'read-only': `The disk of ${path} can only be read.`,
            denied: `You may not read or write ${path}.`,
            other: `${path} can’t be used.`,
          })[storageReason(get('reason'))],
        'The disk is full, read-only, or not permitted.',
      ),
    fix: ({ get }) =>
      ({
        full: 'Free some space there, then try again.',
        'read-only': 'Make the disk writable, then try again.',
        denied: 'Give yourself the right to read and write there, then try again.',
        other: 'Make room or restore write access, then try again.',
      })[storageReason(get('reason'))],
    action: 'retry',
  },
  'demo-failed': {
    title: 'The demo could not play to its end.',
    cause: 'What it said about that is in the terminal in which this app was started.',
    fix: 'Read it there, then start the demo again.',
    action: 'retry',
  },
  conflict: {
    title: 'This is in use.',
    cause: ({ says }) =>
      says('usedBy', (users) => `${users} depends on it.`, 'Something else changed it or depends on it.'),
    fix: 'Look again and repeat it if it still makes sense.',
    action: 'retry',
  },
  'consent-withheld': {
    title: 'Nothing was changed.',
    cause: ({ get }) => ownOf(withheldReasons, get('why') ?? '')?.cause ?? 'You have just refused several times.',
    fix: ({ get }) => ownOf(withheldReasons, get('why') ?? '')?.fix ?? 'Try again in a minute.',
    action: 'retry',
    calm: true,
  },
  cancelled: {
    title: 'Cancelled.',
    cause: 'Nothing was changed.',
    fix: '',
    action: 'retry',
    calm: true,
  },
  unexpected: {
    title: 'Something went wrong inside the app.',
    cause: 'This should not happen. The details are in the log.',
    fix: 'Try again. If it comes back, report it with its evidence.',
    action: 'retry',
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

/** Fields as the screens call them. */
const fields: Readonly<Record<string, string>> = {
  url: 'The address',
  token: 'The token',
  proxy: 'The proxy address',
  gitPath: 'The path of the git program',
  passphrase: 'The passphrase',
  folder: 'The folder',
  host: 'The host',
  address: 'The address',
  clientId: 'The client ID',
  label: 'The name',
  name: 'The name',
}

/** Why main did not ask, where it is not for having been refused. */
const withheldReasons: Readonly<Record<string, { readonly cause: string; readonly fix: string }>> = {
  open: { cause: 'Another question is waiting for your answer.', fix: 'Answer it, then try again.' },
  pages: { cause: 'Many pages were opened just now.', fix: 'Try again in a minute.' },
  behind: { cause: 'Another window was in front.', fix: 'Bring this one to the front, then try again.' },
  copies: { cause: 'Many texts were copied just now.', fix: 'Try again in a minute.' },
  unshown: { cause: 'The dialog for it could not be opened.', fix: 'Restart the app, then try again.' },
}

export const localFailures = translateFailures(english, german)
