import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { logLine, redactionScript } from './log-redaction'

const token = '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'
const password = 'pä&ss/w"ö<r>d \\!(a)*'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-redaction-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Lines of a log as the server writes them. */
const onServer = (values: readonly string[], text: string): string => {
  const script = join(directory, 'redactions')
  writeFileSync(script, redactionScript(values))
  return execFileSync('sed', ['-f', script], { input: text, env: { PATH: process.env.PATH, LC_ALL: 'C' } }).toString()
}
const onDesktop = (values: readonly string[], text: string): string => {
  const secrets = values.map((value) => new Secret(value))
  return text
    .split('\n')
    .map((line) => logLine(line, secrets))
    .join('\n')
}
const places = [
  ['the server', onServer],
  ['the desktop', onDesktop],
] as const

const broken = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? ''
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a log with values that are too long for patterns', () => {
  const long = Array.from({ length: 9000 }, (_, at) => createHash('sha256').update(String(at)).digest('base64')).join(
    '\n',
  )
  const single = 'ü<'.repeat(10) + createHash('sha512').update('x').digest('hex').repeat(300)
  const codes = Array.from({ length: 4000 }, (_, at) => createHash('md5').update(String(at)).digest('hex').slice(0, 9))
  const values = ['short-secret', long, single, codes.join('\n')]
  const secrets = values.map((value) => new Secret(value))
  const piece = long.slice(200_010, 200_040)

  it.each([
    ['a line of one', `at ${long.split('\n')[5000]}.`],
    ['a piece of one', `"${piece}"`],
    ['the middle of a single line', single.slice(9000, 9050)],
    ['short line of one', `code: ${codes[1234]}`],
    ['base64', `x${base64(`ab${long}`).slice(100_000, 100_100)}`],
    ['hexadecimal', Buffer.from(long).toString('hex').slice(5001, 5101)],
    ['percent escapes', encodeURIComponent(encodeURIComponent(single.slice(0, 60)))],
    ['JSON', JSON.stringify(JSON.stringify(`"${piece}`))],
  ])('holds no %s', (_, text) => {
    expect(logLine(text, secrets)).toBe('[secret]')
  })

  it('still cuts short ones out, and shows the rest', () => {
    expect(logLine('it is short-secret, and more text that is in none of them', secrets)).toBe(
      'it is [secret], and more text that is in none of them',
    )
  })
})

describe.each(places)('a log that is cut on %s', (_, cut) => {
  it.each([
    ['as Python writes JSON', '"p\\u00e4&ss/w\\"\\u00f6<r>d \\\\!(a)*"'],
    ['as PHP writes JSON', '"p\\u00e4&ss\\/w\\"\\u00f6<r>d \\\\!(a)*"'],
    ['as Go writes JSON', '"pä\\u0026ss/w\\"ö\\u003cr\\u003ed \\\\!(a)*"'],
    ['as Python quotes an address', 'p%C3%A4%26ss%2Fw%22%C3%B6%3Cr%3Ed%20%5C%21%28a%29%2A'],
    ['as a form', 'p%C3%A4%26ss%2Fw%22%C3%B6%3Cr%3Ed+%5C%21%28a%29%2A'],
    ['in an address in an address', encodeURIComponent(encodeURIComponent(password))],
  ])('holds no secret %s', (_, written) => {
    expect(cut([password], `before ${written} after`)).toBe(
      `before ${written.startsWith('"') ? '"[secret]"' : '[secret]'} after`,
    )
  })

  it.each([
    ['base64 with lines of 76', broken(base64(`oauth2:${token}`), 76)],
    ['base64 with lines of 64', broken(base64(token), 64)],
    [
      'base64 with lines that end in every place',
      [33, 34, 35, 36, 37, 38, 39, 40].map((at) => broken(base64(token), at)).join('\n'),
    ],
    ['base64url', broken(base64(`a:${token}`).replaceAll('+', '-').replaceAll('/', '_'), 76)],
    ['hexadecimal with lines of 60', broken(Buffer.from(token).toString('hex'), 60)],
    ['hexadecimal in capitals', broken(Buffer.from(token).toString('hex').toUpperCase(), 60)],
  ])('holds no line of a secret in %s', (_, written) => {
    const clean = cut([token], written)
    // What is left is shorter than two pieces: the end of an encoding in a line of its own.
    for (const line of written.split('\n'))
      for (let at = 0; at + 16 <= line.length; at += 1) expect(clean).not.toContain(line.slice(at, at + 16))
    expect(clean).toContain('[secret]')
  })

  it('holds neither part of a value with a carriage return, which is an end of a line there', () => {
    expect(cut(['first-part\rother-part'], 'first-part\nother-part')).toBe('[secret]\n[secret]')
  })

  it('leaves alone what only begins like a secret', () => {
    const text = `${base64(token).slice(0, 6)} github_pat_11AB ${base64('another text that is longer than one piece')}\n`
    expect(cut([token, password], text)).toBe(text)
  })
})
