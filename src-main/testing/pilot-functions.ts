import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The functions of what runs on a server, as text that defines them and does nothing. */
export const pilotFunctions = (...names: readonly string[]): string =>
  ['start', ...names].map((name) => readFileSync(`src-main/deploy/scripts/${name}.sh`, 'utf8')).join('\n')

/** Runs a shell script as the leader of its own process group, with nothing of our environment. Answers what it prints. */
export const runScript = (script: string, home: string, args: readonly string[] = []): string =>
  execFileSync('setsid', ['--wait', 'sh', '-c', script, 'sh', ...args], {
    env: { PATH: process.env.PATH, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  }).toString()
