import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proxyProgram } from '../../src-main/deploy/pilot-script'
import { freePort } from '../../src-main/testing/free-port'

/** The receiver's proxy with a stand-in for webhook, which notes every byte that it is given. */
export interface ProxyAlone {
  readonly port: number
  readonly pid: number
  /** Number of the stand-in's process, or 0 while there is none. */
  readonly behind: () => number
  /** What the stand-in was given, one text for each connection that was closed or answered. */
  readonly given: () => readonly string[]
  readonly isReady: () => boolean
  /** What the proxy has said of itself. */
  readonly errors: () => string
  readonly process: ChildProcess
  /** Processor time of the proxy so far, in ticks of 10 ms (proc(5)). */
  readonly ticks: () => number
  readonly folder: string
  close(): Promise<void>
}

// It answers 200 to each connection whose bytes came, once the file `hold` is not there.
const standIn = `
const { createServer } = require('node:net')
const { appendFileSync, existsSync, writeFileSync } = require('node:fs')
writeFileSync('pid', String(process.pid))
process.on('SIGHUP', () => appendFileSync('hung-up', 'x'))
createServer((socket) => {
  let text = ''
  socket.on('error', () => undefined)
  socket.on('data', (part) => {
    text += part.toString('latin1')
    const [head, body] = text.split('\\r\\n\\r\\n')
    const length = Number((/content-length: (\\d+)/i.exec(head) || [])[1])
    if (body === undefined || body.length < length) return
    appendFileSync('given', JSON.stringify(text) + '\\n')
    const reply = () =>
      existsSync('hold') ? setTimeout(reply, 20) : socket.end('HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\ntaken')
    reply()
  })
}).listen(Number(process.argv[process.argv.indexOf('-port') + 1]), '127.0.0.1')
`

/**
 * @param before Perl that stands before the program
 * @param address what it listens on
 */
export const startProxy = async ({ before = '', address = '127.0.0.1' } = {}): Promise<ProxyAlone> => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
  const at = (name: string) => join(folder, name)
  writeFileSync(at('proxy.pl'), before + proxyProgram)
  writeFileSync(at('behind.cjs'), standIn)
  writeFileSync(at('log'), '')
  const port = await freePort()
  // A group of its own: a signal to number 0 would reach the tests.
  const child = spawn('perl', ['proxy.pl', address, String(port), '0', process.execPath, 'behind.cjs'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    errors += part
  })
  const read = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '')
  const pid = child.pid ?? 0
  return {
    port,
    pid,
    process: child,
    folder,
    behind: () => Number(read('pid')),
    given: () =>
      read('given')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as string),
    isReady: () => read('ready') === String(pid),
    errors: () => errors,
    ticks: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
      return Number(fields[11]) + Number(fields[12])
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
