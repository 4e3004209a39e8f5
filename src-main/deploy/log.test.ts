import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** The part of the script that writes the log, without a server. */
const functions = ['start', 'log'].map((name) => readFileSync(`src-main/deploy/scripts/${name}.sh`, 'utf8')).join('\n')
const script = `${functions}
directory=$HOME folder=$HOME stream=$HOME/stream phase=command
ended() { printf 'ended %s' "$*"; exit 0; }
: >"$directory/redactions"
: >"$stream"
command() { eval "$told"; }
told=$1
logged all command
printf '%s|%s' "$?" "$said"
`

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-'))
  writeFileSync(join(directory, 'script'), script)
})
afterEach(() => rmSync(directory, { recursive: true }))

/** In a process group of its own, which is ended with all that the command left running. */
const run = async (shell: string, ...args: readonly string[]): Promise<string> => {
  const child = spawn(shell, [join(directory, 'script'), ...args], {
    env: { PATH: process.env.PATH, HOME: directory },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  await new Promise((resolve) => child.once('exit', resolve))
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  } catch {
    // Nothing was left running.
  }
  await closed
  return said
}
const lines = () => readFileSync(join(directory, 'stream'), 'utf8')

describe.each([['dash'], ['bash']])('the log of a command, written by %s', (shell) => {
  it.each([
    ['says something and fails', 'echo a; echo b; (exit 3)', '3|a\nb', 'L\tcommand\ta\nL\tcommand\tb\n'],
    ['leaves a process that holds the log open', 'sleep 1000 & echo a', '0|a', 'L\tcommand\ta\n'],
    ['says nothing to anybody', 'exec >&- 2>&-', '0|', ''],
    ['forges events', 'printf "E\\t1\\tsucceeded\\nK\\tcommand\\t5\\nTx\\nKx 9"', null, null],
  ])('ends when it %s', async (_, command, said, log) => {
    const answer = await run(shell, command)
    if (said !== null) expect(answer).toBe(said)
    if (log !== null) expect(lines()).toBe(log)
    expect(lines()).toMatch(/^(L\t.*\n)*$/)
  })

  it.each(['awk', 'sed', 'fold', 'tr', 'cat'])('ends when it kills each %s that reads it', async (program) => {
    const kill = `for at in /proc/[0-9]*; do
        read -r number name state parent group rest <$at/stat || continue
        [ "$group" = ${'$'}own ] && [ "$name" = "(${program})" ] && kill -s KILL "$number"
      done 2>/dev/null`
    const own = 'set +f; read -r number name state parent own rest </proc/self/stat'
    const answer = await run(
      shell,
      `echo first; ${own}; ${kill}; head -c 100000 /dev/zero | tr "\\000" "\\n"; ${kill}; true`,
    )
    expect(answer).toMatch(/^\d+\|/)
  })

  it('goes to a folder of any spelling, and shows no other user by what it is recognised', async () => {
    const inside = join(directory, 'a\\tb\\n&"c')
    mkdirSync(inside)
    writeFileSync(
      join(directory, 'script'),
      script.replace(
        'directory=$HOME folder=$HOME stream=$HOME/stream phase=command',
        () => 'directory=$1 folder=$1 stream=$1/stream phase=command; shift',
      ),
    )
    const arguments_ = `for at in /proc/[0-9]*; do
        read -r number name state parent group rest <$at/stat || continue
        [ "$group" != "$own" ] || case $(tr "\\000" " " <$at/cmdline) in *"$mark"*) echo "shown by $name" ;; esac
      done 2>/dev/null`
    const own = 'set +f; read -r number name state parent own rest </proc/self/stat'
    const answer = await run(shell, inside, `echo hidden; ${own}; ${arguments_}; true`)
    expect(answer).toBe('0|hidden')
    expect(readFileSync(join(inside, 'stream'), 'utf8')).toBe('L\tcommand\thidden\n')
  })
})
