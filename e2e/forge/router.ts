import type { Call } from './call'
import type { Reply } from './reply'

/** Answers one kind of request; `null` when it has written the answer itself. */
export type Handler = (call: Call) => Reply | null | Promise<Reply | null>

/** One line of a dialect's table: `GET /repos/:owner/:name`. `:x` is one segment, `*x` one or more. */
export interface Route {
  readonly method: string
  readonly pattern: string
  readonly handle: Handler
}

/** Routes that share what happens around them, such as the checks of an API. */
export interface RouteGroup {
  /** Prefix of every pattern in the group, `''` or like `/api/v3`. */
  readonly prefix: string
  readonly routes: readonly Route[]
  readonly around?: (call: Call, route: Route | null, next: Handler) => Promise<Reply | null>
  /** Answers what lies below the prefix and matches no route. Without it, the next group is tried. */
  readonly otherwise?: Handler
}

export const route = (line: string, handle: Handler): Route => {
  const [method = '', pattern = ''] = line.split(' ')
  return { method, pattern, handle }
}

type Params = Readonly<Record<string, string>>

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Turns `/a/:b/*c` into a test of raw paths; `%2F` inside a segment stays one segment. */
export function pathMatcher(pattern: string): (path: string) => Params | null {
  const names: string[] = []
  const source = pattern
    .replace(/[.+?^$()[\]{}|\\]/g, '\\$&')
    .replace(/([:*])(\w+)/g, (_, kind: string, name: string) => {
      names.push(name)
      return kind === ':' ? '([^/]+?)' : '(.+?)'
    })
  const expression = new RegExp(`^${source}/?$`)
  return (path) => {
    const found = expression.exec(path)
    return found && Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? '')]))
  }
}

/** The handler of a request, already bound to its placeholders' values. */
export type Found = (call: Call) => Promise<Reply | null>

/** Compiles the tables once. A route answers HEAD where it answers GET. */
export function router(groups: readonly RouteGroup[]): (method: string, path: string) => Found | null {
  const compiled = groups.map((group) => ({
    group,
    lines: group.routes.map((line) => ({ line, match: pathMatcher(group.prefix + line.pattern) })),
  }))
  const bound = (group: RouteGroup, line: Route | null, params: Params, handle: Handler): Found => {
    const handler: Handler = (call) => handle({ ...call, params })
    return async (call) => (group.around ? group.around({ ...call, params }, line, handler) : handler(call))
  }
  return (method, path) => {
    const asked = method === 'HEAD' ? 'GET' : method
    for (const { group, lines } of compiled) {
      for (const { line, match } of lines) {
        const params = line.method === asked ? match(path) : null
        if (params) return bound(group, line, params, line.handle)
      }
      const below = path === group.prefix || path.startsWith(`${group.prefix}/`)
      if (below && group.otherwise) return bound(group, null, {}, group.otherwise)
    }
    return null
  }
}
