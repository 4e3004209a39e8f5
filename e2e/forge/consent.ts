import type { OAuthApp } from './credentials'
import type { Person } from './entities'
import { escaped, hidden, page } from './pages'
import type { Reply } from './reply'

/** What is asked of a person on the page that lists scopes. */
export interface Consent {
  readonly brand: string
  readonly app: OAuthApp
  readonly person: Person
  /** One line each, in the provider's words. */
  readonly asks: readonly string[]
  /** Parameters that come back with the answer. */
  readonly carried: Iterable<readonly [string, string]>
  readonly landing: string
}

/** The consent page of providers on which scopes are taken or left as a whole. */
export const consentPage = (consent: Consent): Reply =>
  page(
    consent.brand,
    `Authorize ${consent.app.name}`,
    `<p>${escaped(consent.app.name)} wants to use your account ${escaped(consent.person.login)}.</p>
<section><ul>${consent.asks.map((ask) => `<li>${escaped(ask)}</li>`).join('')}</ul></section>
<form method="post">${hidden(consent.carried)}
<button class="go" name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel">Cancel</button></form>
<p>${escaped(consent.landing)}</p>`,
  )
