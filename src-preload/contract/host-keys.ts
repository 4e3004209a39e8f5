import { array, object, optional } from 'valibot'
import { HostKeyEntry } from './entities/ssh-key'
import { method, nothing } from './method'
import { Id, text } from './text'

export const hostKeys = {
  /** Published and confirmed keys, by host. */
  list: method(object({ text: optional(text(200), '') }), array(HostKeyEntry)),
  /** Forgets a confirmed key: the next connection asks again. */
  forget: method(object({ id: Id }), nothing),
}
