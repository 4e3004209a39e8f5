import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogLine } from './deploy-log-store'
import { cutAt, endOfLog, findInLog, phaseStarts } from './log-text'

const log = (...texts: string[]): LogLine[] => texts.map((text) => ({ phase: 'command', text }))

describe('copying a log', () => {
  it('takes all of it when it fits', () => {
    expect(endOfLog(log('a', 'b'), 100)).toEqual({ text: 'a\nb', lines: 2 })
  })

  it('takes the end when it does not, cut between lines', () => {
    expect(endOfLog(log('first', 'second', 'third'), 13)).toEqual({ text: 'second\nthird', lines: 2 })
  })

  it('never goes over the limit, and never leaves out a line that fits', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 9 }), { maxLength: 20 }), fc.nat(60), (texts, limit) => {
        const end = endOfLog(log(...texts), limit)
        expect(end.text.length).toBeLessThanOrEqual(limit)
        expect(end.text).toBe(texts.slice(texts.length - end.lines).join('\n'))
        const next = texts[texts.length - end.lines - 1]
        if (next !== undefined) expect(end.text.length + next.length + 1).toBeGreaterThanOrEqual(limit)
      }),
    )
  })
})

describe('searching a log', () => {
  it('finds lines whatever the case, and nothing for no text', () => {
    expect(findInLog(log('Error: a', 'fine', 'ERROR'), 'error')).toEqual([0, 2])
    expect(findInLog(log('a'), '')).toEqual([])
  })

  it('cuts a line at what was found', () => {
    expect(cutAt('an Error, an error', 'error')).toEqual([
      { at: 0, text: 'an ', found: false },
      { at: 3, text: 'Error', found: true },
      { at: 8, text: ', an ', found: false },
      { at: 13, text: 'error', found: true },
    ])
  })

  it('leaves a line whole whose lower case has another length', () => {
    expect(cutAt('İstanbul error', 'error')).toEqual([{ at: 0, text: 'İstanbul error', found: false }])
  })

  it('loses no character of any line', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, wanted) => {
        expect(
          cutAt(text, wanted)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})

it('knows where each phase starts', () => {
  const lines: LogLine[] = [
    { phase: 'fetch', text: '' },
    { phase: 'fetch', text: '' },
    { phase: 'command', text: '' },
    { phase: 'fetch', text: '' },
  ]
  expect([...phaseStarts(lines)]).toEqual([
    ['fetch', 0],
    ['command', 2],
  ])
})
