import { execFile } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { electronBinary, root } from '../../fixtures/electron'
import type { Figure } from '../figure'

const run = promisify(execFile)
const megabyte = 1024 * 1024

/** The Debian package without the runtime, packed as the package itself is. */
export const figure: Figure = {
  name: 'package-size',
  measure: async ({ env, folder }) => {
    const work = await folder('package-size')
    const output = join(work, 'dist')
    await mkdir(output, { recursive: true })
    await run(process.execPath, ['scripts/package.mjs', '--with-fallback-runtime'], {
      cwd: root,
      env: { ...env, CLOUDAIPILOT_PACKAGE_OUTPUT: output, ELECTRON_OVERRIDE_DIST_PATH: dirname(electronBinary()) },
      maxBuffer: 64 * megabyte,
    })
    const name = (await readdir(output)).find((file) => file.endsWith('.deb'))
    if (name === undefined) throw new Error('No package was made')
    const tree = join(work, 'tree')
    await run('dpkg-deb', ['--extract', join(output, name), tree])
    // What is ours: the archive, native parts, launchers, icons and desktop entry. The rest of /opt is Electron's.
    const own = ['opt/CloudAIPilot/resources', 'usr']
    const packed = join(work, 'own.tar.xz')
    await run('tar', ['-cJf', packed, '-C', tree, ...own], { env: { ...env, XZ_OPT: '-6' } })
    return [
      {
        name: 'Debian package without the runtime',
        unit: 'MB',
        ours: (await stat(packed)).size / megabyte,
        reference: 0,
        limit: 8,
        budget: '8 MB',
      },
    ]
  },
}
