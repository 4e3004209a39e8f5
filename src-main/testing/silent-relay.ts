import { connect, createServer } from 'node:net'
import { listen } from './loopback-server'

/** In front of a server, so that it speaks second: it says nothing before the client has (RFC 4253 section 4.2 allows both). */
export const startSilentRelay = (port: number) =>
  listen(
    createServer((near) => {
      near.on('error', () => undefined)
      near.once('data', (first) => {
        const far = connect({ host: '127.0.0.1', port })
        far.on('error', () => near.destroy())
        near.on('close', () => far.destroy())
        far.write(first)
        near.pipe(far).pipe(near)
      })
    }),
  )
