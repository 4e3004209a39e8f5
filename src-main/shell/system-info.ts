import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { App } from 'electron'
import type { SystemInfo } from '../../src-preload/contract/system'
import { knowsUpdates } from './updater'

const run = promisify(execFile)

/** The oldest Electron that still gets security fixes at the time of this release (electronjs.org, Electron timelines). */
const supportedElectron = 43

const firstLine = async (program: string, args: readonly string[]): Promise<string | null> => {
  try {
    const { stdout, stderr } = await run(program, args, {
      timeout: 5000,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    })
    return (stdout || stderr).split('\n')[0]?.trim() ?? null
  } catch {
    return null
  }
}

/** Versions of everything that has a part in a connection. @param git finds the git program in use. */
export const readSystemInfo = async (
  app: App,
  git: () => Promise<string | null>,
  demo: boolean,
): Promise<SystemInfo> => {
  const [gitVersion, openssh] = await Promise.all([
    git().then((program) => (program === null ? null : firstLine(program, ['--version']))),
    firstLine('ssh', ['-V']),
  ])
  return {
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    chromium: process.versions.chrome ?? '',
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    runtimeEndOfLife: Number.parseInt(process.versions.electron ?? '0', 10) < supportedElectron,
    knowsUpdates: knowsUpdates(app),
    git: gitVersion?.replace(/^git version /, '') ?? null,
    openssh,
    organization: 'Personal',
    demo,
  }
}
