import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runGit } from './git'

describe('what git writes to standard error', () => {
  it.skipIf(process.platform === 'win32')(
    'is kept without progress, and with the error that follows progress on its line',
    async () => {
      const lines = [
        'Receiving objects:  14% (1/7)\\r',
        'Receiving objects:  28% (2/7)error: object 1: hasDotgit: x\\n',
        'fatal: y\\n',
      ]
      const exit = await runGit({
        program: '/bin/sh',
        args: ['-c', `printf '${lines.join('').replaceAll('%', '%%')}' >&2; exit 1`],
        cwd: tmpdir(),
        environment: {},
        timeout: 20_000,
      })
      expect(exit).toMatchObject({ code: 1, errors: ['error: object 1: hasDotgit: x', 'fatal: y'] })
    },
  )
})
