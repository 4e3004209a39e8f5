import { expect, it } from 'vitest'
import { fromPlaywright, fromVitest } from './test-results.mjs'

const passed = { status: 'passed' }
const failed = { status: 'failed' }

it('counts the tests of Vitest', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'passed',
        assertionResults: [passed, passed, { ...passed, status: 'pending' }],
      },
      { name: 'b.test.ts', status: 'failed', assertionResults: [passed, failed] },
    ],
  }
  expect(fromVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 1, failures: [] })
})

it('counts a file that cannot be loaded', () => {
  const report = {
    testResults: [{ name: 'c.test.ts', status: 'failed', assertionResults: [] }],
  }
  expect(fromVitest(report)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] })
})

it('counts the tests of Playwright and the errors outside them', () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 2 },
    errors: [{ message: 'No tests found' }],
  }
  expect(fromPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2, failures: ['No tests found'] })
})
