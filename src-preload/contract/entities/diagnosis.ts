import { array, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { text } from '../text'
import { Repository, RepositoryFilters } from './repository'

/**
 * What is looked at, in this order. `address`: it can be read. `host`: it answers. `clock`: this computer's agrees with the
 * host's. `account`: somebody is connected there. `sign-in`: the credential works. `scope`: it may list repositories.
 * `owner`: the organisation, group or workspace lets the app in. `repository`: it is visible by its path. `name`: it still
 * has that path. `list`: it is in the list. `filters`: the list shows it. `code`: git may read it.
 */
export const diagnosisChecks = [
  'address',
  'host',
  'clock',
  'account',
  'sign-in',
  'scope',
  'owner',
  'repository',
  'name',
  'list',
  'filters',
  'code',
] as const
export type DiagnosisCheck = (typeof diagnosisChecks)[number]

/**
 * `warned`: worth knowing, but not by itself what stands in the way. `skipped`: there was nothing to look at, because of
 * an earlier check or because the provider does not say.
 */
export const DiagnosisStep = object({
  check: picklist(diagnosisChecks),
  state: picklist(['waiting', 'running', 'passed', 'warned', 'failed', 'skipped']),
  milliseconds: nullable(number()),
  /** What was found: a host, a name, an amount. */
  detail: nullable(string()),
  /** Why it did not pass. */
  failure: nullable(FailureData),
})
export type DiagnosisStep = InferOutput<typeof DiagnosisStep>

/** Filters of the list that can leave a repository out. */
export const hidingFilters = ['text', 'account', 'owner', 'visibility', 'archived', 'fork', 'language'] as const
export type HidingFilter = (typeof hidingFilters)[number]

/**
 * What it comes to.
 * `shown`: it is in the list. `found`: it was missing and is there now. `listing`: the list is still being read.
 * `filtered`: the list's filters leave it out.
 * `moved`: it is there under another path. `not-listed`: its owner shows it to everybody, but the account has no part in
 * it. `not-connected`: no account is connected to its host. `not-a-member`: the account is not in its organisation.
 * `ssh-works`: only an SSH account is connected to its host, which can clone it but has no list.
 * `failed`: `failure` says why.
 */
export const Conclusion = object({
  finding: picklist([
    'shown',
    'found',
    'listing',
    'filtered',
    'moved',
    'not-listed',
    'not-connected',
    'not-a-member',
    'ssh-works',
    'failed',
  ]),
  failure: nullable(FailureData),
  /** The account that the conclusion is about. */
  accountId: nullable(string()),
  repository: nullable(Repository),
  /** The organisation, group, workspace or person that has it. */
  owner: nullable(string()),
  /** Base address of the host, where it is known. */
  host: nullable(string()),
  /** Key into the provider cards, where it could be told. */
  provider: nullable(string()),
  /** The repository's page in a browser, where it can be told. */
  page: nullable(string()),
  hiddenBy: array(picklist(hidingFilters)),
  /** Listed repositories with a similar path, for one that is not found. */
  similar: array(Repository),
})
export type Conclusion = InferOutput<typeof Conclusion>

/** "Why can't I see my repository?", under way or answered. */
export const Diagnosis = object({
  id: string(),
  /** As it was asked. */
  address: string(),
  state: picklist(['running', 'done', 'cancelled']),
  steps: array(DiagnosisStep),
  conclusion: nullable(Conclusion),
})
export type Diagnosis = InferOutput<typeof Diagnosis>

/** What the list shows at the moment, for the question whether it leaves the repository out. */
export const ShownList = object({ text: optional(text(200), ''), filters: optional(RepositoryFilters, {}) })
export type ShownList = InferOutput<typeof ShownList>
