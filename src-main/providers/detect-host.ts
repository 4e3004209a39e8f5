import type { Detected } from '../../src-preload/contract/entities/provider'
import { Failure } from '../../src-preload/contract/outcome'
import type { Fetch } from '../network/fetch'
import { intermediaryFailure } from '../network/intermediary'
import { type Answer, toAnswer } from './answer'
import { type HostAddress, parseHostAddress } from './host-address'
import { foreignAnswer } from './own-refusal'
import type { Provider, Recognise } from './provider'

/** What `createDetectHost` needs. */
export interface DetectHostParts {
  readonly fetch: Fetch
  readonly providers: readonly Pick<Provider, 'id' | 'recognise'>[]
  /** How long people wait at most, in ms. Default 4,000. */
  readonly timeLimit?: number
}

type Kind = DetectHostParts['providers'][number]

/** Failures of the way there, the most telling first. A later one is told only when no earlier one was met. */
const telling = [
  'intermediary-answered',
  'proxy-login',
  'certificate-untrusted',
  'host-not-found',
  'unreachable',
  'timed-out',
] as const

const maxBytes = 200_000

const isHost = (hostname: string, known: string): boolean =>
  known.startsWith('.') ? hostname.endsWith(known) : hostname === known

/** The name of the host itself: forges offer SSH under another name where port 22 is closed. */
export const plainName = (hostname: string): string => hostname.replace(/^(www|ssh|altssh)\./, '')

/** The repository in a path below the base: all names before a `-`, or the first two. Null when there are fewer. */
export const repositoryIn = (names: readonly string[], { nested }: Pick<Recognise, 'nested'>): string | null => {
  const end = names.indexOf('-')
  const path = nested ? (end < 0 ? names : names.slice(0, end)) : names.slice(0, 2)
  return path.length >= 2 ? path.join('/') : null
}

/** How deep a forge may lie, in names of the path: for its API, and for git, which costs one question each. */
const depths = { api: 2, git: 8 }

/** Bases that an address may have, the shortest first. */
const basesOf = ({ names, clone }: HostAddress, deepest: number): readonly (readonly string[])[] => {
  const most = Math.min(deepest, Math.max(0, names.length - (clone ? 2 : 0)))
  return Array.from({ length: most + 1 }, (_, length) => names.slice(0, length))
}

/** A repository that does not exist: git's answer for it names the forge and tells nothing else. */
const nowhere = ['cloudaipilot', 'detection'] as const

const addressOf = (origin: string, names: readonly string[]): string =>
  [origin, ...names.map(encodeURIComponent)].join('/')

/**
 * Says which kind of forge an address belongs to, without an account: by its name; by what its API answers to strangers;
 * by the realm in which git over https asks for a password. Fails with `invalid-input` when it is no address, and
 * with the network's failure when nothing at all answered in time.
 */
