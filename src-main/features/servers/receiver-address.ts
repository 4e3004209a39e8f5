import type { Server } from '../../../src-preload/contract/entities/server'
import type { ServerRecord } from './servers-document'

/** Base address that providers call, without a trailing slash. */
export const receiverAddress = ({
  host,
  receiver,
}: {
  readonly host: string
  readonly receiver: Pick<ServerRecord['receiver'], 'publicUrl' | 'certificate' | 'port'>
}): string => {
  const { publicUrl, certificate, port } = receiver
  if (publicUrl !== null) return publicUrl.replace(/\/+$/, '')
  const scheme = certificate === null ? 'http' : 'https'
  return `${scheme}://${host}${port === (certificate === null ? 80 : 443) ? '' : `:${port}`}`
}

/** A server as the window sees it. */
export const presentServer = (record: ServerRecord, publicKey: string, apps: readonly string[]): Server => {
  const { keyMade: _, receiver, ...facts } = record
  const { chosen: __, ...shown } = receiver
  return { ...facts, publicKey, receiver: { ...shown, address: receiverAddress(record) }, apps: [...apps] }
}
