import { expect, it } from 'vitest'
import { merge } from './merge'

/** A list of numbers, each given when `turn` resolves for it. */
async function* numbers(from: number, count: number, stopped: number[], turn: () => Promise<void>) {
  try {
    for (let i = 0; i < count; i += 1) {
      await turn()
      yield from + i
    }
  } finally {
    stopped.push(from)
  }
}

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
const never = () => new Promise<void>(() => undefined)

const collect = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const one of list) all.push(one)
  return all
}

it('yields everything, each list in its order', async () => {
  const lists = [0, 100, 200, 300].map((from) => () => numbers(from, 3, [], soon))
  const all = await collect(merge(lists, 2))
  expect([...all].sort((a, b) => a - b)).toEqual([0, 1, 2, 100, 101, 102, 200, 201, 202, 300, 301, 302])
  for (const from of [0, 100, 200, 300]) {
    const own = all.filter((one) => Math.floor(one / 100) * 100 === from)
    expect(own).toEqual([from, from + 1, from + 2])
  }
})

it('does not wait for a slow list to give what a fast one has', async () => {
  const merged = merge([() => numbers(0, 1, [], never), () => numbers(100, 1, [], soon)], 2)
  expect((await merged.next()).value).toBe(100)
})

it('starts no more lists than it may, and ends those it started', async () => {
  const stopped: number[] = []
  let started = 0
  const lists = [0, 100, 200, 300].map((from) => () => {
    started += 1
    return numbers(from, 5, stopped, soon)
  })
  for await (const one of merge(lists, 2)) {
    expect(one).toBeGreaterThanOrEqual(0)
    break
  }
  expect(started).toBe(2)
  await expect.poll(() => [...stopped].sort((a, b) => a - b)).toEqual([0, 100])
})

it('fails with the first that fails', async () => {
  const broken = async function* (): AsyncGenerator<number, void, undefined> {
    yield 1
    throw new Error('broken')
  }
  await expect(collect(merge([broken, () => numbers(0, 2, [], never)], 2))).rejects.toThrow('broken')
})
