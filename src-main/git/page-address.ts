/** A page of a repository in a browser. */
export interface PageAddress {
  /** The repository's path, without a slash at either end. */
  readonly repository: string
  /**
   * The branch, or null where the page names none. What follows a branch in the path can't be told from a branch with a
   * slash in its name, so this is its first part.
   */
  readonly branch: string | null
}

/** Views that name a branch, as forges of several kinds call them. */
const views = 'tree|blob|raw|blame|edit|commits|find|blob_plain'
const forms: readonly RegExp[] = [
  // GitLab: `/-/` ends the project's path, however many groups it has.
  new RegExp(`^(.+?)/-/(?:${views})/([^/]+)`),
  /^(.+?)\/-(?:\/.*)?$/,
  // Gitea and Forgejo, also below a path.
  /^(.*?[^/]+\/[^/]+)\/(?:src|raw|media|blame|commits|rss)\/branch\/([^/]+)/,
  /^(.*?[^/]+\/[^/]+)\/(?:src|raw|media|blame|commits|rss)\/(?:tag|commit)\/[^/]+/,
  // GitHub. GitLab keeps these names for itself, too.
  new RegExp(`^([^/]+/[^/]+)/(?:${views})/([^/]+)`),
  // Pages beside the code, told from a project in a group of groups by what follows.
  /^([^/]+\/[^/]+)\/(?:issues|pulls?|pull-requests|merge_requests)(?:\/\d.*)?$/,
  /^([^/]+\/[^/]+)\/(?:actions\/runs|releases\/tag|commit|compare|wiki|archive)\/.+$/,
]
/** Hosts whose repositories have two names, so that a third one is a page. */
const twoNames = new Set(['github.com', 'www.github.com', 'codeberg.org', 'gitea.com', 'bitbucket.org'])
const beside = /^([^/]+\/[^/]+)\/[^/]/
/** Bitbucket Cloud, whose `src` is the name of a project elsewhere. */
const cloud: readonly RegExp[] = [/^([^/]+\/[^/]+)\/(?:src|branch|raw|annotate)\/([^/]+)/, /^([^/]+\/[^/]+)\/src\/?$/]

const isCommit = (name: string): boolean => /^[0-9a-f]{40}$/.test(name) || name === 'HEAD'

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Reads the path of a page: `acme/shop/tree/main/src` is the repository `acme/shop` and the branch `main`. Null where it
 * may be the path of a repository.
 * @param host without its port
 */
export const readPage = (host: string, path: string): PageAddress | null => {
  if (/\.git\/?$/.test(path)) return null
  const plain = path.replace(/^\/+|\/+$/g, '')
  for (const form of [...(host === 'bitbucket.org' ? cloud : []), ...forms, ...(twoNames.has(host) ? [beside] : [])]) {
    const [, repository, branch] = form.exec(plain) ?? []
    if (repository === undefined) continue
    return { repository, branch: branch === undefined || isCommit(branch) ? null : decode(branch) }
  }
  return null
}
