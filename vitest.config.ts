import { defineConfig } from 'vitest/config'

// One time zone for everybody, set before the workers start.
process.env.TZ = 'UTC'

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'src-*/**/*.test.ts',
      'src-*/**/*.test.tsx',
      'e2e/forge/**/*.test.ts',
      'e2e/attacks/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    setupFiles: ['src-main/testing/no-network.ts'],
    maxWorkers: 2,
    // Real git, real servers and real keychains: on a busy computer five seconds are too few.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
  },
})
