import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { toStorageFailure } from './storage-failure'

/**
 * Writes the file that git trusts for a host whose certificate the person trusted by hand: that certificate, and the
 * public authorities, so that the host may change to an ordinary certificate. Its name follows from its content.
 * @param pem the certificate that was trusted
 */
export const writeCaFile = async (folder: string, pem: string): Promise<string> => {
  const content = [pem.trim(), ...rootCertificates, ''].join('\n')
  const path = join(folder, `trusted-${createHash('sha256').update(content).digest('hex').slice(0, 32)}.pem`)
  const half = `${path}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(half, content, { mode: 0o600 })
    await rename(half, path)
    return path
  } catch (error) {
    throw toStorageFailure(error, folder)
  }
}
