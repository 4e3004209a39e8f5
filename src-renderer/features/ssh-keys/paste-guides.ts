import { pasteWords as words } from './paste-words'

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
      steps: words.github.deployKey,
      page: (host, path) => `https://${host.replace(/^ssh\./, '')}/${plain(path)}/settings/keys/new`,
    },
    accountKey: {
      steps: words.github.accountKey,
      page: (host) => `https://${host.replace(/^ssh\./, '')}/settings/ssh/new`,
    },
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    hosts: ['gitlab.com', 'altssh.gitlab.com'],
    deployKey: {
      steps: words.gitlab.deployKey,
      page: (host, path) =>
        `https://${host.replace(/^altssh\./, '')}/${plain(path)}/-/settings/repository#js-deploy-keys-settings`,
    },
    accountKey: {
      steps: words.gitlab.accountKey,
      page: (host) => `https://${host.replace(/^altssh\./, '')}/-/user_settings/ssh_keys`,
    },
  },
  {
    id: 'bitbucket',
    title: 'Bitbucket',
    hosts: ['bitbucket.org', 'altssh.bitbucket.org'],
    deployKey: {
      steps: words.bitbucket.deployKey,
      page: (_host, path) => `https://bitbucket.org/${plain(path)}/admin/access-keys/`,
    },
    accountKey: {
      steps: words.bitbucket.accountKey,
      page: () => 'https://bitbucket.org/account/settings/ssh-keys/',
    },
  },
  {
    id: 'gitea',
    title: 'Gitea, Forgejo',
    hosts: ['codeberg.org', 'gitea.com'],
    deployKey: {
      steps: words.gitea.deployKey,
      page: (host, path) => `https://${host}/${plain(path)}/settings/keys`,
    },
    accountKey: {
      steps: words.gitea.accountKey,
      page: (host) => `https://${host}/user/settings/keys`,
    },
  },
  {
    id: 'azure',
    title: 'Azure DevOps',
    hosts: ['ssh.dev.azure.com', 'dev.azure.com'],
    deployKey: null,
    accountKey: {
      steps: words.azure.accountKey,
      page: () => 'https://dev.azure.com/_usersSettings/keys',
    },
  },
  {
    id: 'codecommit',
    title: 'AWS CodeCommit',
    hosts: [],
    deployKey: null,
    accountKey: {
      steps: words.codecommit.accountKey,
      page: () => 'https://console.aws.amazon.com/iam/home#/users',
    },
  },
  {
    id: 'server',
    title: words.server.title,
    hosts: [],
    deployKey: null,
    accountKey: {
      steps: words.server.accountKey,
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
