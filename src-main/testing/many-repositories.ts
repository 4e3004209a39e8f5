import type { RemoteRepository } from '../providers/provider'

const languages = ['TypeScript', 'Go', 'Rust', 'Python', 'PHP', 'Java', 'C', null]
const things = ['web', 'api', 'gateway', 'billing', 'mailer', 'worker', 'console', 'docs', 'infra', 'mobile']
const kinds = ['service', 'client', 'tools', 'server', 'agent', 'kit', 'plugin', 'theme', 'site', 'job']

/** A repository as a provider would give it, the same for the same number. */
export const remoteRepository = (number: number, host = 'https://forge.example'): RemoteRepository => {
  const owner = `org-${number % 300}`
  const thing = things[number % things.length]
  const kind = kinds[Math.floor(number / 10) % kinds.length]
  const name = `${thing}-${kind}-${number}`
  const path = `${owner}/${name}`
  return {
    id: String(1_000_000 + number),
    path,
    owner,
    name,
    private: number % 3 !== 0,
    archived: number % 17 === 0,
    fork: number % 11 === 0,
    language: languages[number % languages.length] ?? null,
    // Spread over five years, in no order.
    pushedAt: number % 97 === 0 ? null : 1_600_000_000_000 + ((number * 7_919) % 157_680_000) * 1000,
    defaultBranch: number % 97 === 0 ? null : 'main',
    httpsUrl: `${host}/${path}.git`,
    sshUrl: `git@${new URL(host).host}:${path}.git`,
    webUrl: `${host}/${path}`,
  }
}

/** So many repositories from a number on. */
export const remoteRepositories = (count: number, from = 0, host?: string): readonly RemoteRepository[] =>
  Array.from({ length: count }, (_, at) => remoteRepository(from + at, host))
