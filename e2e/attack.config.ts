import { defineConfig } from '@playwright/test'

// Attacks that take minutes, started by hand with `npm run attack`. Each has a bound of its own; together they end within ten minutes.
export default defineConfig({
  testDir: 'attacks/long',
  outputDir: '../out/attack',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  globalTimeout: 600_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
})
