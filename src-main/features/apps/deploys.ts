import { randomBytes } from 'node:crypto'
import type { Deploy, DeployLogChunk } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { type Clock, pause } from '../../clock'
import { Secret } from '../../credentials/secret'
import { readEvents } from '../../deploy/deploy-stream'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import { backoff } from '../accounts/backoff'
import { pace } from '../pace'
import type { ServerAccess } from '../servers/create-servers'
import { type Values, wishFields } from './app-settings'
import type { AppRecord } from './apps-document'
import { explainCall, type ServerAttempt } from './explain-server'
import { createLiveDeploy, type LiveDeploy } from './live-deploy'
import { type OwnPhase, toDeploy } from './to-deploy'

/** Deploys whose log is kept at hand. */
const remembered = 30
/** Deploys on one page of the history. */
const page = 50

/** What is to be deployed. */
export interface Wish {
  readonly reason: 'first' | 'manual' | 'poll' | 'rollback'
  readonly commit: string | null
  readonly release: string | null
}

export interface DeployParts {
  readonly servers: Pick<ServerAccess, 'run' | 'stream' | 'get'>
  /** @throws Failure `not-found` */
  readonly app: (id: string) => AppRecord
  readonly values: (appId: string) => Promise<Values>
  /** Told after every change of a deploy that is followed, and at its end. */
  readonly changed: (deploy: Deploy) => void
  /** What is done when a deploy has ended; the phases that it adds to it. */
  readonly ended: (deploy: Deploy) => Promise<readonly OwnPhase[]>
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
}

/** Deploys on the servers: started, followed, ended, read back. */
export interface Deploys {
  /** Resolves when the server has taken it; from then on it goes on without us. */
  start(app: AppRecord, wish: Wish, before: readonly OwnPhase[]): Promise<Deploy>
  /** Follows a deploy that runs on the server, if it is not followed yet. */
  follow(app: AppRecord, id: string, ahead: number): Promise<void>
  cancel(app: AppRecord, id: string): Promise<Deploy>
  history(app: AppRecord, before: string | null): Promise<readonly Deploy[]>
  log(app: AppRecord, id: string, from: number): Promise<DeployLogChunk>
  attempt(app: AppRecord): ServerAttempt
  /** Stops following; the deploys themselves go on. */
  stop(): Promise<void>
}

interface Followed {
  readonly live: LiveDeploy
  readonly stop: AbortController
  readonly done: Promise<void>
}

