import type { hostKeys } from '../../../src-preload/contract/host-keys'
import type { Handlers } from '../../../src-preload/contract/method'
import type { HostKeyBook } from './host-key-book'

export const createHostKeyHandlers = (book: HostKeyBook): Handlers<typeof hostKeys> => ({
  list: async ({ text }) => {
    const wanted = text.trim().toLowerCase()
    return book.list().filter(({ host, fingerprint }) => `${host} ${fingerprint}`.toLowerCase().includes(wanted))
  },
  forget: async ({ id }) => {
    await book.forget(id)
    return undefined
  },
})
