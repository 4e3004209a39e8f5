import type { Listing } from '../../../src-preload/contract/entities/repository'
import type { FailureCode } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { RelativeTime } from '../../ui/relative-time'
import { accountFixes } from '../accounts/account-fixes'
import { useAccounts } from '../accounts/use-accounts'
import style from './repositories.module.css'
import { isListing } from './repository-list'
import { useRepositories } from './use-repositories'
import { words } from './words'

const sum = (listings: readonly Listing[]) => {
  const loading = listings.filter(({ state }) => state === 'loading')
  const count = loading.reduce((all, listing) => all + listing.count, 0)
  const total = loading.every((listing) => listing.total !== null)
    ? loading.reduce((all, listing) => all + (listing.total ?? 0), 0)
    : null
  return words.loading(count, total)
}

/** How far the lists are and how old, in one line, and the button that renews or stops them. */
export const ListingLine = () => {
  const listings = useRepositories((state) => state.listings)
  const total = useRepositories((state) => state.total)
  const known = useRepositories((state) => state.known)
  const accountId = useRepositories((state) => state.question.filters.accountId)
  const loading = isListing(listings)
  const oldest = Math.min(...listings.map(({ completeAt }) => completeAt ?? Number.POSITIVE_INFINITY))
  return (
    <div className={style.line} role="status">
      <span>{words.counts(total, known)}</span>
      {loading && <span>{sum(listings)}</span>}
      {!loading && Number.isFinite(oldest) && (
        <span>
          {words.complete} <RelativeTime at={oldest} />
        </span>
      )}
      <Button
        small
        look="quiet"
        onClick={() =>
          void (loading ? api.repositories.stop() : api.repositories.refresh({ accountId })).catch(reportFailure)
        }
      >
        {loading ? words.stop : words.refresh}
      </Button>
    </div>
  )
}

/** Failures with which a list is read to its end and yet lacks something. */
const hides: readonly FailureCode[] = ['scope-missing', 'sso-required', 'access-restricted', 'repos-hidden']

/** What stands between the person and a complete list, one card an account. */
export const ListingFailures = () => {
  const listings = useRepositories((state) => state.listings)
  const accounts = useAccounts((state) => state.accounts) ?? []
  const failed = listings.flatMap(({ accountId, failure }) => (failure === null ? [] : [{ accountId, failure }]))
  if (failed.length === 0) return null
  const hidden = failed.some(({ failure }) => hides.includes(failure.code))
  return (
    <section className={style.failures} aria-label={hidden ? words.hidden : words.incomplete}>
      {hidden && <h2 className={style.detailsLabel}>{words.hidden}</h2>}
      {failed.map(({ accountId, failure }) => {
        const account = accounts.find(({ id }) => id === accountId)
        return (
          <FailureCard
            key={accountId}
            failure={failure}
            facts={account === undefined ? {} : { host: account.host, kind: account.kind }}
            handlers={{
              ...accountFixes(accountId, failure),
              retry: () => void api.repositories.refresh({ accountId }).catch(reportFailure),
            }}
          />
        )
      })}
    </section>
  )
}
