import { Failure } from '../../src-preload/contract/outcome'

/** Resolves after so many ms, or rejects with `Failure('cancelled')` as soon as the signal says so. */
export const wait = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Failure('cancelled'))
    const cancel = () => {
      clearTimeout(timer)
      reject(new Failure('cancelled'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', cancel, { once: true })
  })
