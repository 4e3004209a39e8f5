import { execFile } from 'node:child_process'

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
