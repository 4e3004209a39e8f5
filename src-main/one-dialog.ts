import { Failure } from '../src-preload/contract/outcome'

/** Shows a dialog if none is open. @throws Failure `consent-withheld` while another one is */
export type InFront = <T>(show: () => Promise<T>) => Promise<T>

/**
 * One dialog at a time, whoever draws it: the page can put none before another, which would be answered by mistake, and
 * can't bury the window below a thousand.
 */
export const createInFront = (): InFront => {
  let open = false
  return async (show) => {
    if (open) throw new Failure('consent-withheld', { why: 'open' })
    open = true
    try {
      return await show()
    } finally {
      open = false
    }
  }
}
