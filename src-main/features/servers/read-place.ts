import { Failure } from '../../../src-preload/contract/outcome'
import { requireAddress } from '../../git/address'

/** Host and user name as ssh may be given them: read by the one strict parser of addresses. @throws Failure `address-refused` */
export const readPlace = (host: string, user: string): { readonly host: string; readonly user: string } => {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  const address = requireAddress(`ssh://${user}@${bracketed}/x`)
  if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'scheme' })
  return { host: address.host, user: address.user }
}
