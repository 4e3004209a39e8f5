import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../clock'
import { buildEntry } from '../../testing/build-entry'
import { Secret } from '../secret'
import { createJudgeAside } from './judge-aside'
import { judgePassphrase } from './judge-passphrase'

const thousand = dictionary['passwords-common'].slice(0, 1000)

describe('a new passphrase', () => {
  it('is none of the thousand most common, whatever stands around it', () => {
    const dressings: readonly ((word: string) => string)[] = [
      (word) => word.padEnd(10, '1'),
      (word) => `${word}2024!!!!!!`,
      (word) => `!!!!${word[0]?.toUpperCase()}${word.slice(1)}1234`,
      (word) => `${word}${word}${word}${word}`,
      (word) => `${word}          `,
      (word) => [...word.padEnd(5, '!')].join(' '),
      (word) => `${word}\u200b\u200b\u200b\u200b\u200b\u200b\u200b`,
    ]
    const dressed = thousand.map((word, index) => dressings[index % dressings.length]?.(word) ?? '')
    const taken = dressed.filter((text) => judgePassphrase(text).refused === null)
    expect(taken).toEqual([])
  })

  it.each([
    ['', 'short'],
    ['ninechars', 'short'],
    ['🔑🔑🔑🔑🔑', 'short'],
    ['            ', 'short'],
    ['1234567890', 'common'],
    ['Passwort123!', 'common'],
    ['P4ssw0rd!2024', 'common'],
    ['ｐａｓｓｗｏｒｄ１２３', 'common'],
    ['drowssap12345', 'common'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['xqxqxqxqxqxqxqxqxqxqx', 'repeated'],
    ['x7k x7k x7k x7k', 'repeated'],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', 'repeated'],
    ['abcdefghijkl', 'weak'],
    ['Sommer07071984', 'common'],
    ['1q2w3e2024!!!!!!', 'common'],
    ['correcthorse'.repeat(4), 'weak'],
    ['abc123abc123abc124', 'common'],
    ['xk7 xk7 xk7 xk8', 'repeated'],
    ['hunter2hunter3', 'common'],
    ['qwertzuiopü', 'weak'],
    ['qayxswedcvfr', 'weak'],
    ['1qay2wsx3edc', 'weak'],
    ['!QAY"WSX§EDC', 'weak'],
    ['poiuztrewqlkj', 'weak'],
    ['1234qwer1234asdf', 'weak'],
    ['qqwweerrttyy', 'weak'],
    ['24.12.1984 03.07.1990', 'weak'],
    ['1990-01-01', 'weak'],
    ['0171 / 23 45 67 89', 'weak'],
    ['Fruehling2024!', 'weak'],
    ['cloudaipilot', 'weak'],
    ['CloudAIPilot#2026', 'weak'],
    ['C10ud41P1l0t!!', 'weak'],
    ['Cloud AI Pilot 2026', 'weak'],
  ] as const)('%s is refused: %s', (passphrase, refused) => {
    expect(judgePassphrase(passphrase).refused).toBe(refused)
  })

  it.each([
    'nine crooked lanterns',
    'drei krumme Laternen',
    'x7!kQ2pLm9vT',
    'Lieblingsfarbe blau grün',
    'корабль плывёт домой',
  ])('%s is taken', (passphrase) => {
    expect(judgePassphrase(passphrase).refused).toBeNull()
  })

  it('is not what is known of this person', () => {
    const names = ['ada.lovelace', 'https://git.acme.dev', 'ada-notebook']
    for (const text of [
      'ada.lovelace1815',
      'AdaLovelace1815!',
      'git.acme.dev2024',
      'Ada-Notebook1',
      'acmeacmeacme2024',
    ]) {
      expect([text, judgePassphrase(text, names).refused]).not.toEqual([text, null])
    }
    expect(judgePassphrase('ada.lovelace1815').refused).toBeNull()
    expect(judgePassphrase('nine crooked lanterns', names).refused).toBeNull()
  })

  it('is judged as strong as it is', () => {
    expect(judgePassphrase('nine crooked lanterns').strength).toBe('strong')
    expect(judgePassphrase('abcdefghijkl').strength).toBe('very-weak')
  })

  it('is judged aside, one after the other, however long', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const worker = await buildEntry('credentials/passphrase/judge-passphrase-worker.ts', folder)
    const judge = createJudgeAside(worker, systemClock, () => ['ada.lovelace'])
    const verdicts = await Promise.all(
      ['short', 'nine crooked lanterns', 'ab'.repeat(30_000), 'x'.repeat(65_536), 'ada.lovelace1815'].map((text) =>
        judge(new Secret(text)),
      ),
    )
    expect(verdicts.map(({ refused }) => refused)).toEqual(['short', null, 'repeated', 'repeated', 'weak'])
  })

  it('is not judged where the thread can’t start', async () => {
    const judge = createJudgeAside(join(import.meta.dirname, 'none.cjs'), systemClock)
    await expect(judge(new Secret('nine crooked lanterns'))).rejects.toMatchObject({ code: 'MODULE_NOT_FOUND' })
  })
})
