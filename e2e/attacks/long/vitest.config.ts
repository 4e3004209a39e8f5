import { defineConfig } from 'vitest/config'

// Long attacks that need no window, but what vite alone can read: the script of the servers.
export default defineConfig({ test: { include: ['e2e/attacks/long/*.calls.ts'] } })
