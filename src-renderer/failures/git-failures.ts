import { allowableCheck } from '../../src-preload/contract/entities/fsck-check'
import type { FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { german } from './git-failures.de'
import type { FailureWords } from './sentence'
import { translateFailures } from './sentence'

const notGit = (path: string) => `${path} is not a git program.`

/** Why a program is not started as git. */
const gitReasons: Readonly<Record<string, (path: string, at: string) => string>> = {
  missing: (path) => `There is nothing at ${path}.`,
  'foreign-owner': (path) => `${path} belongs to another user of this computer.`,
  writable: (path) => `Other users of this computer can change ${path}.`,
  'folder-writable': (_path, at) => `Other users of this computer can change what is in ${at}.`,
  cloned: (path, at) => `${path} is in ${at}, where a repository could put a program of its own.`,
}

const gitFixes: Readonly<Record<string, string>> = {
  'foreign-owner': 'Choose a git that you or an administrator installed.',
  writable: 'Let only its owner write it, or choose another git.',
  'folder-writable': 'Let only its owner write that folder, or choose another git.',
  cloned: 'Choose a git outside cloned folders.',
}

/** Git and SSH. */
export const english = {
  'address-refused': {
    title: 'This address can’t be used.',
    cause: ({ says, get }) =>
      get('reason') === 'alias'
        ? aliasOf(get)
        : says('reason', (reason) => ownOf(addressReasons, reason) ?? 'Only https and SSH addresses are accepted.', ''),
    fix: ({ says }) =>
      says(
        'corrected',
        (address) => `Did you mean ${address}${says('branch', (branch) => `, branch ${branch}`, '')}?`,
        'Paste the clone address from the repository’s page.',
      ),
    action: 'edit-address',
  },
  'git-missing': {
    title: ({ says }) => says('version', () => 'Git is too old.', 'Git was not found on this computer.'),
    cause: ({ says }) =>
      says(
        'version',
        (version) => `Git ${version} is too old to be protected from what a repository may do.`,
        says(
          'path',
          (path) =>
            says(
              'why',
              (why) =>
                ownOf(gitReasons, why)?.(
                  path,
                  says('at', (at) => at, path),
                ) ?? notGit(path),
              notGit(path),
            ),
          'It is not on the search path.',
        ),
      ),
    fix: ({ says }) =>
      says(
        'minimum',
        (minimum) => `Install git ${minimum} or newer.`,
        says(
          'why',
          (why) => ownOf(gitFixes, why) ?? 'Install git, or say where it is.',
          'Install git, or say where it is.',
        ),
      ),
    action: 'open-git',
  },
  'clone-refused': {
    title: ({ says }) => says('path', (path) => `${path} could not be cloned.`, 'The repository could not be cloned.'),
    cause: ({ says }) =>
      says('message', (message) => `Git says: ${message}`, 'This account may not read it, or it is not there.'),
    fix: 'Check the account’s access, then try again.',
    action: 'manage-access',
  },
  'object-refused': {
    title: ({ says }) =>
      says('path', (path) => `${path} failed a safety check.`, 'The repository failed a safety check.'),
    cause: ({ get, says }) =>
      says(
        'check',
        (check) => `Git’s check “${check}” rejected the object ${(get('object') ?? '').slice(0, 10)}.`,
        'Git rejected an object in its history.',
      ),
    fix: ({ get }) =>
      allowableCheck(get('check') ?? undefined) === null
        ? 'Don’t use this repository until its maintainers have explained it.'
        : 'Old commits often have this harmless mistake. You can allow it for an app.',
    action: 'allow-check',
  },
  'path-refused': {
    title: ({ says }) =>
      says('path', (path) => `The path “${path}” is not safe.`, 'The repository has a path that is not safe.'),
    cause: ({ get }) =>
      ownOf(pathReasons, get('why') ?? '') ?? 'It could be written outside the folder of this repository.',
    fix: 'Nothing was written there. Remove the path from the repository.',
    action: null,
  },
  'repository-empty': {
    title: 'The repository is empty.',
    cause: 'The connection works, but there is no commit to clone yet.',
    fix: 'Push a first commit, then try again.',
    action: 'retry',
    calm: true,
  },
  'branch-missing': {
    title: ({ says }) => says('branch', (branch) => `There is no branch “${branch}”.`, 'That branch is not there.'),
    cause: 'It was deleted or renamed.',
    fix: 'Choose another branch.',
    action: 'choose-branch',
  },
  'disk-full': {
    title: 'The disk is full.',
    cause: ({ says }) => says('path', (path) => `There is no room left at ${path}.`, 'There is no room left to write.'),
    fix: 'Make room, then try again.',
    action: 'retry',
  },
  'folder-not-empty': {
    title: ({ says }) => says('path', (path) => `${path} is not empty.`, 'The folder is not empty.'),
    cause: 'A clone never writes over files that are already there.',
    fix: 'Choose another folder.',
    action: 'choose-folder',
  },
  'ssh-key-missing': {
    title: 'No SSH key fits this repository yet.',
    cause: ({ host }) =>
      `Cloning by SSH needs a key that ${host === 'the host' ? 'its host' : host} knows, and there is none here.`,
    fix: 'Make a key and add it at the host, or clone by HTTPS.',
    action: 'make-key',
    calm: true,
  },
  'publickey-denied': {
    title: 'Permission denied (publickey).',
    cause: ({ host, day, get, says }) =>
      day('certificateUntil') !== null
        ? `The certificate of this key expired on ${day('certificateUntil')}, and the host takes it no other way.`
        : get('why') === 'no-keys'
          ? `${host === 'the host' ? 'The host' : host} lets nobody in by SSH key.`
          : `${host === 'the host' ? 'The host' : host} does not know ${says('fingerprint', (print) => `the SSH key ${print}`, 'this SSH key')}, or not for this repository.`,
    fix: ({ day, get }) =>
      day('certificateUntil') !== null
        ? 'Get a new certificate, and add it to the key.'
        : get('why') === 'no-keys'
          ? 'Ask its operator to let keys in, or connect it another way.'
          : 'Add its public half to the repository or to your user there.',
    action: 'show-key',
  },
  'key-type-refused': {
    title: 'This type of SSH key is not accepted.',
    cause: ({ get, says }) =>
      says(
        'type',
        (type) =>
          get('host') === null ? `SSH servers do not accept keys of type ${type}.` : `The host refuses ${type} keys.`,
        'The host refuses it as too old or too new.',
      ),
    fix: 'Make another key: Ed25519, or RSA with 4,096 bits for old hosts.',
    action: 'show-key',
  },
  'key-in-use': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} has this key already.`,
    cause: 'Another repository or a person there uses it, and a key can stand in one place only.',
    fix: 'Make a key of its own for this repository.',
    action: 'show-key',
  },
  'too-many-attempts': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} stopped after too many keys.`,
    cause: ({ says }) =>
      `It allows fewer tries than it took to offer ${says('fingerprint', (print) => `the key ${print}`, 'the key')}.`,
    fix: 'Add the public key there, or ask its operator to allow more tries (MaxAuthTries).',
    action: 'show-key',
  },
  'connection-closed': {
    title: ({ host }) => `${host === 'the host' ? 'The host' : host} closed the connection.`,
    cause: 'It ended before anything was said. A firewall, a jump host or a full server does that.',
    fix: 'Try again in a moment.',
    action: 'retry',
  },
  'key-unreadable': {
    title: 'This SSH key can’t be read.',
    cause: ({ get }) => {
      const format = get('format') ?? ''
      if (get('reason') === 'other-format') return `Its format is not read here: ${format}.`
      if (get('reason') === 'other-encryption') return `Its encryption is not read here: ${format}.`
      return ownOf(keyReasons, get('reason') ?? '') ?? 'It is damaged, or not a private key in a known format.'
    },
    fix: ({ get }) =>
      get('reason') === 'other-encryption'
        ? 'Save it again with another encryption, for example with ssh-keygen -p -f and its file name.'
        : 'Choose another file, or make a new key here.',
    action: null,
  },
  'passphrase-wrong': {
    title: ({ get }) => (get('reason') === 'needed' ? 'This key has a passphrase.' : 'That passphrase is not right.'),
    cause: ({ get }) => (get('reason') === 'needed' ? 'It can’t be read without it.' : ''),
    fix: ({ get }) =>
      get('reason') === 'needed'
        ? 'Type it below the key.'
        : 'Type it again. Mind capital letters and the keyboard layout.',
    action: null,
  },
} satisfies Partial<Record<FailureCode, FailureWords>>

