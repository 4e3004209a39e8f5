import { createHash } from 'node:crypto'

/** `SHA256:` and unpadded base64, as ssh-keygen -l and the providers' pages print it. */
export const fingerprint = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`

const width = 17
const height = 9
const symbols = ' .o+=*BOX@%&#/^SE'

/**
 * The picture that `ssh-keygen -lv` draws: a bishop walks over a 17 x 9 board, two bits of the SHA-256 digest a step,
 * and each field shows how often it was visited. `title` and the hash name stand in the frame.
 */
export const randomart = (blob: Buffer, title: string): string => {
  const fields = new Uint8Array(width * height)
  const last = symbols.length - 1
  let x = Math.floor(width / 2)
  let y = Math.floor(height / 2)
  for (const byte of createHash('sha256').update(blob).digest()) {
    for (let shift = 0; shift < 8; shift += 2) {
      const step = byte >> shift
      x = Math.min(width - 1, Math.max(0, x + (step & 1 ? 1 : -1)))
      y = Math.min(height - 1, Math.max(0, y + (step & 2 ? 1 : -1)))
      const at = y * width + x
      const visits = fields[at] ?? 0
      if (visits < last - 2) fields[at] = visits + 1
    }
  }
  fields[Math.floor(height / 2) * width + Math.floor(width / 2)] = last - 1
  fields[y * width + x] = last
  const rows = Array.from({ length: height }, (_, row) => {
    const line = [...fields.subarray(row * width, (row + 1) * width)].map((visits) => symbols[visits] ?? ' ').join('')
    return `|${line}|`
  })
  return [frame(`[${title}]`), ...rows, frame('[SHA256]')].join('\n')
}

const frame = (label: string): string => {
  const left = Math.floor((width - label.length) / 2)
  return `+${'-'.repeat(left)}${label}${'-'.repeat(width - left - label.length)}+`
}
