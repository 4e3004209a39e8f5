import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { Failure } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'

/** The encodings that `readBody` can undo, for `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, deflate, br'

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
}

/**
 * Reads a body to its end, decompressed, and never holds more than `maxBytes` of it, so that neither a huge answer nor
 * a compression bomb can fill the memory. Fails with `bad-answer`, its `why` being `too-large`, `cut-off` or `encoding`.
 */
export const readBody = async (
  message: IncomingMessage,
  maxBytes: number,
  host: string,
): Promise<Buffer<ArrayBuffer>> => {
  const bad = (why: string, cause?: unknown) => new Failure('bad-answer', { host, why }, { cause })
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const decoder = encoding === 'identity' || encoding === '' ? null : ownOf(decoders, encoding)?.()
  if (decoder === undefined) throw bad('encoding')
  if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw bad('too-large')

  // The callback is there because pipeline wants one: every error also ends the loop below.
  const stream: Readable = decoder === null ? message : pipeline(message, decoder, () => undefined)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw bad('too-large')
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const damaged = /^(Z_DATA_ERROR|Z_NEED_DICT|ERR__?ERROR_|ERR_BROTLI|ERR_PADDING)/.test(code)
    throw bad(damaged ? 'encoding' : 'cut-off', error)
  }
  return Buffer.concat(chunks, size)
}
