import fc from 'fast-check'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { app } from '../../../e2e/preview/app-data'
import { AppForm } from '../../../src-preload/contract/entities/app'
import {
  type AppDraft,
  checkIn,
  draftOf,
  emptyDraft,
  formOf,
  formOfDraft,
  isLongValue,
  patternsOf,
  problemsOf,
  readVariables,
  suggestedFolder,
  suggestedName,
  withCheck,
} from './app-draft'

const server = { user: 'deploy' }
const context = { ssh: false, server }
const full: AppDraft = {
  ...emptyDraft,
  accountId: 'a1',
  repository: { id: '1', path: 'acme/shop/Store Front', sshUrl: null },
  branch: 'main',
  serverId: 'sv1',
}

describe('a draft', () => {
  it('suggests a name and a folder that its user can write to', () => {
    expect(suggestedName(full)).toBe('Store Front')
    expect(suggestedFolder(full, server)).toBe('~/apps/store-front')
    expect(suggestedFolder({ ...full, name: '../etc' }, { user: 'root' })).toBe('/srv/apps/etc')
    expect(suggestedFolder(full, undefined)).toBe('')
    expect(suggestedName({ ...emptyDraft, address: 'git@git.acme.dev:team/admin.git' })).toBe('admin')
  })

  it('is complete with a source, a branch and a server', () => {
    expect(problemsOf(full, context)).toEqual({})
    expect(parse(AppForm, formOfDraft(full, context))).toMatchObject({
      id: null,
      name: 'Store Front',
      repositoryId: '1',
      address: '',
      folder: '~/apps/store-front',
    })
  })

  it('says what is missing, and not what follows from that', () => {
    expect(problemsOf(emptyDraft, { ssh: false, server: undefined })).toEqual({
      source: 'missing',
      branch: 'missing',
      server: 'missing',
    })
    expect(problemsOf({ ...full, repository: null, address: 'x' }, context)).toEqual({ source: 'missing' })
    expect(problemsOf({ ...full, repository: null, address: 'git@h:a/b.git' }, { ssh: true, server })).toEqual({})
  })

  it.each(['relative', '~', '~root/x', '~/../x', '/', '/srv/../etc', '/srv/./x', 'C:\\apps'])(
    'refuses the folder %s',
    (folder) => {
      expect(problemsOf({ ...full, folder }, context)).toEqual({ folder: 'wrong' })
    },
  )

  it.each(['/services', '../other', 'a/../../b', '..'])('refuses the root folder %s', (rootFolder) => {
    expect(problemsOf({ ...full, rootFolder }, context)).toEqual({ rootFolder: 'wrong' })
  })

  it('refuses variables that no shell takes, and the same one twice', () => {
    const named = (...names: string[]) => names.map((name, row) => ({ row, name, value: '' }))
    expect(problemsOf({ ...full, variables: named('OK', '1ST') }, context)).toEqual({ variables: 'wrong' })
    expect(problemsOf({ ...full, variables: named('A', 'A ') }, context)).toEqual({ variables: 'twice' })
    expect(problemsOf({ ...full, variables: named('A', '_b2') }, context)).toEqual({})
  })

  it('refuses variables that are larger than 1 MB together, and shows those that no line holds by their size', () => {
    const sized = (...sizes: number[]) =>
      sizes.map((size, row) => ({ row, name: `V${row}`, value: 'ü'.repeat(size / 2) }))
    expect(problemsOf({ ...full, variables: sized(1_048_576) }, context)).toEqual({})
    expect(problemsOf({ ...full, variables: sized(1_000_000, 48_578) }, context)).toEqual({ variables: 'large' })
    expect(['a', 'a\n', 'a\nb', 'x'.repeat(2001)].map(isLongValue)).toEqual([false, false, true, true])
  })

  it('sends the repository or the address, never both', () => {
    const both = { ...full, address: ' git@git.acme.dev:team/admin.git ' }
    expect(formOfDraft(both, { ssh: true, server })).toMatchObject({
      repositoryId: null,
      address: 'git@git.acme.dev:team/admin.git',
    })
    expect(formOfDraft(both, context)).toMatchObject({ repositoryId: '1', address: '' })
  })

  it('of an app changes nothing by itself', () => {
    const one = app({ id: 'p1', rootFolder: 'services/shop', startsBy: 'poll', lfs: true })
    expect(formOfDraft(draftOf(one), context)).toEqual(formOf(one))
    expect(formOf(one).variables).toEqual([
      { name: 'DATABASE_URL', value: null },
      { name: 'STRIPE_KEY', value: null },
    ])
  })
})

it('reads patterns line by line and leaves their spelling alone', () => {
  expect(patternsOf('src/\r\n\n# said\n!docs/ \n  \n\\#odd')).toEqual(['src/', '!docs/ ', '\\#odd'])
})

describe('checks that stood in the way', () => {
  const refused = (check: string) => ({ code: 'object-refused' as const, facts: { check } })

  it('can be allowed where they are harmless, and stay in sight to be withdrawn', () => {
    const { lastDeploy } = app({ id: 'p1' })
    const failed = lastDeploy && { ...lastDeploy, failure: refused('zeroPaddedFilemode') }
    const draft = draftOf(app({ id: 'p1', allowedChecks: ['badDate'], lastDeploy: failed }))
    expect([draft.allowedChecks, draft.offeredChecks]).toEqual([['badDate'], ['badDate', 'zeroPaddedFilemode']])
    expect(parse(AppForm, formOfDraft(draft, context)).allowedChecks).toEqual(['badDate'])
    expect(withCheck(draft.allowedChecks, 'badDate')).toEqual(['badDate'])
  })

  it('are offered by no other failure and for no check that protects', () => {
    expect(checkIn(refused('badDate'))).toBe('badDate')
    for (const check of ['hasDotgit', 'duplicateEntries', 'treeNotSorted', 'gitmodulesName', 'all', '__proto__', '']) {
      expect(checkIn(refused(check))).toBeNull()
    }
    expect(checkIn({ code: 'clone-refused', facts: { check: 'badDate' } })).toBeNull()
    expect(checkIn(null)).toBeNull()
  })

  it('are refused at the border when they protect', () => {
    const form = { ...formOfDraft(full, context), allowedChecks: ['hasDotgit'] }
    expect(() => parse(AppForm, form)).toThrow()
  })
})

describe('variables from text', () => {
  it('reads what .env files hold', () => {
    expect(readVariables('# keys\nA=1\nexport B="two words"\n\nC=\'x=y\'\nD= spaced \nE=')).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: 'two words' },
      { name: 'C', value: 'x=y' },
      { name: 'D', value: 'spaced' },
      { name: 'E', value: '' },
    ])
  })

  it.each(['', 'NAME', 'two words', 'A=1\nnot a variable', '1A=2', 'A B=1'])('leaves %j alone', (text) => {
    expect(readVariables(text)).toBeNull()
  })

  it('reads back any value in double quotes that stays on its line', () => {
    const value = fc.string().filter((text) => !/[\r\n]/.test(text))
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/), value, (name, text) => {
        expect(readVariables(`${name}="${text}"`)).toEqual([{ name, value: text }])
      }),
    )
  })
})
