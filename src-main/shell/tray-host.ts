import { execFile } from 'node:child_process'
import type { Clock } from '../clock'

const watcher = 'org.kde.StatusNotifierWatcher'

/** Programs that can ask the session bus who is there; one of them is on every desktop. */
const questions: readonly (readonly [program: string, ...args: string[]])[] = [
  [
    'gdbus',
    ...['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'],
    ...['--method', 'org.freedesktop.DBus.NameHasOwner', watcher],
  ],
  [
    'dbus-send',
    ...['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
    ...['org.freedesktop.DBus.NameHasOwner', `string:${watcher}`],
  ],
]

const ask = ([program, ...args]: readonly [string, ...string[]]): Promise<boolean | null> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 2000 }, (error, output) => resolve(error ? null : /\btrue\b/.test(output)))
  })

/**
 * Whether the desktop shows tray icons. On Linux that is a program that not every desktop runs (freedesktop.org,
 * StatusNotifierItem); elsewhere there always is one.
 */
export const hasTrayHost = async (platform: NodeJS.Platform = process.platform): Promise<boolean> => {
  if (platform !== 'linux') return true
  for (const question of questions) {
    const answer = await ask(question)
    if (answer !== null) return answer
  }
  return false
}

/** The question and its last answer. */
export interface TrayHost {
  ask(): Promise<boolean>
  /** The answer, or the last one where none comes in so many ms: a session bus that hangs. */
  askWithin(limitMs: number): Promise<boolean>
}

/** Until there is an answer, there is no tray. */
export const createTrayHost = (question: () => Promise<boolean>, clock: Pick<Clock, 'after'>): TrayHost => {
  let last = false
  const ask = async () => {
    last = await question()
    return last
  }
  return {
    ask,
    askWithin: (limitMs) =>
      new Promise((resolve, reject) => {
        const calledOff = clock.after(limitMs, () => resolve(last))
        ask().finally(calledOff).then(resolve, reject)
      }),
  }
}
