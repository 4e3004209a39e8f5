import { describe, expect, it, vi } from 'vitest'

const minute = 60_000
const now = Date.UTC(2026, 2, 10, 12)

/** Modules as a page reads them that was served in this language. */
const servedIn = async (lang: string) => {
  vi.resetModules()
  vi.stubGlobal('document', { documentElement: { lang } })
  const [{ language }, times, numbers, failures, facts] = await Promise.all([
    import('./language'),
    import('./ui/times'),
    import('./ui/numbers'),
    import('./failures/failure-words'),
    import('./failures/facts'),
  ])
  return { language, ...times, ...numbers, ...failures, ...facts }
}

describe('a page that is served in German', () => {
  it('writes dates, times and numbers as German does', async () => {
    const page = await servedIn('de')
    expect(page.formatAbsolute(Date.UTC(2026, 2, 3, 14, 5))).toBe('3. März 2026 um 14:05')
    expect(page.formatDay(Date.UTC(2025, 2, 3), now)).toBe('3. März 2025')
    expect(page.formatRelative(now - 2 * minute, now)).toBe('vor 2 Min.')
    expect(page.formatRelative(now + 9 * 24 * 60 * minute, now)).toBe('in 9 Tagen')
    expect(page.formatCount(1_234_567)).toBe('1.234.567')
    expect(page.formatBytes(12_400_000)).toBe('12,4 MB')
    expect([1, 2].map((count) => page.formatNoun(count, 'Konto', 'Konten'))).toEqual(['1 Konto', '2 Konten'])
  })

  it('names a failure in German, with the same way out', async () => {
    const [german, english] = [await servedIn('de'), await servedIn('en')]
    const [said, meant] = [german, english].map(({ wordsFor, readFacts }) =>
      wordsFor('unreachable', readFacts({ host: 'https://git.acme.dev' }, now)),
    )
    expect(said).toMatchObject({
      title: 'git.acme.dev ist nicht erreichbar.',
      action: meant?.action,
      calm: meant?.calm,
    })
    expect(meant?.title).toBe('git.acme.dev can’t be reached.')
  })

  it('speaks English in any language that it does not know', async () => {
    expect((await servedIn('fr')).language).toBe('en')
  })
})
