/** Where a public key is pasted at one kind of host: three steps, and the page where the host has a fixed one. */
export interface PasteGuide {
  readonly id: string
  readonly title: string
  /** Host names that are this kind for certain. */
  readonly hosts: readonly string[]
  readonly deployKey: {
    readonly steps: readonly string[]
    readonly page: ((host: string, path: string) => string) | null
  } | null
  readonly accountKey: { readonly steps: readonly string[]; readonly page: ((host: string) => string) | null }
}

const plain = (path: string): string => path.replace(/^\/+/, '').replace(/\.git$/, '')

/** The kinds of hosts that people connect by key, the plain server last: it fits everything else. */
export const pasteGuides: readonly PasteGuide[] = [
  {
    id: 'github',
    title: 'GitHub',
    hosts: ['github.com', 'ssh.github.com'],
    deployKey: {
      steps: [
        'Open the repository’s Settings → Deploy keys.',
        'Choose “Add deploy key” and paste the public key.',
        'Leave “Allow write access” off and save.',
      ],
      page: (host, path) => `https://${host.replace(/^ssh\./, '')}/${plain(path)}/settings/keys/new`,
    },
    accountKey: {
      steps: [
        'Open Settings → SSH and GPG keys.',
        'Choose “New SSH key”, type “Authentication Key”.',
        'Paste the public key and save.',
      ],
      page: (host) => `https://${host.replace(/^ssh\./, '')}/settings/ssh/new`,
    },
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    hosts: ['gitlab.com', 'altssh.gitlab.com'],
    deployKey: {
      steps: [
        'Open the project’s Settings → Repository → Deploy keys.',
        'Choose “Add new key” and paste the public key.',
        'Leave “Grant write permissions” off and save.',
      ],
      page: (host, path) =>
        `https://${host.replace(/^altssh\./, '')}/${plain(path)}/-/settings/repository#js-deploy-keys-settings`,
    },
    accountKey: {
      steps: [
        'Open Preferences → SSH Keys.',
        'Choose “Add new key” and paste the public key.',
        'Set usage to “Authentication” and save.',
      ],
      page: (host) => `https://${host.replace(/^altssh\./, '')}/-/user_settings/ssh_keys`,
    },
  },
  {
    id: 'bitbucket',
    title: 'Bitbucket',
    hosts: ['bitbucket.org', 'altssh.bitbucket.org'],
    deployKey: {
      steps: [
        'Open Repository settings → Access keys.',
        'Choose “Add key” and paste the public key.',
        'Save. Access keys are read-only.',
      ],
      page: (_host, path) => `https://bitbucket.org/${plain(path)}/admin/access-keys/`,
    },
    accountKey: {
      steps: ['Open Personal settings → SSH keys.', 'Choose “Add key” and paste the public key.', 'Save.'],
      page: () => 'https://bitbucket.org/account/settings/ssh-keys/',
    },
  },
  {
    id: 'gitea',
    title: 'Gitea, Forgejo',
    hosts: ['codeberg.org', 'gitea.com'],
    deployKey: {
      steps: [
        'Open the repository’s Settings → Deploy Keys.',
        'Choose “Add Deploy Key” and paste the public key.',
        'Leave write access off and save.',
      ],
      page: (host, path) => `https://${host}/${plain(path)}/settings/keys`,
    },
    accountKey: {
      steps: ['Open Settings → SSH / GPG Keys.', 'Choose “Add Key” and paste the public key.', 'Save.'],
      page: (host) => `https://${host}/user/settings/keys`,
    },
  },
  {
    id: 'azure',
    title: 'Azure DevOps',
    hosts: ['ssh.dev.azure.com', 'dev.azure.com'],
    deployKey: null,
    accountKey: {
      steps: [
        'Open User settings → SSH public keys. Azure DevOps takes RSA keys only.',
        'Choose “New Key”.',
        'Paste the public key and save.',
      ],
      page: () => 'https://dev.azure.com/_usersSettings/keys',
    },
  },
  {
    id: 'codecommit',
    title: 'AWS CodeCommit',
    hosts: [],
    deployKey: null,
    accountKey: {
      steps: [
        'Open IAM → Users → your user → Security credentials. CodeCommit takes RSA keys only.',
        'Under “SSH public keys for AWS CodeCommit” upload the public key.',
        'Use the SSH key ID shown there as the user in the SSH clone URL.',
      ],
      page: () => 'https://console.aws.amazon.com/iam/home#/users',
    },
  },
  {
    id: 'server',
    title: 'Plain server',
    hosts: [],
    deployKey: null,
    accountKey: {
      steps: [
        'Log in to the server as the user in the SSH clone URL.',
        'Append the public key as one line to ~/.ssh/authorized_keys.',
        'Make sure that the file belongs to that user and has mode 600.',
      ],
      page: null,
    },
  },
]

/** The guide to open first for a host. */
export const guideFor = (host: string | null): string =>
  pasteGuides.find(({ hosts }) => host !== null && hosts.includes(host))?.id ??
  (host !== null && /^git-codecommit\..+\.amazonaws\.com$/.test(host)
    ? 'codecommit'
    : host === null
      ? 'github'
      : 'server')
