import { adjacencyGraphs } from '@zxcvbn-ts/language-common'

/** Of the steps from one sign to the next, so many lead to a neighbour in what is only walked over the keys. */
const walkedShare = 0.75

/** What lies beside each sign, on any keyboard and on any level of it. */
const neighbours: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const all = new Map<string, Set<string>>()
  for (const graph of Object.values(adjacencyGraphs)) {
    for (const [sign, keys] of Object.entries(graph)) {
      const beside = all.get(sign) ?? new Set<string>()
      for (const key of keys) for (const other of key ?? '') beside.add(other)
      all.set(sign, beside)
    }
  }
  return all
})()

const isStep = (from: string, to: string): boolean => from === to || neighbours.get(from)?.has(to) === true

/**
 * Whether a text is little but a walk over neighbouring keys, as `1qay2wsx3edc` is. Each turn of it makes an estimate of its
 * own larger, although there are not many such walks.
 */
export const isKeyboardWalk = (text: string): boolean => {
  const signs = [...text]
  const steps = signs.slice(1).filter((sign, index) => isStep(signs[index] ?? '', sign)).length
  return signs.length > 1 && steps >= walkedShare * (signs.length - 1)
}
