import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineSplitter } from './lines'

const split = (chunks: readonly Uint8Array[]): string[] => {
  const lines: string[] = []
  const splitter = lineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return lines
}

it('gives the same lines however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\r', '\n') }),
      fc.array(fc.nat(7)),
      (text, sizes) => {
        const bytes = Buffer.from(text)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size))
          at += size
        }
        chunks.push(bytes.subarray(at))
        expect(split(chunks)).toEqual(text.split(/[\r\n]/).filter((line) => line !== ''))
      },
    ),
  )
})

it('bounds a line that never ends', () => {
  const lines = split(Array.from({ length: 40 }, () => Buffer.alloc(1000, 'x')))
  expect(lines).toEqual(['x'.repeat(16_384)])
})
