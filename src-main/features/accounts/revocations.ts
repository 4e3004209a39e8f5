import type { Receipt } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'
import type { HttpCredential } from '../../credentials/credential'
import type { Provider } from '../../providers/provider'
import { type AccountBook, withoutAccount } from './account-book'
import type { AccountRecord } from './account-record'
import type { PendingRevocation } from './accounts-document'
import type { AccountsParts } from './accounts-parts'
import { backoff } from './backoff'
import { decodeCredential, encodeCredential } from './credential-codec'
import { vaultName } from './credential-holder'
import { asData, asFailure } from './failure-families'
import { type Made, releaseMade } from './release-made'
import { type Step, takeAway } from './take-away'

/** How long the window waits for the provider before the rest goes on behind its back. */
const patience = 20_000
/** After this long it is left to the person. */
const givesUpAfter = 30 * 86_400_000

const queuedName = (accountId: string) => `revocation/${accountId}`

/** Takes accounts away: at the provider first, as often as it takes, then here. */
export interface Revocations {
  /** Durable from the first moment: a kill in between is made good at the next start. */
  revoke(record: AccountRecord, made: readonly Made[]): Promise<Receipt>
  /** Tries what is due; everything when `all`. */
  resume(all: boolean): Promise<void>
  /** Unix ms of the next try, or null. */
  due(): number | null
}