const pathReasons: Readonly<Record<string, string>> = {
  duplicate: 'The commit contains it twice, or once more in a spelling that some systems can’t tell apart.',
  name: 'Git or the file system reserves this name.',
  'not-a-folder': 'Other paths lie below it, but it is not a folder.',
  link: 'It is a symbolic link, or lies below one.',
  unreadable: 'The list of files in the commit is damaged or far too long.',
}

const keyReasons: Readonly<Record<string, string>> = {
  'no-known-hosts': 'There is no line of a known_hosts file in it.',
  'not-a-certificate': 'There is no OpenSSH certificate in it (id_ed25519-cert.pub).',
  'certificate-of-host': 'This certificate is for a host, not for a user.',
  'certificate-of-another-key': 'This certificate is for another key.',
  'certificate-over': 'This certificate has expired.',
  'public-key': 'This is the public half. The private half has the same name without “.pub”.',
  'not-a-key': 'There is no private key in it.',
  'cut-off': 'Its end is missing. Copy all of it, from BEGIN to END.',
  'several-keys': 'It contains several keys.',
  'too-large': 'It is far too large for a key.',
  'too-slow': 'Its passphrase takes longer to try than any honest key asks for.',
  file: 'The file can’t be read.',
}

/** What an alias stands for, in the words of ssh_config(5). */
const aliasOf = (get: (name: string) => string | null): string => {
  const parts = [
    ['HostName', get('hostName')],
    ['Port', get('port')],
    ['User', get('user')],
    ['IdentityFile', get('identityFile')],
    ['ProxyJump', get('proxyJump')],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]))
  const direct = get('proxyJump') === null ? '' : ' The app connects directly, without the jump host.'
  return `“${get('alias') ?? ''}” is an alias in your SSH configuration: ${parts.join(', ')}.${direct}`
}

