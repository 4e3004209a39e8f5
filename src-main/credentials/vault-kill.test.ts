import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock'
import { buildEntry } from '../testing/build-entry'
import { silentLog } from '../testing/silent-log'
import { createDataKey, sealCheck } from './envelope'
import { createVaultFile } from './vault-file'
import { createRecords } from './vault-records'

/** Each lane meets each of the 13 delays twice; `npm run attack` asks for 200 kills. */
const kills = Number(process.env.CLOUDAIPILOT_TEST_KILLS ?? 52)
const lanes = 2

let top: string
let writer: string
beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'vault-kill-'))
  writer = await buildEntry('testing/vault-writer.ts', join(top, 'built'))
})
afterAll(() => rmSync(top, { recursive: true }))

/** Runs the writer until it has finished a write, kills it `delay` ms later, and says the last generation it promised. */
const writeUntilKilled = (folder: string, delay: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let errors = ''
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay))
    child.stdout.on('data', (text) => {
      said += text
    })
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(said.trim().split('\n').at(-1)))
      else reject(new Error(`The writer ended by itself: ${errors}`))
    })
  })

describe('a vault whose writer is killed', () => {
  it(`is old or new, and never less than promised, ${kills} times`, async () => {
    const lane = async (number: number): Promise<number> => {
      const folder = join(top, `lane-${number}`)
      const file = createVaultFile({ folder, clock: systemClock, log: silentLog() })
      const key = createDataKey()
      await file.save({
        format: 1,
        id: 'id',
        holder: { name: 'session' },
        retired: [],
        check: sealCheck(key, 'id'),
        records: [],
      })
      writeFileSync(join(folder, 'key'), key.reveal())
      let halfWritten = 0
      for (let count = 0; count < kills / lanes; count += 1) {
        const promised = await writeUntilKilled(folder, (count * 7) % 13)
        if (readdirSync(folder).some((name) => name.endsWith('.tmp'))) halfWritten += 1
        const { document, restored, setAside } = await file.load()
        expect({ restored, setAside }).toEqual({ restored: false, setAside: null })
        if (document === null) throw new Error('The vault is gone')
        const found = Number((await createRecords(file, key, document).get('generation'))?.reveal())
        expect([promised, promised + 1]).toContain(found)
      }
      expect(readdirSync(folder).sort()).toEqual(['key', 'vault.json', 'vault.last-good.json'])
      return halfWritten
    }
    const halfWritten = await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
    // The kills did hit writes, or this proved nothing.
    expect(halfWritten.reduce((sum, one) => sum + one)).toBeGreaterThan(kills / 10)
  }, 240_000)
})