/** @param idle called when a try has ended, because then something else may be due */
export const createRevocations = (parts: AccountsParts, book: AccountBook, idle: () => void): Revocations => {
  const { vault, clock, log } = parts
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))
  const running = new Map<string, Promise<Receipt>>()
  /** Also when the file can't be written, no try follows the last one at once. */
  const restUntil = new Map<string, number>()

  /** What was made through the account goes first, because that takes its token; the token goes when all of it has. */
  const upstream = async (pending: PendingRevocation): Promise<Upstream> => {
    const provider = pending.kind === 'ssh' ? null : (parts.providers.get(pending.provider) ?? null)
    const credential = provider === null ? null : await readQueued(pending)
    const client =
      provider === null || credential === null
        ? null
        : provider.client(parts.createHttp(httpParts(provider, pending.host, credential)))
    const { settled, queued, left } = await releaseMade(pending.made, client)
    const released = [...pending.released, ...settled]
    if (left.length > 0) {
      const waits: Step = { ...waiting, name: pending.login }
      return { steps: [...released, ...queued, waits], made: left, released }
    }
    return { steps: [...released, ...(await takeToken(pending, provider, credential))], made: [], released }
  }

  const takeToken = async (
    pending: PendingRevocation,
    provider: Provider | null,
    credential: HttpCredential | null,
  ): Promise<readonly Step[]> => {
    const byHand: Step = {
      what: 'access-token',
      name: pending.login,
      outcome: 'by-hand',
      url: pending.page,
      failure: null,
    }
    const key = pending.fingerprint ?? pending.login
    if (pending.kind === 'ssh') return [{ ...byHand, what: 'public-key', name: key }]
    if (provider === null || credential === null) return [byHand]
    const { host } = pending
    return takeAway(credential, {
      login: pending.login,
      page: pending.page,
      clientFor: (fixed) => provider.client(parts.createHttp(httpParts(provider, host, fixed))),
      app: async ({ clientId }) => {
        const app = await parts.oauthApps.find(pending.provider, host)
        return app?.clientId === clientId ? app : { clientId, clientSecret: null }
      },
      refresh: (pair) =>
        parts.refreshToken(pair, { provider: provider.id, host, offer: provider.signIn(host, pair.clientId) }),
      keep: (pair) =>
        vault.set(queuedName(pending.accountId), encodeCredential({ provider: provider.id, host, credential: pair })),
      wait,
    })
  }

  const httpParts = (provider: Provider, host: string, credential: HttpCredential) => ({
    provider,
    host,
    kind: credential.kind,
    credentials: { current: async () => credential, renew: async () => null },
    fetch: parts.fetch,
    now: () => clock.now(),
  })

  const readQueued = async ({ accountId, provider, host }: PendingRevocation): Promise<HttpCredential | null> => {
    const value = await vault.get(queuedName(accountId))
    const bound = value === null ? null : decodeCredential(value)
    return bound?.provider === provider && bound.host === host ? bound.credential : null
  }

  const attempt = async (pending: PendingRevocation): Promise<Receipt> => {
    const { steps, made, released } = await upstream(pending).catch(
      (error: unknown): Upstream => ({
        ...pending,
        steps: [
          ...pending.released,
          { ...waiting, name: pending.login, outcome: 'queued', failure: asData(asFailure(error)) },
        ],
      }),
    )
    const tooLate = clock.now() - pending.at > givesUpAfter
    const told = tooLate ? steps.map((step) => leaveToPerson(step, pending.page)) : steps
    const queued = told.some(({ outcome }) => outcome === 'queued')
    const secret = queued ? 'queued' : await removeSecrets(pending.accountId)
    const receipt: Receipt = {
      ...receiptOf(pending),
      steps: [
        ...told,
        localStep(pending, secret),
        { what: 'account', name: pending.login, outcome: 'removed', url: null, failure: null },
      ],
    }
    await settle({ ...pending, made, released }, receipt, secret === 'queued')
    return receipt
  }

  /** Removes the secret and reads again, to prove it. */
  const removeSecrets = async (accountId: string): Promise<'removed' | 'queued'> => {
    try {
      for (const name of [queuedName(accountId), vaultName(accountId)]) {
        await vault.delete(name)
        if ((await vault.get(name)) !== null) throw new Failure('storage-failed', { what: 'secret' })
      }
      return 'removed'
    } catch (error) {
      log.warn('A secret could not be removed yet', { accountId, error })
      return 'queued'
    }
  }

  const settle = (pending: PendingRevocation, receipt: Receipt, again: boolean) =>
    book.update((document) => {
      const open = receipt.steps.some(({ outcome }) => outcome === 'queued' || outcome === 'by-hand')
      const known = document.receipts.some(({ accountId }) => accountId === pending.accountId)
      const next = {
        ...pending,
        attempts: pending.attempts + 1,
        nextTryAt: clock.now() + 12 * backoff(pending.attempts),
      }
      const others = document.receipts.filter(({ accountId }) => accountId !== pending.accountId)
      return {
        ...document,
        revocations: document.revocations.flatMap((queued) =>
          queued.accountId !== pending.accountId ? [queued] : again ? [next] : [],
        ),
        // A receipt that the person dismissed does not come back, though the work goes on.
        receipts: open && known ? [...others, receipt] : others,
      }
    })

  const run = (pending: PendingRevocation): Promise<Receipt> => {
    const known = running.get(pending.accountId)
    if (known !== undefined) return known
    const started = attempt(pending).finally(() => {
      running.delete(pending.accountId)
      restUntil.set(pending.accountId, clock.now() + backoff(pending.attempts))
      idle()
    })
    running.set(pending.accountId, started)
    return started
  }

  return {
    revoke: async (record, made) => {
      const pending: PendingRevocation = {
        accountId: record.id,
        provider: record.provider,
        host: record.host,
        login: record.label === '' ? record.login : record.label,
        kind: record.kind,
        fingerprint: record.kind === 'ssh' ? record.viewerId : null,
        page: record.access.manageUrl,
        made,
        released: [],
        at: clock.now(),
        attempts: 0,
        nextTryAt: clock.now(),
      }
      const secret = await vault.get(vaultName(record.id))
      if (secret !== null) await vault.set(queuedName(record.id), secret)
      const started = { ...receiptOf(pending), steps: [{ ...waiting, name: pending.login }] }
      await book.update((document) => ({
        ...withoutAccount(document, record.id),
        revocations: [...document.revocations, pending],
        receipts: [...document.receipts, started],
      }))
      await vault
        .delete(vaultName(record.id))
        .catch((error: unknown) => log.warn('A secret could not be removed yet', { error }))
      const done = run(pending)
      done.catch((error: unknown) => log.error('A revocation ended unexpectedly', { error }))
      return Promise.race([done, wait(patience).then(() => started)])
    },
    resume: async (all) => {
      const now = clock.now()
      for (const pending of book.document().revocations) {
        if (all || pending.nextTryAt <= now)
          await run(pending).catch((error: unknown) => log.warn('A revocation waits', { error }))
      }
    },
    due: () =>
      book
        .document()
        .revocations.filter(({ accountId }) => !running.has(accountId))
        .map(({ accountId, nextTryAt }) => Math.max(nextTryAt, restUntil.get(accountId) ?? 0))
        .reduce<number | null>((soonest, at) => Math.min(soonest ?? at, at), null),
  }
}

/** What became of the secret here. The key of an SSH account is not the account's own: it stays among the keys. */
const localStep = ({ kind, login, fingerprint }: PendingRevocation, secret: 'removed' | 'queued'): Step =>
  kind === 'ssh'
    ? { what: 'ssh-key', name: fingerprint ?? login, outcome: 'kept', url: null, failure: null }
    : { what: 'local-secret', name: login, outcome: secret, url: null, failure: null }

/** What came of one try, and what is still to be taken away. */
type Upstream = Pick<PendingRevocation, 'made' | 'released'> & { readonly steps: readonly Step[] }

const waiting: Step = { what: 'access-token', name: '', outcome: 'queued', url: null, failure: null }

const receiptOf = ({ accountId, login, host, at }: PendingRevocation): Omit<Receipt, 'steps'> => ({
  accountId,
  login,
  host,
  at,
})

const leaveToPerson = (step: Step, page: string | null): Step =>
  step.outcome === 'queued' ? { ...step, outcome: 'by-hand', url: page } : step
