import type { ComponentType, ReactNode } from 'react'
import type { Place } from './location'

/** Values of the `:name` parts of a path, and of the query. */
export type Params = Readonly<Record<string, string>>

/**
 * A step on the way to a screen: words, a link, or what the thing itself is called. `name` draws that; `label` is said
 * where only words can stand.
 */
export type Crumb =
  | string
  | { readonly label: string; readonly to: string }
  | { readonly label: string; readonly name: ComponentType<{ readonly params: Params }> }

/** One screen. A path's parts may be `:name`; those reach the page as `params`, together with the query. */
export interface Route {
  readonly path: string
  /** From the widest to the narrowest; the last is the screen itself. */
  readonly crumbs: readonly Crumb[]
  readonly page: ComponentType<{ readonly params: Params }>
  /** Shown above the screen that was there before, as a panel that Esc closes. */
  readonly panel?: true
  /** Something that is filled in and left behind, such as a wizard: the window does not start with it. */
  readonly passing?: true
}

/** A line in the sidebar. It is lit on its own path and on every path below it. */
export interface SidebarEntry {
  readonly label: string
  readonly to: string
  readonly icon: ReactNode
  /** `top`: what people work with. `settings`: below the heading of that name. */
  readonly group: 'top' | 'settings'
  /** Smaller stands higher within its group. */
  readonly order: number
  /** A mark at the end of the line, e.g. how many accounts need attention. */
  readonly badge?: ComponentType
}

/** Something that can be done from the command palette. */
export interface Command {
  /** Unique among all commands. */
  readonly id: string
  readonly group: string
  readonly label: string
  /** Further words by which it is found. */
  readonly keywords?: string
  readonly run: () => void
}

/** What a feature adds to the window. It is registered by one line in `routes.tsx`. */
export interface Feature {
  /** Its name everywhere: in the contract, in main, in the window. */
  readonly name: string
  readonly routes?: readonly Route[]
  readonly sidebar?: readonly SidebarEntry[]
  /** A bar above every screen while it has something to say; renders nothing otherwise. */
  readonly bar?: ComponentType
  /** A line at the foot of the sidebar. */
  readonly foot?: ComponentType
  /** What it offers in the command palette at this moment. */
  readonly commands?: () => readonly Command[]
  /** Whether it can show this screen before main has been asked anything. */
  readonly shows?: (path: string) => boolean
  /** Loads what it shows and listens to announcements; returns what ends that. */
  readonly start?: () => () => void
}

/** A place with the screen that belongs to it. */
export interface Match {
  readonly route: Route
  readonly params: Params
  readonly place: Place
}

const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

const matchPath = (pattern: string, path: string): Params | null => {
  const parts = pattern.split('/')
  const given = path.split('/')
  if (parts.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) {
      const decoded = decode(value)
      if (decoded === null) return null
      params[part.slice(1)] = decoded
    } else if (part !== value) return null
  }
  return params
}

/** The screen of a place, or null. A route without parameters wins over one with them. */
export const matchRoute = (routes: readonly Route[], place: Place): Match | null => {
  const plainFirst = [...routes].sort((a, b) => Number(a.path.includes(':')) - Number(b.path.includes(':')))
  for (const route of plainFirst) {
    const params = matchPath(route.path, place.path)
    if (params !== null) return { route, params: { ...place.query, ...params }, place }
  }
  return null
}
