import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consentQuestions } from '../e2e/preview/consent-questions'
import { documented, shots } from '../e2e/preview/shots'

const folder = join(process.cwd(), 'docs/screens')

describe('the pictures of the documentation', () => {
  it('are of screens that can be taken again', () => {
    const names = shots.map(({ name }) => name)
    expect(documented.filter((name) => !names.includes(name))).toEqual([])
  })

  it('are there in light and dark, and no others', () => {
    const dialogs = Object.keys(consentQuestions('en')).map((subject) => `consent-${subject}`)
    const wanted = [...documented, ...dialogs].flatMap((name) => [`${name}-dark.png`, `${name}-light.png`])
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.png'))
        .sort(),
    ).toEqual([...wanted].sort())
  })

  it.each(['README.md', 'docs/screens/README.md'])('are where %s shows them', (page) => {
    const text = readFileSync(page, 'utf8')
    const shown = [...text.matchAll(/\]\(([^)]+\.png)\)/g)].map(([, path = '']) => join(page, '..', path))
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((path) => !existsSync(path))).toEqual([])
  })
})
