import { nullable, object, optional } from 'valibot'
import { Diagnosis, ShownList } from './entities/diagnosis'
import { method, nothing } from './method'
import { Id, line } from './text'

export const diagnosis = {
  /**
   * Starts to look for a repository by `owner/name` or any address of it; each check is announced as it passes or fails.
   * Ends an earlier one.
   */
  start: method(
    object({
      address: line(2048),
      /** The account that ought to see it; null for whichever does. */
      accountId: optional(nullable(Id), null),
      shown: optional(ShownList, {}),
    }),
    Diagnosis,
  ),
  cancel: method(nothing, nothing),
}
