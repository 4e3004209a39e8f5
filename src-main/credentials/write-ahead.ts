import { createHash, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import { join } from 'node:path'
import { object, safeParse, string } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'
import { type FileSystem, reasonOf, syncFolder } from '../storage/durable-file'

/** A place on the disk that was taken before there was anything to put there. */
export interface Place {
  /** The system has the line when this returns, so that a kill can't lose it; it resolves when a power cut can't either. */
  write(line: string): Promise<void>
  /** Gives the place back. Never rejects. */
  close(): Promise<void>
}

/** What was written to a place that was never given back. */
export interface Left {
  /** Null when nothing had come, or only a part of it. */
  readonly line: string | null
  /** @throws Failure `storage-failed` */
  remove(): Promise<void>
}

/** Files beside the vault's own, each for one secret that is about to arrive: a write-ahead log of single records. */
export interface WriteAheadLog {
  /** @throws Failure `storage-failed` (`path`, `reason`), e.g. on a full disk: then it is known before anything is asked for */
  reserve(): Promise<Place>
  left(): Promise<readonly Left[]>
}

/** Room for an access and a refresh token of 16 KB each, sealed and in base64url; taken in advance, in bytes. */
const room = 64 * 1024

const fileName = /^vault\.ahead-[0-9a-f]{12}$/

export const createWriteAheadLog = (folder: string, fs: FileSystem = nodeFs): WriteAheadLog => {
  const failed = (path: string, error: unknown) =>
    new Failure('storage-failed', { path, reason: reasonOf(error) }, { cause: error })

  const reserve = async (): Promise<Place> => {
    const path = join(folder, `vault.ahead-${randomBytes(6).toString('hex')}`)
    const handle = await fs.open(path, 'wx', 0o600).catch((error: unknown) => {
      throw failed(path, error)
    })
    const close = async () => {
      // What stays behind is looked at and removed at the next start: it must not say again what is kept, or gone, by now.
      await handle.write('\n', 0).catch(() => undefined)
      await handle.close().catch(() => undefined)
      await fs.rm(path, { force: true }).catch(() => undefined)
    }
    try {
      // Blanks without a line end are no line: nothing has come yet.
      await handle.writeFile(' '.repeat(room))
      await handle.sync()
      await syncFolder(folder, fs)
    } catch (error) {
      await close()
      throw failed(path, error)
    }
    return {
      write: async (line) => {
        try {
          const bytes = Buffer.from(`${line}\n`)
          for (let at = 0; at < bytes.length; ) at += writeSync(handle.fd, bytes, at, bytes.length - at, at)
          await handle.sync()
        } catch (error) {
          throw failed(path, error)
        }
      },
      close,
    }
  }

  const readLine = async (path: string): Promise<string | null> => {
    const text = (await fs.readFile(path)).toString('utf8')
    const end = text.indexOf('\n')
    return end < 0 ? null : text.slice(0, end)
  }

  return {
    reserve,
    left: async () => {
      const names = await fs.readdir(folder).catch((error: unknown): string[] => {
        if (reasonOf(error) === 'ENOENT') return []
        throw failed(folder, error)
      })
      return Promise.all(
        names
          .filter((name) => fileName.test(name))
          .map(async (name) => {
            const path = join(folder, name)
            const fail = (error: unknown) => {
              throw failed(path, error)
            }
            return {
              line: await readLine(path).catch(fail),
              remove: () => fs.rm(path, { force: true }).catch(fail),
            }
          }),
      )
    },
  }
}

/** For a vault that ends with the app: there is nothing that could survive it. */
export const noWriteAheadLog: WriteAheadLog = {
  reserve: async () => ({ write: async () => undefined, close: async () => undefined }),
  left: async () => [],
}

const Line = object({
  /** Id of the vault whose key seals it. */
  vault: string(),
  name: string(),
  /** SHA-256 of the sealed record that it takes the place of, or of what stands for its absence. */
  replaces: string(),
  sealed: string(),
})

/** One record as it stands in a place. */
export interface Arrived {
  readonly vault: string
  readonly name: string
  readonly replaces: string
  readonly sealed: string
}

export const encodeArrived = (arrived: Arrived): string => JSON.stringify(arrived)

/** Null when it is not one of ours. */
export const decodeArrived = (line: string): Arrived | null => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  const parsed = safeParse(Line, value)
  return parsed.success ? parsed.output : null
}

/** Names the sealed record that is to be replaced, without repeating it. */
export const digestOfSealed = (sealed: string | undefined): string | null =>
  sealed === undefined ? null : createHash('sha256').update(sealed).digest('hex')
