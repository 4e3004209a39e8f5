/**
 * What a test runner reported, boiled down.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Result
 */

/** @type {Result} */
export const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** @param {readonly Result[]} results @returns {Result} */
export const sum = (results) =>
  results.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      failures: [...a.failures, ...b.failures],
    }),
    nothing,
  )

/** @param {boolean} ok @param {string} failure what to print when not @returns {Result} */
export const check = (ok, failure) => ({
  ...nothing,
  passed: ok ? 1 : 0,
  failed: ok ? 0 : 1,
  failures: ok ? [] : [failure],
})

/** @param {any} file @returns {Result} */
function fromVitestFile(file) {
  const count = (/** @type {(status: string) => boolean} */ wanted) =>
    file.assertionResults.filter((/** @type {any} */ test) => wanted(test.status)).length
  const failed = count((status) => status === 'failed')
  return {
    passed: count((status) => status === 'passed'),
    failed: file.status === 'failed' ? Math.max(failed, 1) : failed,
    skipped: count((status) => status !== 'passed' && status !== 'failed'),
    failures: [],
  }
}

/**
 * Counts in the report of Vitest's JSON reporter; Vitest itself says best what went wrong. A file that could not even be
 * loaded counts as one failure.
 * @param {any} report
 * @returns {Result}
 */
export const fromVitest = (report) => sum(report.testResults.map(fromVitestFile))

/**
 * Reads the report of Playwright's JSON reporter. Errors outside any test, a broken spec file for instance, count too.
 * @param {any} report
 * @returns {Result}
 */
export function fromPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  const outside = report.errors.map((/** @type {any} */ error) => error.message ?? String(error))
  return { passed: expected + flaky, failed: unexpected + outside.length, skipped, failures: outside }
}
