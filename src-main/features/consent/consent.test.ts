import { describe, expect, it } from 'vitest'
import type { Agreed, EntryVerdict, Question, ShownQuestion } from '../../../src-preload/consent-question'
import { judgePassphrase } from '../../credentials/passphrase/judge-passphrase'
import { createInFront } from '../../one-dialog'
import { createConsent } from './consent'
import { entryVerdict } from './entry-verdict'
import { english } from './words'

const question: Question = { title: 'Do it?', text: 'It is done.', facts: [], note: '', tone: 'plain', verb: 'Do it' }

const reveal = english.reveal
const judge = async (typed: { reveal(): string }) => entryVerdict(judgePassphrase(typed.reveal()), english.vault)

const person = () => {
  let now = 1_000_000
  const shown: ShownQuestion[] = []
  const answers: ((agreed: Agreed | null) => void)[] = []
  const judges: ((typed: string) => Promise<EntryVerdict>)[] = []
  // As the app puts the two together.
  const inFront = createInFront()
  const ask = createConsent({
    show: (asked, judgeTyped) =>
      inFront(() => {
        shown.push(asked)
        judges.push(judgeTyped)
        return new Promise((resolve) => answers.push(resolve))
      }),
    speech: () => ({ language: 'en', cancel: 'Cancel', unread: 'Scroll to the end first', reveal }),
    judge,
    now: () => now,
  })
  return {
    ask,
    shown,
    judges,
    answer: (agreed: boolean, entered = '') => answers.shift()?.(agreed ? { entered } : null),
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('consent', () => {
  it('is given by a yes, and by nothing else', async () => {
    const { ask, answer, shown } = person()
    const yes = ask(question)
    answer(true)
    await expect(yes).resolves.toBeNull()
    const no = ask(question)
    answer(false)
    await expect(no).rejects.toMatchObject({ code: 'cancelled' })
    expect(shown).toMatchObject([{ cancel: 'Cancel', language: 'en' }, {}])
  })

  it('is asked for one question at a time; another is refused and not queued', async () => {
    const { ask, answer, shown } = person()
    const first = ask(question)
    await expect(ask(question)).rejects.toMatchObject({ code: 'consent-withheld', facts: { why: 'open' } })
    answer(true)
    await first
    expect(shown).toHaveLength(1)
  })

  it('is not asked for again and again: after three refusals in a minute there is a pause', async () => {
    const { ask, answer, shown, pass } = person()
    for (let time = 0; time < 3; time += 1) {
      const asked = ask(question)
      answer(false)
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    }
    await expect(ask(question)).rejects.toMatchObject({ code: 'consent-withheld', facts: { why: 'refused' } })
    expect(shown).toHaveLength(3)
    pass(60_000)
    const later = ask(question)
    answer(true)
    await later
  })

  it('survives a dialog that can’t be shown', async () => {
    let fails = true
    const ask = createConsent({
      show: async () => {
        if (fails) throw new Error('no display')
        return { entered: '' }
      },
      speech: () => ({ language: 'de', cancel: 'Abbrechen', unread: '', reveal }),
      judge,
      now: Date.now,
    })
    await expect(ask(question)).rejects.toThrow('no display')
    fails = false
    await expect(ask(question)).resolves.toBeNull()
  })

  it('hands on a secret that was typed, which is judged while it is', async () => {
    const { ask, answer, judges } = person()
    const asked = ask({
      ...question,
      entry: { kind: 'new-passphrase', label: 'Passphrase', about: '', repeat: null },
    })
    expect(await judges[0]?.('Password2026!')).toEqual({
      accepted: false,
      strength: 0,
      strengthText: 'Very weak',
      problem: english.vault.refused.common,
    })
    expect(await judges[0]?.('nine')).toMatchObject({ accepted: false, problem: 'Use at least 10 characters.' })
    expect(await judges[0]?.('nine crooked lanterns')).toMatchObject({ accepted: true, strength: 4, problem: '' })
    answer(true, 'nine crooked lanterns')
    const entered = await asked
    expect(entered?.reveal()).toBe('nine crooked lanterns')
    expect(JSON.stringify({ entered })).toBe('{"entered":"[secret]"}')
  })

  it.each(['\u2800', '\u3164', '\uffa0', '\ufffc', '\u{1d159}', '\u{13441}'])(
    'shows %j, which is drawn as nothing, by its code point',
    async (sign) => {
      const { ask, answer, shown } = person()
      const asked = ask({ ...question, text: `a${sign}b` })
      answer(true)
      await asked
      expect(shown[0]?.text).toMatch(/^a⟨U\+[0-9A-F]{4,5}⟩b$/)
    },
  )

  it('lets no letter be drawn over the lines around it', async () => {
    const { ask, answer, shown } = person()
    const asked = ask({ ...question, text: `a${'\u0336'.repeat(60)} ไทยที่ é` })
    answer(true)
    await asked
    expect(shown[0]?.text).toBe(`a${'⟨U+0336⟩'.repeat(60)} ไทยที่ é`)
  })

  it('shows what is invisible', async () => {
    const { ask, answer, shown } = person()
    const asked = ask({
      ...question,
      title: 'a\u202eb',
      facts: [
        { kind: 'code', label: 'x\u200b', value: `a${' '.repeat(40)}b\u00a0c` },
        { kind: 'change', label: '', before: '\u0007', after: '\n' },
        { kind: 'lines', label: '', lines: [{ mark: 'plain', text: '\tid\u001b[2K' }] },
      ],
    })
    answer(true)
    await asked
    expect(shown[0]).toMatchObject({
      title: 'a⟨U+202E⟩b',
      facts: [
        { label: 'x⟨U+200B⟩', value: 'a ⟨40 × ␠⟩ b⟨U+00A0⟩c' },
        { before: '⟨U+0007⟩', after: '⟨U+000A⟩' },
        { lines: [{ text: '\tid⟨U+001B⟩[2K' }] },
      ],
    })
  })
})
