import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDataKey, fitsCheck, seal, sealCheck, unseal } from './envelope'
import { Secret } from './secret'

const key = createDataKey()
const well = fc.string({ unit: 'grapheme' })

describe('envelope', () => {
  it('gives back what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(well, well, (label, value) => {
        expect(unseal(key, label, seal(key, label, new Secret(value))).reveal()).toBe(value)
      }),
    )
  })

  it('holds secrets of 10 kB and of 1 MB', () => {
    for (const size of [10_240, 1024 * 1024]) {
      const value = 'ä'.repeat(size / 2)
      expect(unseal(key, 'big', seal(key, 'big', new Secret(value))).reveal()).toBe(value)
    }
  })

  it('refuses any single changed bit', () => {
    fc.assert(
      fc.property(well, fc.nat(), fc.nat(7), (value, position, bit) => {
        const bytes = Buffer.from(seal(key, 'label', new Secret(value)))
        const index = position % bytes.length
        bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index)
        expect(() => unseal(key, 'label', bytes.toString('latin1'))).toThrowError('vault-damaged')
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses every bit of one sealed value', () => {
    const sealed = seal(key, 'label', new Secret('x'))
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bytes = Buffer.from(sealed)
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => unseal(key, 'label', bytes.toString('latin1'))).toThrowError('vault-damaged')
    }
  })

  it('refuses what is cut off, longer, or not ours', () => {
    const sealed = seal(key, 'label', new Secret('value'))
    for (const wrong of ['', 'v1.', 'v2.', sealed.slice(0, -1), `${sealed}A`, `${sealed}\n`, ` ${sealed}`]) {
      expect(() => unseal(key, 'label', wrong)).toThrowError('vault-damaged')
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => unseal(key, 'label', text)).toThrowError('vault-damaged')
      }),
    )
  })

  it('refuses another label and another key', () => {
    const sealed = seal(key, 'record/one', new Secret('value'))
    expect(() => unseal(key, 'record/two', sealed)).toThrowError('vault-damaged')
    expect(() => unseal(createDataKey(), 'record/one', sealed)).toThrowError('vault-damaged')
    expect(() => unseal(new Secret('short'), 'record/one', sealed)).toThrowError('vault-damaged')
  })

  it('never seals the same way twice', () => {
    const sealed = Array.from({ length: 1000 }, () => seal(key, 'label', new Secret('value')))
    expect(new Set(sealed.map((text) => text.slice(0, 19))).size).toBe(1000)
  })

  it('tells the right key from a wrong one', () => {
    const check = sealCheck(key, 'id')
    expect(fitsCheck(key, 'id', check)).toBe(true)
    expect(fitsCheck(key, 'other', check)).toBe(false)
    expect(fitsCheck(createDataKey(), 'id', check)).toBe(false)
    expect(fitsCheck(key, 'id', 'nonsense')).toBe(false)
  })
})
