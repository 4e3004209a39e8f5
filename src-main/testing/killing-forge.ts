import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { systemClock } from '../clock'
import type { Fetch } from '../network/fetch'
import { accountsOnDisk } from './accounts-on-disk'
import { expiredAccount, expiredAccountId, refreshTokenIn } from './expired-account'
import { listen } from './loopback-server'
import { createTokenForge, type TokenForge } from './token-forge'

/**
 * When the forge kills the process that renews: it has used the refresh token up, but sent nothing of its answer; it has sent
 * a part; the new pair has just been written to its place; or so many ms after its last byte went out.
 */
export type KillPoint = 'before-answer' | 'in-answer' | 'written' | number

/** What a kill left, and what the next start made of it. */
export interface Killed {
  /** The new pair was on the disk. */
  readonly kept: boolean
  readonly state: string
  /** `answer-lost`, or nothing. */
  readonly reason: string | undefined
  /** Token requests of the next start. */
  readonly asked: number
}

/** Resolves when a whole line stands in a place of the vault, or the process has ended by itself. */
const written = async (home: string, child: ChildProcess): Promise<void> => {
  const hasLine = async (name: string) => (await readFile(join(home, name), 'utf8').catch(() => '')).includes('\n')
  while (child.exitCode === null) {
    const places = (await readdir(home)).filter((name) => name.startsWith('vault.ahead-'))
    if ((await Promise.all(places.map(hasLine))).includes(true)) return
  }
}

/** A forge that kills whoever renews a token with it. */
export interface KillingForge {
  readonly forge: TokenForge
  /** @param name A folder of its own, and the person. */
  kill(name: string, point: KillPoint): Promise<Killed>
  close(): Promise<void>
}

/** @param program Built from `killed-renewal.ts`. */
export const startKillingForge = async (folder: string, program: string, fetch: Fetch): Promise<KillingForge> => {
  const victims = new Map<string, { readonly child: ChildProcess; readonly point: KillPoint }>()
  const server = await listen(
    createServer((request, response) => {
      let head: readonly [number, Record<string, string>] = [200, {}]
      const intercepted = {
        writeHead: (status: number, headers: Record<string, string>) => {
          head = [status, headers]
        },
        end: (body: string) => {
          const victim = request.url === '/oauth/token' ? victims.get(forge.refreshes.at(-1) ?? '') : undefined
          const kill = () => victim?.child.kill('SIGKILL')
          if (victim?.point === 'before-answer') return void kill()
          response.writeHead(head[0], { ...head[1], 'content-length': Buffer.byteLength(body) })
          if (victim?.point === 'in-answer') return void response.write(body.slice(0, body.length / 2), kill)
          if (victim?.point === 'written') return void response.end(body)
          const afterMs = victim?.point ?? 0
          response.end(body, () => (victim === undefined || afterMs === 0 ? kill() : setTimeout(kill, Number(afterMs))))
        },
      }
      forge.listener(request, intercepted as unknown as ServerResponse)
    }),
  )
  const forge = createTokenForge(server.url)

  return {
    forge,
    kill: async (name, point) => {
      const home = join(folder, name)
      const pair = await expiredAccount(home, forge, name)
      const child = spawn(process.execPath, [program, home, expiredAccountId, '0'], { stdio: 'ignore' })
      victims.set(pair.refresh, { child, point })
      const closed = once(child, 'close')
      if (point === 'written') {
        await written(home, child)
        child.kill('SIGKILL')
      }
      await closed
      victims.delete(pair.refresh)
      const stored = await refreshTokenIn(home)
      const before = forge.refreshes.length
      const { accounts } = await accountsOnDisk(home, fetch, systemClock)
      await accounts.start()
      await accounts.stop()
      const { state, reason } = accounts.get(expiredAccountId)
      // Others may renew at this forge at the same time.
      const asked = forge.refreshes.slice(before).filter((token) => token === stored).length
      return { kept: stored !== pair.refresh, state, reason: reason?.facts.reason, asked }
    },
    close: server.close,
  }
}