export const createDetectHost = ({ fetch, providers, timeLimit = 4_000 }: DetectHostParts) => {
  const byName = ({ hostname, names }: HostAddress): Detected | null => {
    const plain = plainName(hostname)
    const kind = providers.find(({ recognise }) => recognise.hosts.some((known) => isHost(plain, known)))
    return kind === undefined
      ? null
      : {
          host: `https://${plain}`,
          provider: kind.id,
          repository: repositoryIn(names, kind.recognise),
          by: 'known-host',
        }
  }

  const ask = async (url: string, signal: AbortSignal): Promise<Answer> => {
    const headers = { accept: 'application/json' }
    return toAnswer(await fetch(url, { headers, signal, maxBytes, timeout: timeLimit }), new URL(url))
  }

  return async (text: string): Promise<Detected> => {
    const address = parseHostAddress(text)
    if (address === null) throw new Failure('invalid-input')
    const known = byName(address)
    if (known !== null) return known

    const { origin, names, ssh } = address
    const stop = new AbortController()
    const failures: unknown[] = []

    const confirm = async (kind: Kind, base: readonly string[]): Promise<Detected | null> => {
      const { probe } = kind.recognise
      if (probe === null) return null
      const host = addressOf(origin, base)
      const answer = await ask(host + probe.path, stop.signal)
      const repository = repositoryIn(names.slice(base.length), kind.recognise)
      if (probe.confirms(answer)) return { host, provider: kind.id, repository, by: 'api' }
      return refuseForeign(answer)
    }

    /** gitprotocol-http(5): a private or unknown repository is answered with 401 and a realm. */
    const askGit = async (base: readonly string[], path: readonly string[]): Promise<Detected | null> => {
      const url = `${addressOf(origin, [...base, ...path])}.git/info/refs?service=git-upload-pack`
      const answer = await ask(url, stop.signal)
      const challenge = answer.headers['www-authenticate'] ?? ''
      const kind = providers.find(({ recognise }) => recognise.realm.test(challenge))
      if (kind === undefined) return refuseForeign(answer)
      const repository = repositoryIn(names.slice(base.length), kind.recognise)
      return { host: addressOf(origin, base), provider: kind.id, repository, by: 'git-realm' }
    }

    const noted = (question: Promise<Detected | null>): Promise<Detected | null> =>
      question.catch((error: unknown) => {
        failures.push(error)
        return null
      })

    const questions = basesOf(address, depths.api).flatMap((base) =>
      providers.map((kind) => noted(confirm(kind, base))),
    )
    // A host may show a stranger only what is there, so the address itself is asked for as well.
    const git = [
      ...basesOf(address, depths.git).map((base) => noted(askGit(base, nowhere))),
      ...(names.length >= 2 ? [noted(askGit([], names))] : []),
    ]
    const timer = setTimeout(() => stop.abort(), timeLimit)
    try {
      // An API tells the base address as well, so that git's word counts only when no API spoke.
      const found = (await firstFound(questions)) ?? (await shortest(git))
      if (found !== null) return found
    } finally {
      clearTimeout(timer)
      stop.abort()
    }

    const repository = repositoryIn(names, { nested: address.clone })
    if (ssh !== null) return { host: ssh, provider: null, repository, by: 'ssh-address' }
    if (failures.length === questions.length + git.length) throw mostTelling(failures, new URL(origin).host)
    // Which of the names are its base only the person knows: what was typed as a host is kept.
    return { host: address.clone ? origin : addressOf(origin, names), provider: null, repository, by: 'none' }
  }
}

/** The answer for the shortest base that has one: below a forge's own base a path may look like a repository to it. */
const shortest = async (questions: readonly Promise<Detected | null>[]): Promise<Detected | null> => {
  for (const question of questions) {
    const found = await question
    if (found !== null) return found
  }
  return null
}

/** @throws Failure `intermediary-answered` when an answer is not the host's own */
const refuseForeign = (answer: Answer): null => {
  const front = foreignAnswer(answer)
  if (front !== null) throw intermediaryFailure(front, answer)
  return null
}

/** The first answer that is one, or null when all are in and none is. */
const firstFound = (questions: readonly Promise<Detected | null>[]): Promise<Detected | null> =>
  new Promise((resolve) => {
    let open = questions.length
    for (const question of questions) {
      void question.then((found) => {
        open -= 1
        if (found !== null || open === 0) resolve(found)
      })
    }
  })

/** What stopped all questions. A defect of ours is thrown as it is; an answer that made no sense is an answer. */
const mostTelling = (failures: readonly unknown[], host: string): unknown => {
  const defect = failures.find((error) => !(error instanceof Failure))
  if (defect !== undefined) return defect
  const met = failures.filter((error): error is Failure => error instanceof Failure)
  const [code] = telling.filter((one) => met.some((failure) => failure.code === one))
  if (code !== undefined) return met.find((failure) => failure.code === code)
  return new Failure(met.some((failure) => failure.code === 'cancelled') ? 'timed-out' : 'not-a-forge', { host })
}
