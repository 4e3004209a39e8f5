import { type ReactNode, useLayoutEffect, useRef } from 'react'
import type { Place } from '../location'
import style from './frame.module.css'

/** Scroll positions by visit, so that going back finds a list as it was left. */
const positions = new Map<number, number>()

/** Does it as soon as there is a heading: a screen whose code is still being loaded has none. Returns what ends the wait. */
const whenThere = (pane: HTMLElement, act: (heading: HTMLElement) => void): (() => void) => {
  const look = () => {
    const heading = pane.querySelector<HTMLElement>('h1')
    if (heading === null) return
    observer.disconnect()
    act(heading)
  }
  const observer = new MutationObserver(look)
  observer.observe(pane, { childList: true, subtree: true })
  look()
  return () => observer.disconnect()
}

/** The one pane that scrolls. A new screen starts at its top with the focus on its name; an old one where it was. */
export const Scroller = ({ place, children }: { readonly place: Place; readonly children: ReactNode }) => {
  const pane = useRef<HTMLElement>(null)
  const first = useRef(true)
  useLayoutEffect(() => {
    const element = pane.current
    if (element === null) return
    const isFirst = first.current
    first.current = false
    const end = whenThere(element, (heading) => {
      const target = place.anchor === null ? null : element.querySelector(`#${CSS.escape(place.anchor)}`)
      element.scrollTop = positions.get(place.visit) ?? 0
      target?.scrollIntoView()
      if (!isFirst && !element.contains(document.activeElement)) heading.focus({ preventScroll: true })
    })
    return () => {
      end()
      positions.set(place.visit, element.scrollTop)
    }
  }, [place])
  return (
    <main ref={pane} className={style.scroller} tabIndex={-1}>
      {children}
    </main>
  )
}
