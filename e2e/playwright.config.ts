import { defineConfig } from '@playwright/test'

// Each test starts an app of its own, which keeps two cores busy with two at a time.
export default defineConfig({
  testDir: '.',
  testMatch: ['**/specs/*.spec.ts', '**/attacks/*.spec.ts'],
  outputDir: '../out/e2e',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
})
