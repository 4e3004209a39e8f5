import { number } from 'valibot'
import { firstRows } from '../../first-rows'
import { lastPath } from '../../last-path'
import { remembered } from '../../remembered'
import { everything, isSame, narrowing } from './question'
import style from './repositories.module.css'
import { words } from './words'

/** Pixels a row. */
export const rowHeight = 44

/** Pixels of the window above the list, when it was last shown; 0 before that. */
export const listTop = remembered('repositories-top', number(), 0)

const part = (tag: string, className: string | undefined, ...children: readonly (Node | string)[]): HTMLElement => {
  const element = document.createElement(tag)
  element.className = className ?? ''
  element.append(...children)
  return element
}

/**
 * Draws the names that the list begins with into the window's first picture, where the list will draw them: its code takes
 * as long to run as everything before it. Nothing when the window starts with something else.
 */
export const drawFirstNames = (frame: Element | null): void => {
  const top = listTop.read()
  if (frame === null || firstRows === null || top === 0 || lastPath.read() !== '/repositories') return
  if (!isSame(firstRows.question, { ...everything, ...narrowing.read() })) return
  const rows = firstRows.slice.rows.slice(0, Math.ceil((innerHeight - top) / rowHeight))
  const list = part(
    'ul',
    undefined,
    ...rows.map(({ path, name }, index) => {
      const owner = part('bdi', style.owner, path.slice(0, path.length - name.length))
      const names = part('span', style.path, owner, part('bdi', style.name, name))
      const row = part('li', style.row, part('div', style.open, part('span', style.cell, names)))
      row.style.transform = `translateY(${index * rowHeight}px)`
      return row
    }),
  )
  list.ariaLabel = words.title
  list.style.top = `${top}px`
  frame.append(list)
  performance.mark('first-names', { detail: rows[0]?.path })
}
