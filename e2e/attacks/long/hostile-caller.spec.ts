import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

test('a receiver outlasts 3,000 hanging connections and half a minute of unsigned calls', () => {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const config = join('e2e', 'attacks', 'long', 'vitest.config.ts')
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config], { stdio: 'inherit' })
  expect(status).toBe(0)
})
