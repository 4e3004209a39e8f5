import { type ComponentType, useEffect, useState } from 'react'
import type { Params } from './route'

type Page = ComponentType<{ readonly params: Params }>

const loads: (() => Promise<void>)[] = []

/**
 * A screen whose code is loaded when it is first shown, or when the window has nothing else to do: what the window
 * starts with stays small.
 */
export const later = (load: () => Promise<Page>): Page => {
  let loaded: Page | null = null
  const get = async () => {
    loaded ??= await load()
  }
  loads.push(get)
  return function Later({ params }) {
    const [, setShown] = useState(loaded !== null)
    useEffect(() => {
      let current = true
      if (loaded === null) void get().then(() => current && setShown(true))
      return () => {
        current = false
      }
    }, [])
    const Shown = loaded
    return Shown === null ? null : <Shown params={params} />
  }
}

/** Loads all that is left, one after the other, each when the window rests. */
export const loadTheRest = (): void => {
  const [next, ...others] = loads.splice(0)
  if (next === undefined) return
  loads.push(...others)
  requestIdleCallback(() => void next().then(loadTheRest))
}
