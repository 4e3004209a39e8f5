import { translate } from '../../language'
import { german } from './paste-words.de'

/** What to do at a host to add a public key, in its own words where it has buttons. */
export const english = {
  github: {
    deployKey: [
      'Open the repository’s Settings → Deploy keys.',
      'Choose “Add deploy key” and paste the public key.',
      'Leave “Allow write access” off and save.',
    ],
    accountKey: [
      'Open Settings → SSH and GPG keys.',
      'Choose “New SSH key”, type “Authentication Key”.',
      'Paste the public key and save.',
    ],
  },
  gitlab: {
    deployKey: [
      'Open the project’s Settings → Repository → Deploy keys.',
      'Choose “Add new key” and paste the public key.',
      'Leave “Grant write permissions” off and save.',
    ],
    accountKey: [
      'Open Preferences → SSH Keys.',
      'Choose “Add new key” and paste the public key.',
      'Set usage to “Authentication” and save.',
    ],
  },
  bitbucket: {
    deployKey: [
      'Open Repository settings → Access keys.',
      'Choose “Add key” and paste the public key.',
      'Save. Access keys are read-only.',
    ],
    accountKey: ['Open Personal settings → SSH keys.', 'Choose “Add key” and paste the public key.', 'Save.'],
  },
  gitea: {
    deployKey: [
      'Open the repository’s Settings → Deploy Keys.',
      'Choose “Add Deploy Key” and paste the public key.',
      'Leave write access off and save.',
    ],
    accountKey: ['Open Settings → SSH / GPG Keys.', 'Choose “Add Key” and paste the public key.', 'Save.'],
  },
  azure: {
    accountKey: [
      'Open User settings → SSH public keys. Azure DevOps takes RSA keys only.',
      'Choose “New Key”.',
      'Paste the public key and save.',
    ],
  },
  codecommit: {
    accountKey: [
      'Open IAM → Users → your user → Security credentials. CodeCommit takes RSA keys only.',
      'Under “SSH public keys for AWS CodeCommit” upload the public key.',
      'Use the SSH key ID shown there as the user in the SSH clone URL.',
    ],
  },
  server: {
    title: 'Plain server',
    accountKey: [
      'Log in to the server as the user in the SSH clone URL.',
      'Append the public key as one line to ~/.ssh/authorized_keys.',
      'Make sure that the file belongs to that user and has mode 600.',
    ],
  },
} as const

export const pasteWords = translate(english, german)
