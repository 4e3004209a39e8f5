/** Names and values, nested. */
export interface Tree {
  readonly [name: string]: string | Tree
}

const unquote = (text: string): string => {
  const bare = text.replace(/^(!!\w+|!\w+)\s+/, '')
  const quoted = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^']|'')*)'$/.exec(bare)
  if (quoted === null) return bare.replace(/\s+#.*$/, '')
  return quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2]?.replaceAll("''", "'") ?? ''
}

/**
 * Reads the part of YAML 1.2 that gh and glab write: block mappings of plain or quoted values. Anything else in a file is
 * passed over, so an unknown line can hide a login but never make one up.
 */
export const readIndented = (text: string): Tree => {
  const root = Object.create(null) as Record<string, string | Tree>
  const open: { readonly depth: number; readonly into: Record<string, string | Tree> }[] = [{ depth: -1, into: root }]
  for (const line of text.split(/\r?\n/)) {
    const found = /^( *)("[^"]+"|'[^']+'|[\w.@:[\]-]+?):(?:\s+(.*))?$/.exec(line)
    if (found === null) continue
    const [, indent = '', name = '', value = ''] = found
    while ((open.at(-1)?.depth ?? -1) >= indent.length) open.pop()
    const into = open.at(-1)?.into ?? root
    const rest = value.trim()
    if (rest !== '' && !rest.startsWith('#')) {
      into[unquote(name)] = unquote(rest)
      continue
    }
    const inside = Object.create(null) as Record<string, string | Tree>
    into[unquote(name)] = inside
    open.push({ depth: indent.length, into: inside })
  }
  return root
}

/** A branch of a tree; an empty one where there is none. */
export const branch = (tree: Tree, name: string): Tree => {
  const found = tree[name]
  return typeof found === 'object' ? found : {}
}

/** A value of a tree; empty where there is none. */
export const leaf = (tree: Tree, name: string): string => {
  const found = tree[name]
  return typeof found === 'string' ? found : ''
}
