import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../src-preload/contract/outcome'
import { keyText } from '../../ssh/key-formats/key-text'

/** A private key file of the person's own, found by how it begins. */
export interface KeyFile {
  readonly name: string
  readonly text: string
  /** What `<name>-cert.pub` beside it holds, or null. */
  readonly certificate: string | null
}

/** Larger than any key file, in bytes. */
const largest = 65_536
const begins = /^(?:-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|PuTTY-User-Key-File-\d)/

const isCertificate = /^\S+-cert-v01@openssh\.com /

const readStart = async (path: string, wanted = begins): Promise<string | null> => {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > largest) return null
    const text = keyText(await file.readFile())
    return wanted.test(text.trimStart()) ? text : null
  } finally {
    await file.close()
  }
}

/**
 * Private keys in a folder such as `~/.ssh`, which is read only when the person asks for it and never changed. Files that
 * can't be read are passed over.
 * @throws Failure `storage-failed` when the folder itself can't be read
 */
export const findKeyFiles = async (folder: string): Promise<readonly KeyFile[]> => {
  let names: readonly string[]
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    // A pipe or a device could keep its reader for ever.
    names = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return []
    throw new Failure('storage-failed', { path: folder, reason }, { cause: error })
  }
  const found: KeyFile[] = []
  for (const name of [...names].sort().slice(0, 500)) {
    const text = await readStart(join(folder, name)).catch(() => null)
    if (text === null) continue
    const beside = `${name}-cert.pub`
    const certificate = names.includes(beside)
      ? await readStart(join(folder, beside), isCertificate).catch(() => null)
      : null
    found.push({ name, text, certificate })
  }
  return found
}
