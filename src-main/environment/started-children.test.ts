import { describe, expect, it } from 'vitest'
import { entriesOf } from './started-children'

const bytes = (...variables: readonly string[]) =>
  Buffer.from(variables.map((variable) => `${variable}\0`).join(''), 'latin1')

describe('what an environment holds under a name', () => {
  it.each([
    ['text', bytes('PATH=/bin', 'GITHUB_TOKEN=x', 'LANG=C'), ['GITHUB_TOKEN=x']],
    ['bytes that are no text', bytes('GITHUB_TOKEN=p\xe4ss\xff'), ['GITHUB_TOKEN=p\xe4ss\xff']],
    ['two values', bytes('GITHUB_TOKEN=x', 'A=1', 'GITHUB_TOKEN=y'), ['GITHUB_TOKEN=x', 'GITHUB_TOKEN=y']],
    ['a value with the sign in it', bytes('GITHUB_TOKEN=a=b='), ['GITHUB_TOKEN=a=b=']],
    ['the last one, without an end', bytes('GITHUB_TOKEN=x').subarray(0, -1), ['GITHUB_TOKEN=x']],
    ['another name that begins alike', bytes('GITHUB_TOKEN_FILE=/x', 'XGITHUB_TOKEN=y', 'GITHUB_TOKEN'), []],
    ['nothing', bytes('GITHUB_TOKEN='), []],
  ])('is found as %s', (_, environment, texts) => {
    const found = entriesOf(environment, ['GITHUB_TOKEN'])
    expect(found.map(({ text }) => text.toString('latin1'))).toEqual(texts)
    expect(found.map(({ prefix }) => prefix)).toEqual(texts.map(() => 'GITHUB_TOKEN='.length))
  })
})
