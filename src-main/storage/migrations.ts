import { Failure } from '../../src-preload/contract/outcome'

/** One step forward: turns the content of version `to - 1` into that of version `to`. Released steps are never changed. */
export interface Migration {
  readonly to: number
  /** Gets what was on the disk, which may be anything. What it throws counts as an unreadable file. */
  readonly migrate: (value: unknown) => unknown
}

/** A document as it is on the disk. */
export interface Stored {
  readonly version: number
  readonly value: unknown
}

/** The version that a list of steps leads to. A store without steps is at version 1. */
export const versionOf = (migrations: readonly Migration[]): number => {
  migrations.forEach(({ to }, index) => {
    if (to !== index + 2) throw new TypeError(`Step ${index + 1} leads to version ${to} instead of ${index + 2}`)
  })
  return migrations.length + 1
}

/**
 * Brings a document to the present version, step by step and forward only.
 * @throws Failure `storage-failed` with `reason: newer` for a document of a later version of the app.
 */
export const migrate = ({ version, value }: Stored, migrations: readonly Migration[]): Stored => {
  const present = versionOf(migrations)
  if (version > present) throw new Failure('storage-failed', { reason: 'newer', version: String(version) })
  const moved = migrations.slice(version - 1).reduce((content, step) => step.migrate(content), value)
  return { version: present, value: moved }
}
