/**
 * A path such as `group/project` as a person writes or pastes it, cut into its names: without slashes at the ends and
 * without `.git`. Null when it cannot be one: fewer than two names, or a name that would climb out of its place.
 */
export const pathNames = (path: string): readonly string[] | null => {
  const names = path
    .trim()
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .split('/')
  const sound = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\x00-\x1f\x7f]/.test(name))
  return sound && names.length >= 2 && path.length <= 1_000 ? names : null
}

/** The names as a path of a request. */
export const encodePath = (names: readonly string[]): string => names.map(encodeURIComponent).join('/')
