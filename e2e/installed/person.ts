import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { root } from '../fixtures/electron'
import { catchPages, type OpenedPages } from '../fixtures/opened-pages'

const run = promisify(execFile)

/** Debian's user without any rights; no process or file of the tests is anybody else's. */
const uid = 65_534
const become = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']

/** The tray on a person's desktop. */
export interface PersonsTray {
  /** Clicks the line of the menu at the end of these labels, or none; answers the labels of the menu. */
  choose(...labels: readonly string[]): Promise<readonly string[]>
  close(): Promise<void>
}

/** Somebody who is not root, at a desktop session of their own. */
export interface Person {
  readonly env: Readonly<Record<string, string>>
  /** A program that starts the installed app as this person; for Playwright, which starts programs as itself. */
  readonly starter: string
  /** What the desktop was asked to open in their browser. */
  readonly pages: OpenedPages
  /** Runs a program as this person. */
  run(
    program: string,
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>> },
  ): Promise<{ readonly stdout: string; readonly stderr: string }>
  /** Gives their desktop a place for tray icons, before the app starts. */
  openTray(): Promise<PersonsTray>
  /** Puts a file of theirs somewhere. */
  write(file: string, content: string, mode?: number): Promise<void>
  leave(): Promise<void>
}

/** @param program the installed app's binary */
export const newPerson = async (program: string): Promise<Person> => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudaipilot-person-'))
  await chmod(folder, 0o755)
  const { HOME: _, ...outer } = process.env
  const session = spawn('setpriv', [...become, process.execPath, join(root, 'e2e', 'installed', 'open-session.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...outer, HOME: '/nonexistent', TMPDIR: tmpdir() },
    cwd: '/',
  })
  const [line] = (await once(createInterface(session.stdout), 'line')) as [string]
  const env = JSON.parse(line) as Record<string, string>
  const starter = join(folder, 'start')
  await writeFile(starter, `#!/bin/sh\ncd / && exec setpriv ${become.join(' ')} ${program} "$@"\n`, { mode: 0o755 })
  const pages = await catchPages(env)
  // Set up by root in their name.
  await run('chown', ['-R', `${uid}:${uid}`, env.HOME ?? ''])
  return {
    env,
    starter,
    pages,
    run: (command, args, options) =>
      run('setpriv', [...become, command, ...args], {
        env: { ...env, ...options?.env },
        cwd: '/',
        timeout: 30_000,
      }),
    openTray: async () => {
      const program = [process.execPath, '--import', 'tsx', join(root, 'e2e', 'installed', 'tray-process.ts')]
      const shell = spawn('setpriv', [...become, ...program], { stdio: ['pipe', 'pipe', 'inherit'], env, cwd: root })
      const lines = createInterface(shell.stdout)[Symbol.asyncIterator]()
      const answer = async () => {
        const { done, value } = await lines.next()
        if (done === true) throw new Error('The tray has gone')
        return JSON.parse(value) as readonly string[]
      }
      await answer()
      return {
        choose: (...labels) => {
          shell.stdin.write(`${JSON.stringify(labels)}\n`)
          return answer()
        },
        close: async () => {
          const ended = once(shell, 'close')
          shell.stdin.end()
          await ended
        },
      }
    },
    write: async (file, content, mode = 0o644) => {
      await writeFile(file, content, { mode })
      await chown(file, uid, uid)
    },
    leave: async () => {
      const ended = once(session, 'close')
      session.stdin.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
