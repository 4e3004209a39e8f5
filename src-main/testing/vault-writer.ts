import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../clock'
import { Secret } from '../credentials/secret'
import { createVaultFile } from '../credentials/vault-file'
import { createRecords } from '../credentials/vault-records'
import { silentLog } from './silent-log'

// Writes newer and newer secrets into the vault of the folder it is given, as fast as it can, until it is killed.
// It says each generation when its write has resolved, never before.
const folder = process.argv[2] ?? ''
const key = new Secret(readFileSync(join(folder, 'key'), 'utf8'))
const file = createVaultFile({ folder, clock: systemClock, log: silentLog() })

const write = async () => {
  const { document } = await file.load()
  if (document === null) throw new Error('There is no vault to write to')
  const records = createRecords(file, key, document)
  for (let generation = Number((await records.get('generation'))?.reveal() ?? 0) + 1; ; generation += 1) {
    await records.set('generation', new Secret(String(generation)))
    writeSync(1, `${generation}\n`)
  }
}

void write()
