import { createServer } from 'node:net'
import { listen } from './loopback-server'

/** The lists of a server's SSH_MSG_KEXINIT (RFC 4253 section 7.1); what is left out is what every client knows. */
export interface KexLists {
  readonly kex?: string
  readonly hostKey?: string
  readonly cipher?: string
  readonly mac?: string
  readonly compression?: string
}

const text = (value: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(value))
  return Buffer.concat([length, Buffer.from(value)])
}

/** An unencrypted packet (RFC 4253 section 6). */
const packet = (payload: Buffer): Buffer => {
  const padding = 8 - ((payload.length + 5) % 8) + 8
  const head = Buffer.alloc(5)
  head.writeUInt32BE(payload.length + padding + 1)
  head.writeUInt8(padding, 4)
  return Buffer.concat([head, payload, Buffer.alloc(padding)])
}

const kexInit = ({ kex, hostKey, cipher, mac, compression }: KexLists): Buffer => {
  const twice = (list: string) => [text(list), text(list)]
  return Buffer.concat([
    Buffer.from([20]),
    Buffer.alloc(16, 7),
    text(kex ?? 'curve25519-sha256'),
    text(hostKey ?? 'ssh-ed25519'),
    ...twice(cipher ?? 'aes256-ctr'),
    ...twice(mac ?? 'hmac-sha2-256'),
    ...twice(compression ?? 'none'),
    ...twice(''),
    Buffer.alloc(5),
  ])
}

/** A server that says what it can do and no more. */
export const startKexServer = (lists: KexLists) =>
  listen(
    createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('SSH-2.0-Test\r\n')
      socket.write(packet(kexInit(lists)))
    }),
  )
