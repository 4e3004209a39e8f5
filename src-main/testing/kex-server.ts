import { createServer } from 'node:net'
import { string } from '../ssh/wire'
import { listen } from './loopback-server'

/** The lists of a server's SSH_MSG_KEXINIT (RFC 4253 section 7.1); what is left out is what every client knows. */
export interface KexLists {
  readonly kex?: string
  readonly hostKey?: string
  readonly cipher?: string
  readonly mac?: string
  readonly compression?: string
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
  const twice = (list: string) => [string(list), string(list)]
  return Buffer.concat([
    Buffer.from([20]),
    Buffer.alloc(16, 7),
    string(kex ?? 'curve25519-sha256'),
    string(hostKey ?? 'ssh-ed25519'),
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
