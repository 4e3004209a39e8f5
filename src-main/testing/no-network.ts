/**
 * Loaded before every unit test: a request that no test has arranged for fails at once and says where it was going.
 * Tests hand their own `fetch` to the code under test; servers on loopback are reached through `loopbackFetch`.
 */
const realFetch = globalThis.fetch

const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)

/** The real `fetch`, for the real servers that tests start on this computer and for nothing else. */
export const loopbackFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!isLoopback(url)) throw new Error(`A test tried to reach ${url.href}.`)
  return realFetch(input, init)
}

globalThis.fetch = async (input) => {
  throw new Error(`fetch was called without being mocked: ${input instanceof Request ? input.url : String(input)}`)
}
