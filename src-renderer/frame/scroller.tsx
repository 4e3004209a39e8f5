import { type ReactNode, useLayoutEffect, useRef } from 'react'
import type { Place } from '../location'
import style from './frame.module.css'

/** Scroll positions by visit, so that going back finds a list as it was left. */
const positions = new Map<number, number>()

/** The one pane that scrolls. A new screen starts at its top with the focus on its name; an old one where it was. */
export const Scroller = ({ place, children }: { readonly place: Place; readonly children: ReactNode }) => {
  const pane = useRef<HTMLElement>(null)
  const first = useRef(true)
  useLayoutEffect(() => {
    const element = pane.current
    if (element === null) return
    const target = place.anchor === null ? null : element.querySelector(`#${CSS.escape(place.anchor)}`)
    element.scrollTop = positions.get(place.visit) ?? 0
    target?.scrollIntoView()
    if (!first.current && !element.contains(document.activeElement)) {
      element.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    }
    first.current = false
    return () => {
      positions.set(place.visit, element.scrollTop)
    }
  }, [place])
  return (
    <main ref={pane} className={style.scroller} tabIndex={-1}>
      {children}
    </main>
  )
}
