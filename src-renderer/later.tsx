import { type ComponentType, useEffect, useState } from 'react'
import type { Params } from './route'

type Page = ComponentType<{ readonly params: Params }>

/** A screen that can be loaded before it is shown. */
type LaterPage = Page & { load?: () => Promise<void> }

const loads: (() => Promise<void>)[] = []

/**
 * A screen whose code is loaded when it is first shown, or when the window has nothing else to do: what the window
 * starts with stays small.
 */
export const later = (load: () => Promise<Page>): LaterPage => {
  let loaded: Page | null = null
  const get = async () => {
    loaded ??= await load()
  }
  loads.push(get)
  const Later: LaterPage = ({ params }) => {
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
  Later.load = get
  return Later
}

/** Loads all that is left, one after the other, each when the window rests. */
export const loadTheRest = (): void => {
  const [next, ...others] = loads.splice(0)
  if (next === undefined) return
  loads.push(...others)
  requestIdleCallback(() => void next().then(loadTheRest))
}

/** Loads a screen's code, if it has any that comes later. */
export const loadPage = async (page: LaterPage | undefined): Promise<void> => page?.load?.()