const addressReasons: Readonly<Record<string, string>> = {
  empty: 'It is empty.',
  'too-long': 'It is too long.',
  'control-characters': 'It holds characters that can’t be seen.',
  option: 'It starts like an option for a program.',
  'local-path': 'It is a folder on this computer.',
  scheme: 'Only https and SSH addresses are accepted.',
  'not-ssh': 'It is an HTTPS address, and an SSH key needs the SSH one.',
  'other-host': 'This account’s key is for another host.',
  'scheme-missing': 'It does not begin with https:// or git@.',
  'plain-http': 'Without encryption, anybody on the way could read the token.',
  credentials: 'It holds a user name or a password. Leave them out: the account has its own.',
  'user-missing': 'The user name before the host is missing, mostly “git@”.',
  'user-invalid': 'The user name before the host is not valid.',
  'host-invalid': 'The name of the host is not valid.',
  'lookalike-host': 'The name of the host has letters that look like others. Compare its real name.',
  'port-invalid': 'The port is not valid.',
  'path-missing': 'The path to the repository is missing.',
  'path-invalid': 'The path to the repository is not valid.',
  percent: 'It holds a percent sign that could be read in two ways.',
  page: 'It is a page of the repository, not its clone address.',
  query: 'Nothing may follow the path: leave out what comes after “?” or “#”.',
}

export const gitFailures = translateFailures(english, german)
