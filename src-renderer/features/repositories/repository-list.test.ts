import { describe, expect, it } from 'vitest'
import type { Api } from '../../../src-preload/contract'
import type { Repository, RepositorySlice } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { everything } from './question'
import { createRepositoryList, pageSize } from './repository-list'

const row = (index: number): Repository => ({
  key: `a/${index}`,
  accountId: 'a',
  id: String(index),
  path: `acme/app-${index}`,
  owner: 'acme',
  name: `app-${index}`,
  private: true,
  archived: false,
  fork: false,
  language: null,
  pushedAt: null,
  defaultBranch: 'main',
  httpsUrl: 'https://x/acme.git',
  sshUrl: null,
  webUrl: 'https://x/acme',
})

const slice = (offset: number, total: number): RepositorySlice => ({
  total,
  known: total,
  offset,
  rows: Array.from({ length: Math.min(pageSize, total - offset) }, (_, index) => row(offset + index)),
  listings: [],
  owners: [],
  languages: [],
})

type Answer = (slice: RepositorySlice) => void

/** An index that answers when the test says so. */
const slowIndex = () => {
  const calls: {
    readonly text: string
    readonly offset: number
    readonly answer: Answer
    readonly fail: (error: unknown) => void
  }[] = []
  const query: Api['repositories']['query'] = (input) =>
    new Promise<RepositorySlice>((answer, fail) => {
      calls.push({ text: input.text ?? '', offset: input.offset ?? 0, answer, fail })
    })
  return { calls, query }
}

describe('the list of repositories', () => {
  it('drops the answer to a question that was overtaken', async () => {
    const index = slowIndex()
    const list = createRepositoryList(index)
    const slow = list.getState().ask({ text: 'a' })
    const quick = list.getState().ask({ text: 'ab' })
    index.calls[1]?.answer(slice(0, 1))
    await quick
    index.calls[0]?.answer(slice(0, 500))
    await slow
    expect(list.getState()).toMatchObject({ total: 1, question: { text: 'ab' } })
  })

  it('fetches the pages in view once and no others', async () => {
    const index = slowIndex()
    const list = createRepositoryList(index)
    const asked = list.getState().ask({})
    index.calls[0]?.answer(slice(0, 1000))
    await asked
    const shown = list.getState().show(600, 630)
    void list.getState().show(601, 631)
    expect(index.calls.map(({ offset }) => offset)).toEqual([0, 600])
    index.calls[1]?.answer(slice(600, 1000))
    await shown
    expect(list.getState().rows.get(610)?.name).toBe('app-610')
  })

  it('keeps the rows in view until new ones are here', async () => {
    const index = slowIndex()
    const list = createRepositoryList(index)
    const asked = list.getState().ask({})
    index.calls[0]?.answer(slice(0, 10))
    await asked
    const renewed = list.getState().renew()
    expect(list.getState().rows.size).toBe(10)
    index.calls[1]?.answer(slice(0, 11))
    await renewed
    expect(list.getState().rows.size).toBe(11)
  })

  it('shows a failure and keeps what it has', async () => {
    const index = slowIndex()
    const list = createRepositoryList(index)
    const asked = list.getState().ask({})
    index.calls[0]?.answer(slice(0, 10))
    await asked
    const renewed = list.getState().renew()
    index.calls[1]?.fail(new Failure('storage-failed'))
    await renewed
    expect(list.getState().failure?.code).toBe('storage-failed')
    expect(list.getState().rows.size).toBe(10)
  })

  it('begins with what an earlier start showed for the same question, and asks all the same', async () => {
    const index = slowIndex()
    const first = { question: everything, slice: slice(0, 5) }
    const list = createRepositoryList(index, everything, first)
    expect(list.getState()).toMatchObject({ answered: true, total: 5 })
    expect(list.getState().rows.get(4)).toEqual(row(4))
    const begun = list.getState().begin()
    index.calls[0]?.answer(slice(0, 2))
    await begun
    expect([...list.getState().rows.keys()]).toEqual([0, 1])
  })

  it('shows nothing of before for another question', () => {
    const filters = { ...everything.filters, language: 'Go' }
    const first = { question: { ...everything, filters }, slice: slice(0, 5) }
    expect(createRepositoryList(slowIndex(), everything, first).getState()).toMatchObject({ answered: false, total: 0 })
  })
})
