import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type ByteLine, type ByteLinesOptions, byteLines } from './byte-lines'

const split = (chunks: readonly Uint8Array[], options: ByteLinesOptions) => {
  const lines: ByteLine[] = []
  const splitter = byteLines((line) => lines.push(line), options)
  for (const chunk of chunks) splitter.push(chunk)
  const endedBytes = splitter.endedBytes()
  splitter.end()
  return { lines, endedBytes }
}

const cut = (bytes: Buffer, sizes: readonly number[]): readonly Uint8Array[] => {
  const chunks: Uint8Array[] = []
  let at = 0
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...chunks, bytes.subarray(at)]
}

const texts = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\r', '\n'), maxLength: 60 })

describe('lines of bytes', () => {
  it('are the same however the bytes are cut, and within their bound', () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.nat(7)),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (text, sizes, longestBytes, atCarriageReturn) => {
          const bytes = Buffer.from(text)
          const options = { longestBytes, atCarriageReturn }
          const { lines, endedBytes } = split(cut(bytes, sizes), options)
          expect(lines).toEqual(split([bytes], options).lines)
          const whole = text.split(atCarriageReturn ? /[\r\n]/ : '\n')
          if (whole.at(-1) === '') whole.pop()
          expect(lines).toHaveLength(whole.length)
          for (const [index, line] of lines.entries()) {
            const kept = Buffer.byteLength(line.text)
            expect(whole[index]?.startsWith(line.text)).toBe(true)
            expect(kept).toBeLessThanOrEqual(longestBytes)
            expect(kept + line.droppedBytes).toBe(Buffer.byteLength(whole[index] ?? ''))
            // No more is dropped than the character that would not fit.
            if (line.droppedBytes > 0) expect(kept).toBeGreaterThan(longestBytes - 4)
          }
          const last = Math.max(bytes.lastIndexOf(10), atCarriageReturn ? bytes.lastIndexOf(13) : -1)
          expect(endedBytes).toBe(last + 1)
        },
      ),
    )
  })

  it('cost each byte once, also where a line never ends', () => {
    let copied = 0
    let looked = 0
    const { copy, indexOf } = Buffer.prototype
    // Not by spies: they would keep every call.
    const counting = (act: () => void) => {
      Buffer.prototype.copy = function (this: Buffer, ...args: Parameters<Buffer['copy']>) {
        const count = copy.apply(this, args)
        copied += count
        return count
      }
      Buffer.prototype.indexOf = function (this: Buffer, value: number, from: number) {
        const at = indexOf.call(this, value, from)
        looked += (at < 0 ? this.length : at + 1) - from
        return at
      } as typeof indexOf
      copied = 0
      looked = 0
      try {
        act()
      } finally {
        Object.assign(Buffer.prototype, { copy, indexOf })
      }
    }
    const joined = vi.spyOn(Buffer, 'concat')
    const longestBytes = 8192
    for (const size of [1, 100, 32_768]) {
      const chunk = Buffer.alloc(size, 'x')
      const total = size === 32_768 ? 40_000_000 : 200_000
      const lines: ByteLine[] = []
      const splitter = byteLines((line) => lines.push(line), { longestBytes })
      counting(() => {
        for (let sent = 0; sent < total; sent += size) splitter.push(chunk)
        splitter.push(Buffer.from('\n'))
      })
      const droppedBytes = Math.ceil(total / size) * size - longestBytes
      expect(lines).toEqual([{ text: 'x'.repeat(longestBytes), droppedBytes }])
      expect(copied).toBeLessThanOrEqual(3 * longestBytes)
      expect(looked).toBeLessThanOrEqual(total + size + 1)
    }
    // Many short lines, with both kinds of ends.
    const many = Buffer.from('ab\rcd\n'.repeat(20_000))
    counting(() => expect(split([many], { longestBytes, atCarriageReturn: true }).lines).toHaveLength(40_000))
    expect(copied).toBe(0)
    expect(looked).toBeLessThanOrEqual(2 * many.length)
    expect(joined).not.toHaveBeenCalled()
  })
})
