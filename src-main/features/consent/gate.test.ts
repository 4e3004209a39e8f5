import { describe, expect, it } from 'vitest'
import type { Question } from '../../../src-preload/consent-question'
import { contract } from '../../../src-preload/contract'
import { effects } from '../../../src-preload/contract/effects'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { createGate, type Questions } from './gate'
import type { Known } from './known'
import { createQuestions } from './questions'

const asking = (title: string): Question => ({ title, text: '', facts: [], note: '', tone: 'plain', verb: '' })

/** A table in which only `settings.change` is looked at. */
const only = (question: () => Promise<Question | null>) => ({ settings: { change: question } }) as unknown as Questions

describe('the table of effects', () => {
  const methods = Object.entries(contract).flatMap(([feature, all]) =>
    Object.keys(all).map((name) => [feature, name] as const),
  )

  it('puts every method of the contract into one class', () => {
    const classed = Object.entries(effects).flatMap(([feature, all]) =>
      Object.keys(all).map((name) => [feature, name] as const),
    )
    expect(new Set(classed.map(String))).toEqual(new Set(methods.map(String)))
    for (const of of Object.values(effects)) {
      for (const effect of Object.values(of)) expect(['reads', 'harmless', 'asks-consent']).toContain(effect)
    }
  })

  it('has a question for each method that asks for consent, and for no other', () => {
    const questions = createQuestions({} as Known, () => 'en')
    const asked = Object.entries(questions).flatMap(([feature, all]) =>
      Object.keys(all).map((name) => `${feature},${name}`),
    )
    const marked = Object.entries(effects).flatMap(([feature, all]) =>
      Object.entries(all).flatMap(([name, effect]) => (effect === 'asks-consent' ? [`${feature},${name}`] : [])),
    )
    expect(new Set(asked)).toEqual(new Set(marked))
  })
})

describe('the gate', () => {
  it('runs what needs no consent without a word', async () => {
    const gate = createGate(
      only(async () => null),
      async () => {
        throw new Error('asked')
      },
    )
    expect(await gate('accounts', 'list', undefined, async () => 1)).toBe(1)
    expect(await gate('settings', 'change', {}, async () => 2)).toBe(2)
    expect(await gate('__proto__', 'toString', {}, async () => 3)).toBe(3)
  })

  it('runs nothing before the person has agreed, and nothing when they refuse', async () => {
    const order: string[] = []
    const gate = createGate(
      only(async () => asking('proxy')),
      async ({ title }) => {
        order.push(title)
        return null
      },
    )
    await gate('settings', 'change', {}, async () => void order.push('done'))
    expect(order).toEqual(['proxy', 'done'])
    const refusing = createGate(
      only(async () => asking('proxy')),
      async () => {
        throw new Failure('cancelled')
      },
    )
    await expect(refusing('settings', 'change', {}, async () => void order.push('never'))).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(order).toEqual(['proxy', 'done'])
  })

  it('hands on what the person typed into the dialog, and nothing else', async () => {
    const typed = new Secret('nine crooked lanterns')
    const gate = createGate(
      only(async () => asking('passphrase')),
      async () => typed,
    )
    expect(await gate('settings', 'change', { passphrase: 'of the page' }, async (entered) => entered)).toBe(typed)
    expect(await gate('settings', 'get', { passphrase: 'of the page' }, async (entered) => entered)).toBeNull()
  })

  it('does not count an answer to what has changed meanwhile', async () => {
    let key = 'old'
    const gate = createGate(
      only(async () => asking(key)),
      async () => {
        key = 'new'
        return null
      },
    )
    let ran = false
    await expect(
      gate('settings', 'change', {}, async () => {
        ran = true
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(ran).toBe(false)
  })

  it('looks and acts in one turn, so that no other call about the same thing comes in between', async () => {
    let command = 'old'
    let finish = () => {}
    const questions = only(async () => (command === 'old' ? null : asking(command)))
    const asked: string[] = []
    const gate = createGate(questions, async ({ title }) => {
      asked.push(title)
      return null
    })
    const first = gate('settings', 'change', { id: 'a' }, async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      command = 'new'
    })
    const second = gate('settings', 'change', { id: 'a' }, async () => 'second')
    await gate('settings', 'change', { id: 'b' }, async () => 'another')
    finish()
    await first
    expect(await second).toBe('second')
    expect(asked).toEqual(['new'])
  })

  it('lets others go on while a person is asked', async () => {
    let answer = () => {}
    let asks = true
    const gate = createGate(
      only(async () => (asks ? asking('x') : null)),
      () =>
        new Promise((resolve) => {
          answer = () => resolve(null)
        }),
    )
    const waiting = gate('settings', 'change', {}, async () => 'late')
    await Promise.resolve()
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    asks = false
    expect(await gate('settings', 'change', {}, async () => 'now')).toBe('now')
    answer()
    expect(await waiting).toBe('late')
  })
})
