import { picklist } from 'valibot'

/**
 * Slips that old history really holds and that harm nobody, by the names of git-fsck(1). A person may allow them for an
 * app, by name. A check that keeps a repository from writing where it should not is not among them.
 */
export const harmlessChecks = [
  'badDate',
  'badDateOverflow',
  'badEmail',
  'badFilemode',
  'badName',
  'badTimezone',
  'missingAuthor',
  'missingCommitter',
  'missingEmail',
  'missingNameBeforeEmail',
  'missingSpaceBeforeDate',
  'missingSpaceBeforeEmail',
  'missingTaggerEntry',
  'multipleAuthors',
  'nullSha1',
  'zeroPaddedDate',
  'zeroPaddedFilemode',
] as const

export const HarmlessCheck = picklist(harmlessChecks)
export type HarmlessCheck = (typeof harmlessChecks)[number]

/** The check that a failure names, where a person may allow it. */
export const allowableCheck = (check: string | undefined): HarmlessCheck | null =>
  harmlessChecks.find((known) => known === check) ?? null
