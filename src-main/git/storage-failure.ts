import { Failure } from '../../src-preload/contract/outcome'
import { cleanLine } from './redact'

const codes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'EEXIST', 'ENOENT', 'EIO', 'EMFILE']

/**
 * Reads an error of the file system: `Failure('disk-full' | 'storage-failed', { path, detail })`. A failure that is about
 * the disk already gets its `path`; everything else is returned as it is.
 */
export const toStorageFailure = (error: unknown, folder: string): unknown => {
  const path = cleanLine(folder)
  if (error instanceof Failure) {
    const local = ['disk-full', 'storage-failed', 'folder-not-empty'].includes(error.code)
    return local ? new Failure(error.code, { path, ...error.facts }, { cause: error }) : error
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failure('disk-full', { path }, { cause: error })
  return codes.includes(code) ? new Failure('storage-failed', { path, detail: code }, { cause: error }) : error
}
