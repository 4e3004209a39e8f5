import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type GitProgress, parseProgress } from './progress'

const at = (
  phase: GitProgress['phase'],
  percent: number | null,
  objects: number,
  bytes: number | null = null,
  bytesPerSecond: number | null = null,
): GitProgress => ({ phase, percent, objects, bytes, bytesPerSecond })

const cases: readonly [line: string, progress: GitProgress | null][] = [
  ['remote: Enumerating objects: 5, done.', at('count', null, 5)],
  ['remote: Counting objects:  33% (1/3)', at('count', 33, 1)],
  ['remote: Compressing objects: 100% (2/2), done.', at('compress', 100, 2)],
  ['Receiving objects:   0% (1/118000)', at('receive', 0, 1)],
  ['Receiving objects:  45% (9/20), 1.50 MiB | 2.25 MiB/s', at('receive', 45, 9, 1_572_864, 2_359_296)],
  ['Receiving objects: 100% (20/20), 512 bytes | 512.00 KiB/s, done.', at('receive', 100, 20, 512, 524_288)],
  ['Receiving objects:  99% (99/100), 2.00 GiB | 10.00 MiB/s', at('receive', 99, 99, 2_147_483_648, 10_485_760)],
  ['Receiving objects: 100% (3/3), 612 bytes, done.', at('receive', 100, 3, 612)],
  ['Unpacking objects: 100% (3/3), 200 bytes | 200.00 KiB/s, done.', at('receive', 100, 3, 200, 204_800)],
  ['Resolving deltas: 100% (1/1), done.', at('resolve', 100, 1)],
  ['Updating files:  50% (1/2)', at('checkout', 50, 1)],
  ['Filtering content:  50% (1/2), 1.00 KiB | 1.00 KiB/s', at('checkout', 50, 1, 1024, 1024)],
  ["Cloning into '/tmp/x'...", null],
  ['remote: Total 3 (delta 0), reused 0 (delta 0), pack-reused 0', null],
  ['fatal: Receiving objects: 45% (9/20)', null],
  ['Hello there: 45% (9/20)', null],
  ['', null],
]

it.each(cases)('reads %j', (text, progress) => {
  expect(parseProgress(text)).toEqual(progress)
})

it('never gives a number that is none, whatever a remote writes', () => {
  const pieces = fc.constantFrom(
    'remote: ',
    'Receiving objects',
    ': ',
    '45',
    '% ',
    '(9/20)',
    ', ',
    '1.2 MiB',
    ' | ',
    '9/s',
    'x',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 }))), (parts) => {
      const progress = parseProgress(parts.join(''))
      for (const value of Object.values(progress ?? {})) expect(value).not.toBeNaN()
    }),
    { numRuns: 5000 },
  )
})
