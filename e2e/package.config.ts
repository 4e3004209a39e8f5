import { defineConfig } from '@playwright/test'

// One system, one package: the tests build on each other and run one after the other.
export default defineConfig({
  testDir: 'installed',
  outputDir: '../out/e2e-installed',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
})
