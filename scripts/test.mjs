import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildApp } from './build.mjs'
import { findElectron } from './electron-runtime.mjs'
import { describeElectron, inDesktopSession } from './in-window.mjs'
import { main, root } from './main.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { complain, Stop, say, secondsSince } from './say.mjs'
import { installSystemPackages } from './system-packages.mjs'
import { check, fromPlaywright, fromVitest, nothing, sum } from './test-results.mjs'

/** @typedef {import('./test-results.mjs').Result} Result */

const reports = path.join(root, 'out', 'test')
const bin = (/** @type {string} */ file) => path.join(root, 'node_modules', file)

/** Splits `--only unit|e2e|check` from what is meant for the test runners. @param {readonly string[]} argv */
function readArguments(argv) {
  const rest = [...argv]
  const index = rest.indexOf('--only')
  const only = index < 0 ? null : (rest.splice(index, 2)[1] ?? '')
  if (only !== null && !['check', 'unit', 'e2e'].includes(only))
    throw new Stop('--only takes check, unit or e2e.', { code: 2 })
  return { runs: (/** @type {string} */ phase) => only === null || only === phase, rest, only }
}

/**
 * One phase, one line: its name, what came of it, its time. What went wrong is printed before that line.
 * @param {string} name
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function phase(name, work) {
  const start = performance.now()
  const result = await work()
  for (const failure of result.failures) complain(`${failure.trimEnd()}\n`)
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  say(`${name}: ${result.passed} passed, ${result.failed} failed${skipped} (${secondsSince(start)})`)
  return result
}

/** @param {string} name @param {string} file @param {readonly string[]} args */
const tool = (name, file, args) =>
  phase(name, async () => {
    const { code, output } = await run(process.execPath, [bin(file), ...args], { cwd: root })
    return check(code === 0, output)
  })

const build = () =>
  phase('build', () =>
    buildApp(root).then(
      () => check(true, ''),
      (error) => {
        if (error instanceof Stop && error.details !== undefined) return check(false, error.details)
        throw error
      },
    ),
  )

/** @param {string} file @returns {any} the report, or null where the runner wrote none */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/**
 * Adds what a runner said where it failed. One that failed without counting a failure is itself one.
 * @param {Result} result @param {number} code @param {string} output
 * @returns {Result}
 */
const describeFailure = (result, code, output) =>
  code === 0
    ? result
    : {
        ...result,
        failed: Math.max(result.failed, 1),
        failures: output === '' ? result.failures : [...result.failures, output],
      }

/** @param {NodeJS.ProcessEnv} env @param {readonly string[]} args @returns {Promise<Result>} */
function unitTests(env, args) {
  const file = path.join(reports, 'unit.json')
  return phase('architecture and unit tests', async () => {
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
    const { code, output } = await run(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...reporters, ...args], {
      cwd: root,
      env,
    })
    const report = readReport(file)
    return describeFailure(report === null ? nothing : fromVitest(report), code, output)
  })
}

/** @param {NodeJS.ProcessEnv} env @param {readonly string[]} args @returns {Promise<Result>} */
function endToEndTests(env, args) {
  const file = path.join(reports, 'e2e.json')
  return phase('end to end', async () => {
    const { code } = await run(
      process.execPath,
      [bin('@playwright/test/cli.js'), 'test', '--config', path.join(root, 'e2e', 'playwright.config.ts'), ...args],
      { cwd: root, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, show: true },
    )
    const report = readReport(file)
    const result = report === null ? nothing : fromPlaywright(report)
    return describeFailure(result, code, '')
  })
}

/**
 * Checks the whole project and ends with one plain line, `N passed, N failed`.
 * `--only check|unit|e2e` runs one part; other arguments go to Playwright, with `--only unit` to Vitest.
 */
await main(async () => {
  const { runs, rest, only } = readArguments(process.argv.slice(2))
  await installPackages(root)
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  /** @type {Result[]} */
  const results = []
  if (runs('check')) {
    results.push(await tool('Biome', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']))
    results.push(await tool('types', 'typescript/bin/tsc', ['--noEmit']))
  }
  if (runs('unit') || runs('e2e')) {
    await installSystemPackages('test')
    if (runs('unit')) results.push(await inDesktopSession('none', (env) => unitTests(env, only === 'unit' ? rest : [])))
    if (runs('e2e')) {
      const executable = await findElectron(root)
      const built = await build()
      results.push(built)
      if (built.failed === 0) {
        const electron = await describeElectron(executable)
        results.push(await inDesktopSession('none', (env) => endToEndTests({ ...env, ...electron }, rest)))
      }
    }
  }
  const { passed, failed } = sum(results)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
