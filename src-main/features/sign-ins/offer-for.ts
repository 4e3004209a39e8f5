import type { SignInOffer } from '../../providers/provider'

/** The page on which a token is made, with other scopes filled in where its address names them. */
const withScopes = (page: string, scopes: readonly string[]): string => {
  const url = new URL(page)
  if (!url.searchParams.has('scopes')) return page
  url.searchParams.set('scopes', scopes.join(','))
  return url.href
}

/**
 * The offer for somebody who is about to deploy: it asks for webhooks and deploy keys too. Where the provider's usual
 * scopes suffice, or an app's registration decides, it is the usual one.
 */
export const offerFor = (offer: SignInOffer, deploys: boolean): SignInOffer => {
  const { deployScopes, redirect, device, token } = offer
  if (!deploys || deployScopes === undefined) return offer
  return {
    ...offer,
    ...(redirect === undefined || redirect.scopes.length === 0
      ? {}
      : { redirect: { ...redirect, scopes: deployScopes } }),
    ...(device === undefined || device.scopes.length === 0 ? {} : { device: { ...device, scopes: deployScopes } }),
    ...(token === undefined
      ? {}
      : { token: { ...token, scopes: [...deployScopes], createUrl: withScopes(token.createUrl, deployScopes) } }),
    notes: [...offer.notes, 'for-deploys'],
  }
}

/** Whether an account may do already what deploys need, so that signing in again must not take it away. */
export const mayDeploy = ({ deployScopes }: SignInOffer, granted: readonly string[] | null): boolean =>
  deployScopes?.every((scope) => granted?.includes(scope)) ?? false
