import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAlone } from './alone'

it.skipIf(process.platform === 'win32').each(['vault.json', 'vault.last-good.json', 'settings.json'])(
  'waits for no pipe in the place of %s, and names it',
  async (name) => {
    const profile = mkdtempSync(join(tmpdir(), 'alone-'))
    try {
      const path = join(profile, name)
      execFileSync('mkfifo', [path])
      const opening = openAlone({ profile, resources: profile, version: '1', oauthVariables: {} })
      await expect(opening).rejects.toMatchObject({ code: 'storage-failed', facts: { path, reason: 'EINVAL' } })
    } finally {
      rmSync(profile, { recursive: true })
    }
  },
)
