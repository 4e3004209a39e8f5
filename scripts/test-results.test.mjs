import { expect, it } from 'vitest'
import { fromPlaywright, fromVitest } from './test-results.mjs'

const passed = { status: 'passed', fullName: 'fine', failureMessages: [] }
const failed = { status: 'failed', fullName: 'broken', failureMessages: ['Error: no'] }

it('counts the tests of Vitest and names what failed', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'passed',
        message: '',
        assertionResults: [passed, passed, { ...passed, status: 'pending' }],
      },
      { name: 'b.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    ],
  }
  const result = fromVitest(report)
  expect(result).toMatchObject({ passed: 3, failed: 1, skipped: 1 })
  expect(result.failures.join()).toContain('b.test.ts\n  broken\nError: no')
})

it('counts a file that cannot be loaded', () => {
  const report = {
    testResults: [{ name: 'c.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] }],
  }
  expect(fromVitest(report)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['c.test.ts\nSyntaxError'] })
})

it('counts the tests of Playwright and the errors outside them', () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 2 },
    errors: [{ message: 'No tests found' }],
  }
  expect(fromPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2, failures: ['No tests found'] })
})
