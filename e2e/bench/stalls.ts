import type { Driven } from './driven'

/** Watches a thread: how much longer than planned the longest pause between two ticks was. Text, to run in both. */
const watch = `(() => {
  const every = 2
  let last = performance.now()
  let most = 0
  const timer = setInterval(() => {
    const now = performance.now()
    most = Math.max(most, now - last - every)
    last = now
  }, every)
  globalThis.stalled = () => {
    clearInterval(timer)
    return most
  }
})()`

/** Longest that main and window each stood still while something went on, in ms. */
export const stalls = async (
  { app, window }: Pick<Driven, 'app' | 'window'>,
  act: () => Promise<unknown>,
): Promise<{ readonly main: number; readonly window: number }> => {
  await Promise.all([window.evaluate(watch), app.evaluate(watch)])
  await act()
  return {
    window: (await window.evaluate('stalled()')) as number,
    main: (await app.evaluate('stalled()')) as number,
  }
}
