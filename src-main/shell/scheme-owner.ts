import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { App } from 'electron'
import { Failure } from '../../src-preload/contract/outcome'
import { deepLinkScheme } from './deep-links'
import { readExec, writeDesktopEntry } from './desktop-entry'

const run = promisify(execFile)

/** Who opens our links on this computer. */
export interface SchemeOwner {
  /** Whether a link would come back to this very install. */
  isOurs(): Promise<boolean>
  /** The program that would get it instead, or null for none. */
  owner(): Promise<string | null>
  /** Makes this install the owner. @throws Failure `storage-failed` */
  claim(): Promise<void>
}

/** The command that starts this install: the program, and the app's folder where it runs from source. */
export const startCommand = (app: App): readonly string[] => {
  const image = process.env.APPIMAGE
  if (image !== undefined) return [image]
  return [...(app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()]), ...switches(app)]
}

/**
 * What this copy was started with and a link has to be opened with too: the profile it works on, and no sandbox where a
 * person switched it off.
 */
const switches = (app: App): readonly string[] => [
  ...(app.commandLine.hasSwitch('user-data-dir') ? [`--user-data-dir=${app.getPath('userData')}`] : []),
  ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
]

/** Windows and macOS keep the owner themselves. */
const systemOwner = (app: App): SchemeOwner => {
  const [program = process.execPath, ...fixed] = startCommand(app)
  return {
    isOurs: async () => app.isDefaultProtocolClient(deepLinkScheme, program, [...fixed]),
    owner: async () => app.getApplicationNameForProtocol(`${deepLinkScheme}://`) || null,
    claim: async () => {
      if (!app.setAsDefaultProtocolClient(deepLinkScheme, program, [...fixed]))
        throw new Failure('storage-failed', { what: deepLinkScheme })
    },
  }
}

/** On Linux the owner is the desktop entry that xdg-mime names, and what its Exec line starts. */
const linuxOwner = (app: App, icon: string): SchemeOwner => {
  const type = `x-scheme-handler/${deepLinkScheme}`
  const home = process.env.XDG_DATA_HOME || join(homedir(), '.local/share')
  const folders = [home, ...(process.env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':')]
  const entryName = 'cloudaipilot.desktop'

  const exec = async (): Promise<readonly string[] | null> => {
    const name = await run('xdg-mime', ['query', 'default', type]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
    if (!/^[\w.@+-]+\.desktop$/.test(name)) return null
    for (const folder of folders) {
      const entry = await readFile(join(folder, 'applications', name), 'utf8').catch(() => null)
      if (entry !== null) return readExec(entry)
    }
    return null
  }

  return {
    isOurs: async () => {
      const command = await exec()
      return command !== null && startCommand(app).every((part, index) => command[index] === part)
    },
    owner: async () => (await exec())?.[0] ?? null,
    claim: async () => {
      try {
        const folder = join(home, 'applications')
        await mkdir(folder, { recursive: true })
        await writeFile(
          join(folder, entryName),
          writeDesktopEntry('CloudAIPilot', icon, startCommand(app), deepLinkScheme),
        )
        // The cache is a convenience of some desktops: without it the entry is found all the same.
        await run('update-desktop-database', [folder]).catch(() => undefined)
        await run('xdg-mime', ['default', entryName, type])
      } catch (cause) {
        throw new Failure('storage-failed', { what: deepLinkScheme }, { cause })
      }
    },
  }
}

/** @param icon absolute path of the PNG shown by the desktop. */
export const createSchemeOwner = (app: App, icon: string): SchemeOwner =>
  process.platform === 'linux' ? linuxOwner(app, icon) : systemOwner(app)
