import type { hostKeys } from '../../../src-preload/contract/host-keys'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import { parseKnownHosts } from '../../ssh/known-hosts'
import type { HostKeyBook } from './host-key-book'
import type { HostLook } from './look-at-host'

/** Time to look at a host once more, in ms. */
const patience = 15_000

export const createHostKeyHandlers = (book: HostKeyBook, hosts: HostLook): Handlers<typeof hostKeys> => ({
  list: async ({ text }) => {
    const wanted = text.trim().toLowerCase()
    return book.list().filter(({ host, fingerprint }) => `${host} ${fingerprint}`.toLowerCase().includes(wanted))
  },
  confirm: async ({ host, port, fingerprint }) => {
    await hosts.confirm(host, port, fingerprint, AbortSignal.timeout(patience))
    return undefined
  },
  take: async ({ text }) => {
    if (parseKnownHosts(text).length === 0) throw new Failure('key-unreadable', { reason: 'no-known-hosts' })
    return book.take(text)
  },
  forget: async ({ ids }) => {
    await book.forget(ids)
    return undefined
  },
})
