import { json, type Reply, text } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl } from './api'

/** Published by GitHub at this very address; docs.github.com, "GitHub's SSH key fingerprints". */
const SSH = {
  ssh_key_fingerprints: {
    SHA256_ECDSA: 'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
    SHA256_ED25519: '+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    SHA256_RSA: 'uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
  },
  ssh_keys: [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk=',
  ],
}

const meta = (call: ApiCall): Reply =>
  call.forge.settings.edition === 'server'
    ? json(200, {
        verifiable_password_authentication: false,
        packages: [],
        domains: {},
        installed_version: call.forge.settings.version,
      })
    : json(200, {
        verifiable_password_authentication: false,
        ...SSH,
        hooks: ['127.0.0.0/8'],
        web: [],
        api: [],
        git: [],
      })

const root = (call: ApiCall): Reply =>
  json(200, {
    current_user_url: `${apiUrl(call)}/user`,
    current_user_repositories_url: `${apiUrl(call)}/user/repos{?type,page,per_page,sort}`,
    repository_url: `${apiUrl(call)}/repos/{owner}/{repo}`,
    repository_search_url: `${apiUrl(call)}/search/repositories?q={query}{&page,per_page,sort,order}`,
  })

const rateLimit = (call: ApiCall): Reply => {
  const limit = call.forge.settings.rateLimit
  if (limit === null) return json(404, { message: 'Rate limiting is not enabled.' })
  return json(200, { resources: { core: { limit } }, rate: { limit } })
}

/** What anybody may ask. */
export const metaRoutes: readonly Route[] = [
  api('GET /', { auth: 'anyone' }, root),
  api('GET /meta', { auth: 'anyone' }, meta),
  api('GET /zen', { auth: 'anyone' }, () => text(200, 'Approachable is better than simple.')),
  api('GET /rate_limit', { auth: 'anyone' }, rateLimit),
]
