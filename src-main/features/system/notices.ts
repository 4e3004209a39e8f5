import type { Notice } from '../../../src-preload/contract/system'

/** Things the person has to know once. They stay until dismissed, also when the window opens later. */
export interface Notices {
  add(notice: Omit<Notice, 'id'>): void
  list(): readonly Notice[]
  dismiss(id: string): void
}

export const createNotices = (onAdd: (notice: Notice) => void): Notices => {
  let notices: readonly Notice[] = []
  let count = 0
  return {
    add: (notice) => {
      const added = { ...notice, id: `notice-${++count}` }
      notices = [...notices, added]
      onAdd(added)
    },
    list: () => notices,
    dismiss: (id) => {
      notices = notices.filter((notice) => notice.id !== id)
    },
  }
}
