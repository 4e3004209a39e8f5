import { useEffect, useState } from 'react'

/** Milliseconds after which content counts as painted although no frame came: a hidden window draws none. */
const patience = 200

const waiting: (() => void)[] = []

/** Does something once the first screen has been painted. */
export const whenReady = (act: () => void): void => {
  waiting.push(act)
}

/**
 * Marks the page as ready (`data-ready` on the body) once a screen's real content has been painted.
 * Screens call it with whether they have something to show.
 */
export const useReady = (ready: boolean): void => {
  useEffect(() => {
    if (!ready) return
    const mark = () => {
      document.body.dataset.ready = ''
      for (const act of waiting.splice(0)) act()
    }
    const frame = requestAnimationFrame(() => requestAnimationFrame(mark))
    const timer = setTimeout(mark, patience)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [ready])
}

/** Whether the first screen has been painted. */
export const usePainted = (): boolean => {
  const [painted, setPainted] = useState(() => document.body.dataset.ready !== undefined)
  useEffect(() => {
    if (!painted) whenReady(() => setPainted(true))
  }, [painted])
  return painted
}
