import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const vitest = join('node_modules', 'vitest', 'vitest.mjs')
const files = ['src-main/features/accounts/killed.test.ts', 'src-main/credentials/vault-kill.test.ts']

test('a renewal and a vault outlast 200 kills each', () => {
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, CLOUDAIPILOT_TEST_KILLS: '200' },
  })
  expect(status).toBe(0)
})
