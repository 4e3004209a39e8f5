import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createKeyPair } from '../../../src-main/ssh/key-pair'
import { drive } from '../driven'
import type { Figure } from '../figure'
import { compare, median, time } from '../samples'
import { stalls } from '../stalls'

const run = promisify(execFile)

/** Making key pairs, in the app and beside `ssh-keygen`. RSA searches for primes, so its times vary by nature. */
export const figure: Figure = {
  name: 'keys',
  measure: async ({ env, folder }) => {
    const work = await mkdtemp(join(tmpdir(), 'bench-keys-'))
    let number = 0
    const keygen = (...args: readonly string[]) => {
      number += 1
      return time(() => run('ssh-keygen', ['-q', '-N', '', '-f', join(work, `key-${number}`), ...args]))
    }
    const { app, window, close } = await drive(await folder('keys'), env)
    try {
      const make = (kind: 'ed25519' | 'rsa-4096') =>
        window.evaluate(async (wanted) => {
          const from = performance.now()
          const outcome = await bridge.sshKeys.create({ kind: wanted, name: `bench ${from}` })
          if (!outcome.ok) throw new Error(outcome.failure.code)
          return performance.now() - from
        }, kind)
      await make('ed25519')
      const ready: number[] = []
      for (let turn = 0; turn < 9; turn += 1) ready.push(await make('ed25519'))
      const pair = await compare(
        9,
        () => time(() => createKeyPair('ed25519', 'bench')),
        () => keygen('-t', 'ed25519'),
      )
      const stood = await stalls({ app, window }, () => make('rsa-4096'))
      const rsa = await compare(
        31,
        () => time(() => createKeyPair('rsa-4096', 'bench')),
        () => keygen('-t', 'rsa', '-b', '4096'),
      )
      return [
        {
          name: 'Ed25519 pair, from the click',
          unit: 'ms',
          ours: median(ready),
          reference: 0,
          limit: 50,
          budget: '50 ms',
        },
        { name: 'Ed25519 pair', unit: 'ms', ...pair, limit: pair.reference, budget: 'ssh-keygen' },
        {
          name: 'longest stall while RSA-4096 is made',
          unit: 'ms',
          ours: Math.max(stood.main, stood.window),
          reference: 0,
          limit: 50,
          budget: '50 ms',
        },
        { name: 'RSA-4096 pair', unit: 'ms', ...rsa, limit: rsa.reference * 1.3, budget: '1.3 × ssh-keygen -b 4096' },
      ]
    } finally {
      await close()
      await rm(work, { recursive: true })
    }
  },
}
