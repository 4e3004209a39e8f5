/** The place of one app, and of a part of it. */
export const appPlace = (id: string, tab?: string): string =>
  `/apps/${encodeURIComponent(id)}${tab === undefined ? '' : `?tab=${tab}`}`

/** Where an app is changed. */
export const editPlace = (id: string): string => `/apps/${encodeURIComponent(id)}/edit`
