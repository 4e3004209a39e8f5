import { Failure } from '../../src-preload/contract/outcome'

/** What is waited for, or `cancelled` as soon as the signal says so; what goes on by itself then is nobody's. */
export const orCancelled = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  let cancel = () => {}
  const cancelled = new Promise<never>((_resolve, reject) => {
    cancel = () => reject(new Failure('cancelled'))
  })
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([work, cancelled])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