export const createDeploys = (parts: DeployParts): Deploys => {
  const { servers, clock, announce } = parts
  const known = new Map<string, LiveDeploy>()
  const followed = new Map<string, Followed>()

  const attempt = (app: AppRecord): ServerAttempt => ({
    sshUrl: app.source.sshUrl,
    branch: app.branch,
    server: servers.get(app.serverId).name,
  })
  const secretsOf = async (app: AppRecord) =>
    Object.values(await parts.values(app.id)).map((value) => new Secret(value))
  const make = (app: AppRecord, id: string, ahead: number, secrets: readonly Secret[]) => {
    const context = { id, appId: app.id, branch: app.branch, alive: true, ahead, attempt: attempt(app) }
    const live = createLiveDeploy(context, secrets)
    known.delete(id)
    known.set(id, live)
    for (const old of [...known.keys()].slice(0, -remembered)) if (!followed.has(old)) known.delete(old)
    return live
  }
  /** Reads what there is, to the end. */
  const readUp = async (app: AppRecord, live: LiveDeploy, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const from = live.offset()
      const answer = await servers.run(
        app.serverId,
        (pilot) =>
          pilot.call('read', [
            ['folder', app.folder],
            ['id', live.id],
            ['offset', String(from)],
          ]),
        signal,
      )
      live.push(answer.text, true)
      live.update({ alive: answer.get('alive') === '1', ahead: Number(answer.get('now')) - clock.now() })
      if (live.offset() === from || answer.text.length < 1_000_000) return
    }
  }

  /** Follows through cuts: the stream goes on where the last whole line ended. Never rejects. */
  const run = async (app: AppRecord, live: LiveDeploy, signal: AbortSignal): Promise<void> => {
    const news = pace(() => {
      announce('deploys.changed', live.deploy())
      for (let chunk = live.unsent(); chunk !== null; chunk = live.unsent()) announce('deploys.log', chunk)
    })
    const fields = () =>
      [
        ['folder', app.folder],
        ['id', live.id],
        ['offset', String(live.offset())],
      ] as const
    for (let tries = 0; !signal.aborted && live.record().end === null; tries += 1) {
      const ended = new AbortController()
      const relay = () => ended.abort()
      signal.addEventListener('abort', relay, { once: true })
      let fresh = true
      const onOutput = (chunk: Buffer) => {
        live.push(chunk, fresh)
        fresh = false
        tries = 0
        live.update({ alive: true })
        if (live.record().end !== null) ended.abort()
        parts.changed(live.deploy())
        news.soon()
      }
      try {
        await servers.stream(app.serverId, (pilot) =>
          pilot.stream('follow', fields(), onOutput, { signal: ended.signal }),
        )
        if (live.record().end === null) await readUp(app, live, signal)
        if (live.record().end === null && !live.deploy().state.match(/^(?:queued|running)$/)) break
      } catch (error) {
        if (live.record().end !== null || signal.aborted) break
        if (error instanceof Failure && error.code === 'not-found') {
          live.update({ alive: false })
          break
        }
        // What happens on the server now can't be known from here.
        live.update({ alive: null })
        parts.changed(live.deploy())
        news.soon()
        await pause(clock, tries === 0 ? 200 : backoff(tries - 1), signal)
      } finally {
        signal.removeEventListener('abort', relay)
      }
    }
    if (!signal.aborted) {
      live.update({ after: await parts.ended(live.deploy()) })
      parts.changed(live.deploy())
    }
    news.stop()
    announce('deploys.changed', live.deploy())
    for (let chunk = live.unsent(); chunk !== null; chunk = live.unsent()) announce('deploys.log', chunk)
  }

  const begin = (app: AppRecord, live: LiveDeploy) => {
    const stop = new AbortController()
    const done = run(app, live, stop.signal)
      .catch((error: unknown) => parts.log.warn('A deploy could not be followed', { error }))
      .finally(() => followed.delete(live.id))
    followed.set(live.id, { live, stop, done })
  }
  const follow = async (app: AppRecord, id: string, ahead: number, before: readonly OwnPhase[] = []) => {
    const secrets = await secretsOf(app)
    // The one who started it and one who saw it run on the server may both come here: there is one log of it.
    if (!followed.has(id)) begin(app, make(app, id, ahead, secrets))
    if (before.length > 0) followed.get(id)?.live.update({ before })
  }
  const find = async (app: AppRecord, id: string): Promise<LiveDeploy> => {
    const live = known.get(id)
    if (live !== undefined) return live
    const secrets = await secretsOf(app)
    const old = known.get(id) ?? make(app, id, 0, secrets)
    await readUp(app, old).catch((error: unknown) => {
      known.delete(id)
      throw error
    })
    return old
  }

  return {
    attempt,
    follow,
    start: async (app, { reason, commit, release }, before) => {
      const token = randomBytes(4).toString('hex')
      const fields = wishFields(app, await parts.values(app.id), { reason, commit, release, token })
      const answer = await servers
        .run(app.serverId, (pilot) => pilot.call('submit', fields))
        .catch((error: unknown) => {
          throw explainCall(error, attempt(app))
        })
      const id = answer.get('id')
      await follow(app, id, Number(answer.get('now')) - clock.now(), before)
      const deploy = followed.get(id)?.live.deploy() ?? known.get(id)?.deploy()
      if (deploy === undefined) throw new Failure('bad-answer', { why: 'submit' })
      return { ...deploy, reason: deploy.state === 'queued' ? reason : deploy.reason }
    },
    cancel: async (app, id) => {
      const live = await find(app, id)
      await servers.run(app.serverId, (pilot) =>
        pilot.call('cancel', [
          ['folder', app.folder],
          ['id', id],
        ]),
      )
      const running = followed.get(id)
      if (running === undefined) await readUp(app, live)
      else await running.done
      return live.deploy()
    },
    history: async (app, before) => {
      const answer = await servers.run(app.serverId, (pilot) =>
        pilot.call('history', [
          ['folder', app.folder],
          ['limit', String(page)],
          ['before', before ?? ''],
        ]),
      )
      const ahead = Number(answer.get('now')) - clock.now()
      return readDeploys(answer.records).map(({ id, alive, events }) => {
        const context = { id, appId: app.id, branch: app.branch, alive, ahead, attempt: attempt(app) }
        return followed.get(id)?.live.deploy() ?? toDeploy(readEvents(events), context)
      })
    },
    log: async (app, id, from) => (await find(app, id)).lines(from),
    stop: async () => {
      for (const { stop } of followed.values()) stop.abort()
      await Promise.all([...followed.values()].map(({ done }) => done))
    },
  }
}

/** Deploys in an answer: three records each, `deploy`, `alive` and `events`. */
export const readDeploys = (
  records: readonly (readonly [string, string])[],
): readonly { readonly id: string; readonly alive: boolean; readonly events: string }[] =>
  records.flatMap(([name, id], index) => {
    if (name !== 'deploy') return []
    const alive = records[index + 1]?.[1] === '1'
    return [{ id, alive, events: records[index + 2]?.[1] ?? '' }]
  })
